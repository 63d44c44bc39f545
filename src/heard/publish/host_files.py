"""The languages in which hosts are told of headers and redirects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

_TYPES = (
    ("feed.xml", "application/atom+xml; charset=utf-8"),
    ("feed.json", "application/feed+json"),
)
"""What servers do not know by the name's ending."""

_BY = "# Made from content/expert.yml at every build; what you change here is lost."


@dataclass(frozen=True, slots=True)
class Header:
    """Headers of a path below the site, which may end with `*`."""

    path: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """An old address below the site, and the one that it leads to: below the site, too, or a whole one."""

    old: str
    new: str


def headers_file(rules: Sequence[Header]) -> str:
    """`_headers`, as Cloudflare and Netlify read it."""
    parts = [_BY]
    for rule in rules:
        parts += [_path("/", rule.path, keep=":*"), *(f"  {name}: {value}" for name, value in rule.fields)]
    return _text(parts)


def redirects_file(moved: Sequence[Moved], *, force: bool) -> str:
    """`_redirects`. Netlify serves the stub that lies there unless it is forced; Cloudflare knows no force."""
    code = "301!" if force else "301"
    return _text([_BY, *(f"{_path('/', one.old)} {_path('/', one.new)} {code}" for one in moved)])


def apache(rules: Sequence[Header], moved: Sequence[Moved], folder: str) -> str:
    """`.htaccess`; it counts where the server allows `AllowOverride FileInfo`."""
    lines = [
        _BY,
        "AddDefaultCharset utf-8",
        "AddType text/markdown .md",
        "AddCharset utf-8 .md",
        f"ErrorDocument 404 {folder}404.html",
    ]
    for name, kind in _TYPES:
        lines += [f'<Files "{name}">', f"  ForceType '{kind}'", "</Files>"]
    lines += [
        f'RedirectMatch 301 "^{_pattern(folder, one.old.rstrip("/"))}/?$" "{_target(folder, one)}"' for one in moved
    ]
    lines += ["<IfModule mod_setenvif.c>", "<IfModule mod_headers.c>"]
    lines += [f"  {line}" for rule in rules for line in _apache_rule(rule, folder)]
    lines += ['  Header set Link "<%{CANONICAL}e>; rel=\\"canonical\\"" env=CANONICAL', "</IfModule>", "</IfModule>"]
    return _text(lines)


def _apache_rule(rule: Header, folder: str) -> Iterator[str]:
    pattern = _pattern(folder, rule.path.rstrip("*"))
    for name, value in rule.fields:
        if name == "Link":
            yield f'SetEnvIf Request_URI "^{pattern}$" "CANONICAL={_address(value)}"'
        elif rule.path == "*":
            yield f'Header always set {name} "{value}"'
        else:
            mark = name.upper().replace("-", "_")
            yield f'SetEnvIf Request_URI "^{pattern}" {mark}=1'
            yield f'Header always set {name} "{value}" env={mark}'


def nginx(rules: Sequence[Header], moved: Sequence[Moved], folder: str) -> str:
    """A part of nginx's `server` block. Every location repeats what holds for all: nginx does not hand it down."""
    common = [field for rule in rules if rule.path == "*" for field in rule.fields]
    lines = [_BY, "# In the server block of the site: include /path/to/this/nginx.conf;", ""]
    lines += ["charset utf-8;", f"error_page 404 {folder}404.html;", *_add(common), ""]
    for one in moved:
        lines.append(f'location = "{_path(folder, one.old)}" {{ return 301 "{_target(folder, one)}"; }}')
    for rule in rules:
        if rule.path != "*":
            lines += _location(rule, folder, common)
    for name, kind in _TYPES:
        lines += [f'location = "{folder}{name}" {{', "  types { }", f'  default_type "{kind}";']
        lines += [*(f"  {line}" for line in _add(common)), "}"]
    return _text(lines)


def _location(rule: Header, folder: str, common: Sequence[tuple[str, str]]) -> Iterator[str]:
    sign = "^~" if rule.path.endswith("*") else "="
    yield f'location {sign} "{_path(folder, rule.path.rstrip("*"))}" {{'
    if rule.path.endswith(".md"):
        yield "  types { }"
        yield '  default_type "text/markdown; charset=utf-8";'
    yield from (f"  {line}" for line in _add((*common, *rule.fields)))
    yield "}"


def _add(fields: Sequence[tuple[str, str]]) -> list[str]:
    return [f"add_header {name} '{value}' always;" for name, value in fields]


def _address(link: str) -> str:
    return link[1 : link.index(">")]


def _path(folder: str, uri: str, keep: str = "") -> str:
    """A path as addresses hold it: no character that any of the languages would take for its own."""
    return folder + quote(uri, safe=f"/-._~%{keep}")


def _target(folder: str, one: Moved) -> str:
    return one.new if "://" in one.new else _path(folder, one.new)


def _pattern(folder: str, uri: str) -> str:
    return re.escape(_path(folder, uri)).replace(r"\-", "-").replace(r"\/", "/")


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
