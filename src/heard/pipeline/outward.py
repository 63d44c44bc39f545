"""The story of `heard check --online`: every address that public texts lead out to is asked once, and judged.

Nothing private is read for it: only the files that become the site, and no draft. Nothing but the addresses themselves
is sent, one to a host at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from heard.base.fields import flag, sorted_findings
from heard.base.files import walk
from heard.base.reading import read
from heard.base.text import counted, shortened
from heard.base.web import Answer, probe
from heard.publish.hrefs import outward
from heard.values import Finding, Place, PublicCatalogue, Severity, State
from heard.workspace import PublicWorkspace
from heard.write.prose.covering import without_comments

Ask = Callable[[str], Answer]

_AT_ONCE = 8
_GONE = frozenset({404, 410})
_FOR_GOOD = frozenset({301, 308})
_INVENTED = (".example", ".invalid", ".localhost", ".test", ".example.com", ".example.net", ".example.org")
"""Names that belong to nobody (RFC 2606, RFC 6761): examples, which are not asked."""

_PEOPLE_ONLY = frozenset({401, 403, 405, 406, 429, 451, 999})
_FOLDERS = ("authors", "industries", "pages")


@dataclass(frozen=True, slots=True)
class Outward:
    """What was found out about the addresses that lead out of the site, and the sentence that adds it up."""

    findings: tuple[Finding, ...]
    sentence: str


def places(workspace: PublicWorkspace, catalogue: PublicCatalogue, site_url: str) -> Mapping[str, tuple[Place, ...]]:
    """Every address on the web in the texts that become the site, without its `#part`, and where it stands.

    The site's own addresses are not among them.
    """
    found: dict[str, list[Place]] = {}
    for path in _files(workspace, catalogue):
        name = workspace.relative(path)
        text = read(path, name, []) or ""
        for href in outward(without_comments(text.replace("\r\n", "\n")), 1):
            address = href.target.partition("#")[0]
            if not (site_url and f"{address}/".startswith(site_url)):
                found.setdefault(address, []).append(Place(name, href.line))
    return {address: tuple(dict.fromkeys(found[address])) for address in sorted(found)}


def _files(workspace: PublicWorkspace, catalogue: PublicCatalogue) -> Iterator[Path]:
    content = workspace.content
    if (content / "expert.yml").is_file():
        yield content / "expert.yml"
    for folder in _FOLDERS:
        yield from sorted(Path(entry.path) for entry in walk(content / folder, ".md", []))
    yield from (workspace.root / one.place.path for one in catalogue.problems if one.state is State.PUBLISHED)


def ask_all(standing: Mapping[str, Sequence[Place]], ask: Ask = probe) -> Outward:
    """Ask every address once and judge the answers."""
    wanted = [address for address in standing if not _is_invented(address)]
    invented = len(standing) - len(wanted)
    answers = _answers(wanted, ask)
    many = counted(invented, "invented address", "invented addresses")
    left_out = f" {many} (.example) left out." if invented else ""
    if not wanted:
        return Outward((), f"No address on the web to ask.{left_out}")
    if len(_hosts(wanted)) > 1 and not any(one.status for one in answers):
        offline = "No address answered, so this machine is probably offline. Nothing is said of links."
        return Outward((), offline + left_out)
    said = [(answer.asked, code, message) for answer in answers for code, message in _judged(answer)]
    findings = [
        flag(place.path, place.line, message, code, Severity.WORTH_A_LOOK)
        for address, code, message in said
        for place in standing[address]
    ]
    return Outward(sorted_findings(findings), _sum(answers) + left_out)


def _is_invented(address: str) -> bool:
    return f".{_host(address)}".endswith(_INVENTED)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _hosts(addresses: Iterable[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for address in addresses:
        found.setdefault(_host(address), []).append(address)
    return found


def _answers(addresses: Sequence[str], ask: Ask) -> list[Answer]:
    """The answers, several hosts at once, and each host asked for one address after the other."""

    def one_host(some: Sequence[str]) -> list[Answer]:
        got: list[Answer] = []
        for address in some:
            silent = got[-1] if got and not got[-1].status else None
            # A host that does not answer keeps nobody waiting twice.
            got.append(Answer(address, address, error=silent.error, no_host=silent.no_host) if silent else ask(address))
        return got

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return [answer for some in pool.map(one_host, _hosts(addresses).values()) for answer in some]


def _judged(answer: Answer) -> Iterator[tuple[str, str]]:
    """What is to be said of an address: the code, and the message."""
    shown = shortened(answer.asked, 100)
    if answer.no_host:
        yield "link/dead", f"{shown} is dead: {answer.error}. Link to what replaced it, or take the link out"
    elif answer.status in _GONE:
        yield "link/dead", f"{shown} is dead ({answer.status}). Link to what replaced it, or take the link out"
    elif answer.status == 0 and "private network" in answer.error:
        yield "link/dead", f"{shown}: {answer.error}, and readers cannot reach it"
    elif answer.status == 0 or answer.status >= 400:
        yield "link/unsure", f"{shown} {_unsure(answer)}. Open it yourself"
    elif answer.hops and _FOR_GOOD.issuperset(answer.hops) and answer.url != answer.asked:
        if _path(answer.url) == "/" != _path(answer.asked):
            front = f"the front page of {_host(answer.url)}"
            yield "link/moved", f"{shown} leads to {front} for good: the page is probably gone"
        else:
            yield "link/moved", f"{shown} has moved for good: write {answer.url}"


def _unsure(answer: Answer) -> str:
    if not answer.status:
        return answer.error
    if answer.status in _PEOPLE_ONLY:
        return f"does not let a program in ({answer.status}), which says nothing of people"
    return f"answers with the error {answer.status}, perhaps for the moment"


def _path(address: str) -> str:
    return urlsplit(address).path or "/"


def _sum(answers: Sequence[Answer]) -> str:
    codes = [code for answer in answers for code, _ in _judged(answer)]
    said = [(len(answers) - len(codes), "as it should"), (codes.count("link/moved"), "moved")]
    said += [(codes.count("link/unsure"), "unsure"), (codes.count("link/dead"), "dead")]
    parts = ", ".join(f"{many} {what}" for many, what in said if many)
    return f"Asked {counted(len(answers), 'address', 'addresses')} on the web: {parts}."
