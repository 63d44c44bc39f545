"""The values that travel between the stages.

All are frozen. What was read from a file knows its place, so that whatever is wrong with it can be
said with path and line. Dates are calendar dates; paths are POSIX paths below the workspace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that no file's name should hold: breaks, orders for terminals, turns of direction, halves of letters."""


class HeardError(Exception):
    """A failure of the program or its surroundings: one clear sentence, shown once at the edge."""


class Severity(StrEnum):
    """How much a finding matters; only `TO_FIX` makes a command fail."""

    TO_FIX = "to fix"
    WORTH_A_LOOK = "worth a look"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a path below the workspace and a line, counted from 1."""

    path: str
    line: int = 1

    def __str__(self) -> str:
        # A file's name may hold a line break, or orders for a terminal.
        return f"{UNSHOWN.sub(lambda found: ascii(found[0])[1:-1], self.path)}:{self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a file, for the person who wrote it."""

    place: Place
    severity: Severity
    message: str
    code: str

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message} [{self.code}]"


class Quotable(StrEnum):
    """What the person who said it allowed."""

    OFFRECORD = "offrecord"
    NO = "no"
    ANONYMOUS = "anonymous"
    NAMED = "named"


class Source(StrEnum):
    """Where the words were heard."""

    CALL = "call"
    MEETING = "meeting"
    EVENT = "event"
    EMAIL = "email"
    CHAT = "chat"
    FEED = "feed"
    REVIEW = "review"
    SURVEY = "survey"
    SEARCH = "search"
    OTHER = "other"


PUBLIC_SOURCES = frozenset({Source.FEED, Source.REVIEW, Source.SEARCH})
"""Sources that anybody can read: their quotes count no account."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, verbatim, with everything its note's header says about it."""

    text: str
    problems: tuple[str, ...]
    account: str
    person: str
    role: str
    industry: str
    quotable: Quotable
    tags: tuple[str, ...]
    id: str
    line: int


@dataclass(frozen=True, slots=True)
class Note:
    """One conversation, or another source that was listened to."""

    path: str
    heard: datetime | None
    source: Source
    account: str
    person: str
    role: str
    industry: str
    quotable: Quotable
    quotes: tuple[Quote, ...]
    rest: str

    @property
    def day(self) -> date | None:
        """The day of the conversation, where the note says it."""
        return self.heard.date() if self.heard else None


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that an import or a feed proposes as a quote: a file of the inbox that waits for a decision.

    `why` says in words what made heard propose it; `origin` where it stands (`notes/2025 acme.md:14`,
    `call.vtt 0:12:31`); `key` is the same whenever the same words of the same source are imported;
    `conversation` is shared by the drafts of one source, whose accepted quotes become one note; `problem`
    is what the source itself files it under, in its own words; `related` is what was said around it.
    """

    place: Place
    text: str
    why: str
    origin: str
    key: str
    conversation: str
    heard: datetime | None = None
    source: Source = Source.OTHER
    account: str = ""
    person: str = ""
    role: str = ""
    industry: str = ""
    quotable: Quotable = Quotable.NO
    problem: str = ""
    tags: tuple[str, ...] = ()
    related: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A problem that words may belong to: its slug, and how likely that is (0–1)."""

    problem: str
    score: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Which problems words may belong to, most likely first, and how likely none of them is meant (0–1)."""

    new: float
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of a change that happens whole or not at all: what it held, and what it shall hold.

    `before` is None for a file that is new, `after` for one that goes.
    """

    path: Path
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at an account."""

    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A company (or household) that the expert talks with. Always private."""

    place: Place
    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    industry: str = ""
    fit: Literal["yes", "no", "unknown"] = "unknown"
    because: str = ""
    people: tuple[Person, ...] = ()
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    distinct_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the large numbers of a paper: the number, and what it says."""

    number: str
    says: str


@dataclass(frozen=True, slots=True)
class Borrowed:
    """An idea taken over from another industry."""

    industry: str
    how: str
    source: str = ""


class State(StrEnum):
    """Where an entry of the catalogue stands; derived from where its file lies and what it holds."""

    COLLECTING = "collecting"
    DRAFTING = "drafting"
    PUBLISHED = "published"
    RETIRED = "retired"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry of the catalogue, named in the market's words; its body is the paper."""

    place: Place
    slug: str
    problem: str
    public: bool
    title: str = ""
    answer: str = ""
    description: str = ""
    industries: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    kind: str = "problem"
    author: str = ""
    lang: str = ""
    translates: str = ""
    aliases: tuple[str, ...] = ()
    old_slugs: tuple[str, ...] = ()
    borrowed: Borrowed | None = None
    not_for: tuple[str, ...] = ()
    where: str = ""
    figures: tuple[KeyFigure, ...] = ()
    published: date | None = None
    updated: date | None = None
    review_by: date | None = None
    retired: date | None = None
    merged_into: str = ""
    body: str = ""
    body_line: int = 1

    @property
    def state(self) -> State:
        """The state, which no word in the file can contradict."""
        if self.merged_into:
            return State.MERGED
        if self.public:
            return State.RETIRED if self.retired else State.PUBLISHED
        return State.DRAFTING if self.body.strip() else State.COLLECTING


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measured result: what was counted, before, after, when, and in which record."""

    metric: str
    baseline: str
    result: str
    period: str = ""
    measured: str = ""

    @property
    def phrase(self) -> str:
        """It as one phrase: `dead trucks per night shift: 5 → 0 (2026-03 to 2026-06)`."""
        period = f" ({self.period})" if self.period else ""
        return f"{self.metric}: {self.baseline} → {self.result}{period}"


SCOPES = ("site", "papers", "campaigns")
"""Where a proof may be shown: on pages, in PDFs, in the PDFs of campaigns."""

FORGOTTEN = "(forgotten)"
"""What stands in the place of a name that was erased."""


class Level(StrEnum):
    """How far a consent goes."""

    NONE = "none"
    ANONYMOUS = "anonymous"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody allowed, when, until when, and where.

    `shown` are the words that they saw; `signed` names the file of their answer in private/proof, `sha256` is its
    hash. An empty `scope` means everywhere. `doubt` says in words why the consent does not count, though it is
    given; empty if it does.
    """

    level: Level = Level.NONE
    granted: date | None = None
    expires: date | None = None
    withdrawn: date | None = None
    shown: str = ""
    signed: str = ""
    sha256: str = ""
    scope: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A testimonial, a review or an outcome, in the customer's exact words."""

    place: Place
    slug: str
    kind: str
    problems: tuple[str, ...]
    account: str
    person: str
    words: str
    outcome: Outcome | None
    consent: Consent


@dataclass(frozen=True, slots=True)
class WateringHole:
    """A place where an industry meets: a feed, community, publication, event or ad channel."""

    kind: str
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Industry:
    """An audience: its words, its places, and the text of its hub page."""

    place: Place
    slug: str
    name: str
    audience: str = ""
    vocabulary: tuple[str, ...] = ()
    watering_holes: tuple[WateringHole, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a campaign runs, as the two UTM tags name it."""

    name: str
    source: str
    medium: str


@dataclass(frozen=True, slots=True)
class Ad:
    """The words of one ad, for one problem on one platform."""

    problem: str
    platform: str
    headlines: tuple[str, ...]
    descriptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Campaign:
    """Problems × channels × dates."""

    place: Place
    slug: str
    name: str
    problems: tuple[str, ...]
    channels: tuple[Channel, ...]
    starts: date | None = None
    ends: date | None = None
    ads: tuple[Ad, ...] = ()


@dataclass(frozen=True, slots=True)
class Brand:
    """The expert's colours (`#rrggbb`) and logo (a path below content/, or nothing)."""

    colour: str = "#00696B"
    signal: str = "#FFC72C"
    logo: str = ""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font of the expert's own: what it is for, and which file below content/ it is.

    `role` is `text`, `titles` or `labels`; `cut` is `regular`, `italic` or `bold`, or empty where one file is given
    for the whole role; `line` is where expert.yml names it.
    """

    role: str
    cut: str
    file: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Ask:
    """The next step that a reader is asked to take: one that can be answered."""

    title: str = ""
    text: str = ""
    button: str = ""
    link: str = "contact/"


@dataclass(frozen=True, slots=True)
class Deploy:
    """Where `heard deploy` puts the site: a server's folder for rsync, or a branch of the site's own repository."""

    target: str = ""
    branch: str = "gh-pages"
    remote: str = "origin"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a paper."""

    slug: str
    name: str
    trade: str = ""
    bio: str = ""
    portrait: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """What an expert says of themselves, and asks of the reader, in one more language; empty where nothing is said."""

    lang: str
    trade: str = ""
    bio: str = ""
    notice: str = ""
    ask: Ask = Ask()


@dataclass(frozen=True, slots=True)
class Expert:
    """Whose site it is. `gates` say how grave findings of a family, or of one code, are in this house.

    With `pdf_canonical: page` the PDFs leave searches to their pages. `paper_size` is what PDFs are set for:
    `a4` or `letter`.
    """

    place: Place
    name: str = ""
    trade: str = ""
    bio: str = ""
    portrait: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    same_as: tuple[str, ...] = ()
    brand: Brand = Brand()
    ask: Ask = Ask()
    domains: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    lang: str = "en"
    host: str = "other"
    notice: str = ""
    gates: tuple[tuple[str, str], ...] = ()
    pdf_canonical: str = ""
    deploy: Deploy = Deploy()
    paper_size: str = "a4"
    fonts: tuple[FontFile, ...] = ()
    languages: tuple[Speech, ...] = ()

    def speaking(self, lang: str) -> Expert:
        """The expert as readers of a language (`de`, `de-AT`) meet them; unchanged where nothing is said in it.

        What is not said in it is left out, but for the notice: the words of two languages do not mix.
        """
        by_lang = {one.lang: one for one in self.languages}
        one = by_lang.get(lang) or by_lang.get(lang.partition("-")[0])
        if one is None or lang == self.lang:
            return self
        notice = one.notice or self.notice
        return replace(self, lang=lang, trade=one.trade, bio=one.bio, notice=notice, ask=one.ask)

    @property
    def author(self) -> Author:
        """The expert as the author of papers that name no other."""
        return Author("", self.name, self.trade, self.bio, self.portrait, self.same_as)


@dataclass(frozen=True, slots=True)
class FitRule:
    """A rule that says who is a prospect: facts that must hold, and what follows."""

    name: str
    when: tuple[tuple[str, tuple[str, ...]], ...]
    disqualify: bool = False
    weight: int = 0
    say: str = ""


@dataclass(frozen=True, slots=True)
class ApprovedQuote:
    """A quote that a person let out, with the attribution to print."""

    id: str
    text: str
    by: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApprovedProblem:
    """All that may be said in public about who told us of a problem.

    `heard_from` is one of the steps 3, 6, 10, 20, 50, 100, or 0 where nothing may be said; `since` is a
    quarter such as `2026-Q1`.
    """

    heard_from: int = 0
    since: str = ""
    industries: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    quotes: tuple[ApprovedQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class ApprovedProof:
    """A proof that a person let out; an empty `scope` means everywhere (see `SCOPES`)."""

    id: str
    kind: str
    problems: tuple[str, ...]
    text: str
    by: str
    names: tuple[str, ...] = ()
    outcome: Outcome | None = None
    expires: date | None = None
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Approved:
    """content/approved.yml: all that ever leaves the private side."""

    problems: Mapping[str, ApprovedProblem] = field(default_factory=dict)
    proof: tuple[ApprovedProof, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A decision not to publish a quote or a proof: named by its id, or by its words if it has none."""

    id: str = ""
    because: str = ""
    words: str = ""

    def keeps(self, identifier: str, words: str) -> bool:
        """Whether a quote or proof of this id and these words is the one."""
        return bool(self.id and self.id == identifier) or bool(self.words and self.words == words)


def is_held(held: Iterable[Held], identifier: str, words: str) -> bool:
    """Whether one of the decisions keeps back the quote or proof of this id and these words."""
    return any(one.keeps(identifier, words) for one in held)


@dataclass(frozen=True, slots=True)
class PublicCatalogue:
    """Everything that the publishing side may know: the content of the public files."""

    expert: Expert
    problems: tuple[Problem, ...] = ()
    industries: tuple[Industry, ...] = ()
    authors: tuple[Author, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    rules: tuple[FitRule, ...] = ()
    approved: Approved = Approved()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything, private side included. `rejected` are the keys of what shall not wait in the inbox any more."""

    public: PublicCatalogue
    notes: tuple[Note, ...] = ()
    accounts: tuple[Account, ...] = ()
    drafts: tuple[Problem, ...] = ()
    proof: tuple[Proof, ...] = ()
    held: tuple[Held, ...] = ()
    rejected: frozenset[str] = frozenset()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Published and unpublished problems."""
        return (*self.public.problems, *self.drafts)


@dataclass(frozen=True, slots=True)
class Output:
    """A file to publish: where it goes below the site, its content, and the file it came from.

    `as_is` marks what must reach the site unchanged though a site builder would do otherwise: Markdown that is no
    page, and names that begin with a dot.
    """

    uri: str
    content: bytes | Path
    source: str = ""
    as_is: bool = False

    def read(self) -> bytes:
        """The content, whichever way it is held."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


@dataclass(frozen=True, slots=True)
class Paper:
    """A white paper ready to be set: what its page and its PDF have in common.

    `markdown` is standard Markdown (extensions: tables, footnotes, admonition, attr_list, md_in_html,
    pymdownx.tasklist); `url` is absolute when the site's address is known, else relative to the site's root;
    `portrait` of the author is an absolute path or empty.
    """

    slug: str
    problem: str
    title: str
    answer: str
    description: str
    lang: str
    markdown: str
    url: str
    author: Author
    source: Place
    industries: tuple[str, ...] = ()
    heard: ApprovedProblem = ApprovedProblem()
    proof: tuple[ApprovedProof, ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    not_for: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    draft: bool = False
    translates: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class PdfJob:
    """All that goes into one PDF, and nothing else: equal jobs give equal bytes.

    `link` is the (possibly tracked) address of the paper's page, `ask_link` that of its call to action;
    `tags` is the UTM query that every link to `site_url` gets (`utm_source=…&…`, empty for none);
    `templates` are folders that are searched before the packaged templates. `root` is the workspace's
    folder; images are read from its public side only. `one_page` asks for the one page to hand out, instead
    of the whole paper.
    """

    paper: Paper
    expert: Expert
    site_url: str
    link: str
    ask_link: str
    root: Path
    tags: str = ""
    templates: tuple[Path, ...] = ()
    one_page: bool = False


@dataclass(frozen=True, slots=True)
class Pdf:
    """A rendered PDF: its bytes and its number of pages."""

    content: bytes
    pages: int
