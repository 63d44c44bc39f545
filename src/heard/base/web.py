"""Asks web servers: one address, bounded in time, size and redirects, and never a machine of the own network.

Addresses are looked up once and the connection goes to what was looked up, so that no name can change its mind between
the question whether it is private and the visit.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from heard import __version__

MOST_REDIRECTS = 3
_SECONDS = 10.0
_WHOLE = 30.0
"""Seconds for an answer with all its redirects, however slowly it drips."""

_LEADING_ON = frozenset({301, 302, 303, 307, 308})
_IN_TROUBLE = frozenset({0, 429, 500, 502, 503, 504})
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_SAFE = "/%:@!$&'()*+,;=~-._"
_PAUSE = 2.0
_LONGEST_PAUSE = 10.0

_OWN_SITE, _LINKS = "checks its own site", "checks its links, each address once"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `error` says in words why nothing did; then `status` is 0.

    `hops` are the statuses of the redirects on the way from `asked` to `url`; names of `headers` are lower-case;
    `body` holds at most as much as was asked for. With `no_host` there is no machine of that name.
    """

    asked: str
    url: str
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    hops: tuple[int, ...] = ()
    error: str = ""
    no_host: bool = False


class _RefusedError(Exception):
    """Why an address is not visited, in words."""


class _NoHostError(_RefusedError):
    """No machine has the name."""


def fetch(url: str, *, most: int = 2_000_000, private: Set[str] = frozenset()) -> Answer:
    """The answer to a GET. Never raises. `private` names hosts that may lie in a private network."""
    return _followed(url, "GET", _OWN_SITE, most, private)


def probe(url: str, *, private: Set[str] = frozenset(), pause: float = _PAUSE) -> Answer:
    """Whether an address answers, its body left out. Never raises.

    Its head is asked for, and the page only where that is refused. A server in trouble is asked once more, after as
    many seconds as it asks for itself, or `pause`.
    """
    answer = _followed(url, "HEAD", _LINKS, 1, private)
    if 0 < answer.status < 400 or answer.no_host:
        return answer
    answer = _followed(url, "GET", _LINKS, 1, private)
    if answer.status in _IN_TROUBLE and not answer.no_host:
        wished = answer.headers.get("retry-after", "")
        time.sleep(min(float(wished) if wished.isascii() and wished.isdigit() else pause, _LONGEST_PAUSE))
        answer = _followed(url, "GET", _LINKS, 1, private)
    return answer


def _followed(url: str, method: str, purpose: str, most: int, private: Set[str]) -> Answer:
    hops: list[int] = []
    here, end = url, time.monotonic() + _WHOLE
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, headers, body = _ask(here, method, purpose, most, private, end)
            onward = headers.get("location", "")
            if status not in _LEADING_ON or not onward:
                return Answer(url, here, status, headers, body, tuple(hops))
            hops.append(status)
            here = urljoin(here, onward).partition("#")[0]
    except _RefusedError as error:
        return Answer(url, here, hops=tuple(hops), error=str(error), no_host=isinstance(error, _NoHostError))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(url, here, hops=tuple(hops), error=_words(error))
    return Answer(url, here, hops=tuple(hops), error=f"leads on more than {MOST_REDIRECTS} times")


def _ask(
    url: str, method: str, purpose: str, most: int, private: Set[str], end: float
) -> tuple[int, Mapping[str, str], bytes]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _RefusedError("leads to something that is no web address")
    if parts.username or parts.password:
        raise _RefusedError("leads to an address with a password in it")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _looked_up(parts.hostname, port, may_be_private=parts.hostname in private)
    connection = (_Encrypted if parts.scheme == "https" else _Plain)(parts.hostname, port, timeout=_SECONDS)
    connection.address = address
    try:
        path = quote(parts.path or "/", safe=_SAFE) + (
            f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else ""
        )
        agent = f"heard/{__version__} ({purpose})"
        asked = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "identity"}
        connection.request(method, path, headers=asked)
        answer = connection.getresponse()
        headers = _headers(answer)
        return answer.status, headers, _body(answer, most, end)
    finally:
        connection.close()


def _headers(answer: http.client.HTTPResponse) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in answer.getheaders():
        key = name.lower()
        found[key] = f"{found[key]}, {value}" if key in found else value
    return found


def _body(answer: http.client.HTTPResponse, most: int, end: float) -> bytes:
    body = b""
    while len(body) < most:
        if time.monotonic() > end:
            raise _RefusedError("takes too long to answer")
        more = answer.read(min(65_536, most - len(body)))
        if not more:
            break
        body += more
    return body


class _Plain(http.client.HTTPConnection):
    """A connection to an address that was looked up before."""

    address = ""

    def connect(self) -> None:
        """Connect to the address, whatever the name says by now."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _Encrypted(http.client.HTTPSConnection):
    """The same, encrypted; the certificate has to be the name's."""

    address = ""

    def connect(self) -> None:
        """Connect to the address, whatever the name says by now."""
        plain = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _looked_up(host: str, port: int, *, may_be_private: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        # A name server that does not answer says nothing of the name.
        known_not_to_be = isinstance(error, UnicodeError) or error.errno in _NO_SUCH_NAME
        raise (_NoHostError if known_not_to_be else _RefusedError)(f"no machine has the name {host}") from error
    addresses = [str(one[4][0]) for one in found]
    if not may_be_private and not all(_is_public(one) for one in addresses):
        raise _RefusedError(f"{host} is a machine of a private network, which is not asked")
    return addresses[0]


def _is_public(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def _words(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate is not valid: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return f"does not answer within {_SECONDS:.0f} seconds"
    said = getattr(error, "strerror", "") or str(error) or type(error).__name__
    return f"does not answer: {said}"
