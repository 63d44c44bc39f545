"""Puts an answer where its gap was, in the form that its place in the paper wants."""

from __future__ import annotations

import re

from heard.base.gaps import gaps
from heard.write.outline import question_of

_ATTEMPT = re.compile(r"(?P<what>[^:*_`]{3,70}):\s+(?P<why>\S.*)")
_STEP = re.compile(
    r"(?P<what>.+?)(?:\s*\((?P<who>[^()]+)\)|,\s*(?P<late>[^,]+,\s*\d+\s*(?:min|minutes?|h|hours?|days?)))\s*\.?"
)
_BULLET = re.compile(r"(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")


def filled(body: str, mark: str, answer: str) -> str | None:
    """The body with the answer in place of the first gap with this mark; None if that gap is gone."""
    at = next((gap.start for gap in gaps(body) if gap.mark == mark), None)
    if at is None:
        return None
    end = at + len(mark)
    before, after = body[:at].rpartition("\n")[2], body[end:].partition("\n")[0]
    if before.strip() or after.strip():
        # Within a sentence, a table or a list it stays on its line.
        put = " ".join(answer.split())
        put = put.replace("|", "\\|") if before.lstrip().startswith("|") else put
    else:
        question = question_of(mark)
        put = f"\n{before}".join(_formed(question.key if question else "", answer).split("\n"))
    return body[:at] + put + body[end:]


def _formed(key: str, answer: str) -> str:
    lines = [line.strip() for line in answer.strip().split("\n")]
    if key == "monday":
        return "\n".join(_step(line) for line in lines if line)
    if key == "tried":
        return "\n\n".join(_attempt(line) for line in lines if line)
    return "\n".join(line.rstrip() for line in answer.strip("\n").split("\n"))


def _step(line: str) -> str:
    """`Print the log (shift lead, 40 min)` as a line of the list to tick off."""
    line = _BULLET.sub("", line, count=1)
    found = _STEP.fullmatch(line)
    what, who = (found["what"], found["who"] or found["late"]) if found else (line, "")
    first, _, rest = what.rstrip(" .").partition(" ")
    bold = first if first.startswith("*") else f"**{_capital(first)}**"
    return f"- [ ] {bold}{' ' if rest else ''}{rest}." + (f" *{_capital(who.strip())}*" if who else "")


def _attempt(line: str) -> str:
    """`a second charger: it stands in the same corner` as a paragraph that begins with what is tried."""
    found = _ATTEMPT.fullmatch(line)
    if not found or "//" in line:
        return line
    why = _capital(found["why"])
    return f"**{_capital(found['what'])}.** {why}{'' if why[-1] in '.!?…' else '.'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
