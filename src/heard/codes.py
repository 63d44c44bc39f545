"""Every code that a finding may have: what it means, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

CODES: Mapping[str, str] = {
    "account/same-spelling": (
        "Two accounts share a name, alias or domain, so a note that says it may count for the wrong one. "
        "Leave the spelling to one of them, or make one file of both with `heard account merge`."
    ),
    "account/unknown-industry": (
        "The account's industry is none of `content/industries/`. Use the nearest one, or write a file for the new one."
    ),
    "allowed/no-reason": (
        "An exception in `allowed.yml` says no reason, so it allows nothing. Write `because:`, without the name itself."
    ),
    "allowed/unused": (
        "An exception in `allowed.yml` is for something that the private side does not know (any more). Delete it."
    ),
    "allowed/which": (
        "An exception in `allowed.yml` needs either `secret:`, the id that the leak check told, or `file:`, the path "
        "of a file that cannot be looked through."
    ),
    "approved/not-a-step": (
        "A figure in `approved.yml` is none of the steps that may stand in public (3, 6, 10, 20, 50, 100). It "
        "is lowered to the step below; run `heard approve` again instead of editing the file."
    ),
    "approved/version": "`approved.yml` was written by a newer heard. Update heard, or run `heard approve` again.",
    "campaign/no-channel": (
        "The campaign names no channel, so there is nothing to track. Name at least one under `channels:`."
    ),
    "campaign/unknown-problem": (
        "The campaign, or one of its ads, names a problem that does not exist. Use the slug that is suggested."
    ),
    "chart/data": (
        "A chart has no data, or none of its figures is there. Below a line `---` write the names of the columns, then "
        "a line for each row."
    ),
    "chart/head": (
        "The words above a chart's data are not as they should be: a key twice, or no line `---` between them and the "
        "data. The chart is drawn all the same."
    ),
    "chart/highlight": (
        "`highlight:` names no row and no column of the chart. Write the name as it stands in the data; the nearest is "
        "suggested."
    ),
    "chart/incomplete": (
        "A chart has no title (what should the reader see in it?), unit (what do its figures count?) or source (where "
        "are they from?). Who cannot check a chart does not believe it."
    ),
    "chart/place": (
        "A chart is shown as it was typed: nothing closes it, it stands in a list or box, or its first line is "
        "misspelled. Begin it with ```chart at the left edge, and close it with ```."
    ),
    "chart/row": (
        "A row of a chart has more cells than the first line names columns, or that first line is missing. The data "
        "stand in the paper as a table. With decimal commas, put `;` between the cells."
    ),
    "chart/size": (
        "A chart has more rows or columns than its kind can show, or too few. The data stand in the paper as a table."
    ),
    "chart/value": (
        "Something in a chart is not the figure or time that belongs there, or may be read in two ways. If it cannot "
        "be read, the data stand in the paper as a table."
    ),
    "expert/bad-colour": (
        "A brand colour is not written as `#rrggbb` in quotation marks (YAML takes a bare `#` for a comment). "
        "Until then the default is used."
    ),
    "expert/contrast": (
        "A colour of your brand cannot be read as words, or does not stand out on covers, so another is used there. "
        "The message says which, and names the nearest of yours that holds everywhere. Nothing breaks if you leave it."
    ),
    "expert/font": (
        "A font of your own cannot be used: the file is not there, is damaged, is a collection of several fonts, has "
        "no letters, or its maker does not let it be put into papers. The message says which, and what is used instead."
    ),
    "expert/font-cut": (
        "A font of your own has no italic or no bold cut, so its regular one stands there: nothing is slanted or "
        "thickened by machine. Name the missing file, or leave it if you like it so."
    ),
    "expert/missing": (
        "There is no `content/expert.yml`. Write one with at least `name:`, so that the site and the papers "
        "say whose they are."
    ),
    "file/bad-name": (
        "A file's name holds a line break, a control character, a mark that turns the direction of writing, "
        "or bytes that "
        "are no UTF-8. Rename it."
    ),
    "file/conflict-copy": (
        "A synchronised folder, or an unfinished merge, left a second copy of a file; or heard kept an edit "
        "that it could "
        "not make, since you changed the file meanwhile (`conflicted copy of heard`). Only the original is read; merge "
        "what you need by hand and delete the copy."
    ),
    "file/evicted": (
        "iCloud took the file off this machine to save room and left a placeholder (`.name.icloud`). It is "
        "not read, so "
        "figures are too low. Download it (in the Finder: Download Now), and keep the folder on this machine."
    ),
    "file/large": (
        "A text file of more than 5 MB is probably something else. It was read; move it away if it is no note."
    ),
    "file/link": (
        "A link (symlink) lies where a file belongs. Links are not followed, so that nothing from elsewhere "
        "is read into "
        "the site; put the file itself there, or name a folder of notes that lies elsewhere in `private/settings.yml`."
    ),
    "file/merge-mark": (
        "An unfinished merge left its marks (`<<<<<<<`) in the file. Keep one side and delete the marks."
    ),
    "file/no-file": (
        "Something that is neither file nor folder (a pipe, a socket) lies among the files. It is not read; "
        "move it away."
    ),
    "file/no-notes": (
        "`private/settings.yml` names a folder of notes that is not on this machine, so no note was read. "
        "Mend the path."
    ),
    "file/not-utf8": (
        "The file is not UTF-8. It was read as Windows-1252, so some letters may be wrong; save it as UTF-8."
    ),
    "file/unreadable": (
        "The file cannot be opened: look at its rights and at the disk. Nothing that follows from it is reported."
    ),
    "held/unknown": "`held.yml` keeps back a quote or proof that is not there any more. Delete the entry.",
    "host/no-headers": (
        "The host of the site sends no headers of your own, so `pdf_canonical: page` cannot name the page that a "
        "PDF belongs to. The PDFs are taken out of the sitemap, and engines may list them all the same. Delete the"
        " key, or choose another host."
    ),
    "host/robots-elsewhere": (
        "The site lies below a path of its host, and robots read one robots.txt: the one at the host's root. Put "
        "the line that is told into that file, or give the site a domain of its own."
    ),
    "host/too-many-rules": (
        "Cloudflare reads the first 100 rules of `_headers`, so not every PDF gets the header that names its page."
        " Let the PDFs rank for themselves: delete `pdf_canonical`."
    ),
    "import/cue": (
        "A time of a transcript cannot be read, so the words below it were left out. Mend the line (`00:01:02.000 --> "
        "00:01:05.000`) and import the file again: only what is new is added."
    ),
    "import/date": (
        "A date of what was imported cannot be read: it is no day of the calendar, no date at all, or may be read in "
        "two ways (is 03/04 in March or in April?). What was said came in without a date, and counts for no figure "
        "until it has one: write `date: 2026-04-03` into the draft or the note. `--map date=COLUMN` names another "
        "column."
    ),
    "import/header": (
        "The header of a note that was imported is no YAML. It was read line by line, so a value may be missing; the "
        "note itself was not changed."
    ),
    "import/no-column": (
        "It is not clear which column of a table holds what somebody said, or a remembered column is gone. Say "
        "`--map quote=COLUMN`; it is remembered for tables of the same make."
    ),
    "import/row": (
        "A row of a table may have come apart: it has more cells than the table has columns, or a quotation mark that "
        "nothing closes. What it holds came in all the same; mend the row, and look at what was proposed from it."
    ),
    "import/unknown-key": (
        "The headers of your notes have keys that nobody knows. Say `--map account=KEY` if one names the company; "
        "it is remembered."
    ),
    "import/unread": (
        "The file is nothing that heard reads: a picture, a PDF, a document. The message says what to save it as. "
        "It only makes the import fail if you named the file yourself."
    ),
    "import/words": (
        "Words of a table cannot be kept as a Markdown quote, and were left out. Log them with `heard log -e`."
    ),
    "inbox/no-words": (
        "A draft in the inbox holds no words: they are the lines that begin with `> `. Delete it, or restore them."
    ),
    "leak/copy": (
        "A file that is about to be public is byte for byte a private one. Delete it there; nothing was published."
    ),
    "leak/maybe": (
        "Something about to be public may be private: a first or last name alone, a short name, a name with a typing "
        "slip. Nothing goes out until it is taken out, or allowed with a reason: `heard leaks --allow ID --because …`. "
        "`heard leaks --explain ID` says on your terminal what the id stands for."
    ),
    "leak/note": "A page in `content/pages` looks like a note of a conversation. Move it to `content/private/notes`.",
    "leak/secret": (
        "A name, company, address, number or a client's words that only the private side knows stands in something "
        "that is about to be public. Nothing goes out until it is taken out. `heard leaks --explain ID` says on your "
        "terminal what the id stands for."
    ),
    "leak/unknown": (
        "A private file cannot be read, so nobody knows what must not be said. `heard check` names the file."
    ),
    "leak/unread": (
        "A file that is about to be public cannot be looked through: it is of an unknown kind, encrypted or damaged. "
        "Leave it out, or allow it in `allowed.yml` with `file:` and a reason after looking at it yourself."
    ),
    "link/dead": (
        "An address on the web that a public text links to is gone: nothing answers there, or it is in a private "
        "network. Link to what replaced it, or take the link out. Only `heard check --online` asks."
    ),
    "link/missing": (
        "A link leads to no page and no file of the site, or a portrait or logo is not there. The message names the "
        "nearest address that is."
    ),
    "link/moved": (
        "An address that a public text links to has moved for good. Write the new one, before the old one stops "
        "leading there. Only `heard check --online` asks."
    ),
    "link/no-part": (
        "A link names a part of a page (`#…`) that the page does not have, so it leads to its top. Headings name "
        "parts: `## What to do` is `#what-to-do`. The message names the nearest."
    ),
    "link/unsure": (
        "An address on the web did not answer as it should, which may be for the moment, or because it answers people "
        "only. Open it yourself. Only `heard check --online` asks."
    ),
    "live/behind": (
        "What is deployed is not what the files say: a paper is missing, or one that was taken back still answers."
        " Build and deploy again; what stays, delete on the host."
    ),
    "live/blocked": "robots.txt on the host keeps search engines away from the site. Change it there.",
    "live/canonical": (
        "A page names no canonical address, several, or another page's, so that engines may not list it, or list "
        "the other. Build and deploy again; if it stays, look at `site_url` in mkdocs.yml."
    ),
    "live/headers": (
        "The host was told to send a header and does not. Upload its settings again: docs/publishing.md says where"
        " they go."
    ),
    "live/https": (
        "The site answers without encryption, or the unencrypted address does not lead to the encrypted one. "
        "Switch HTTPS on at the host."
    ),
    "live/missing": "An address of the site does not answer with what belongs there. Deploy again.",
    "live/noindex": (
        "A page asks engines not to list it. If that is meant, leave it; else find out who says so: the page, or a"
        " header of the host."
    ),
    "live/not-found": (
        "An address that does not exist answers as if it did, so that engines list nonsense. Tell the host to send"
        " the status 404 with 404.html."
    ),
    "live/old-address": (
        "An old address of a paper does not lead to the new one any more, or only by a page that forwards although"
        " the host could redirect."
    ),
    "live/pdf": (
        "A PDF is served as something else, or under another name. See that the host sends `Content-Type: "
        "application/pdf`."
    ),
    "live/sitemap": "The sitemap of the deployed site is missing or cannot be read, or robots.txt does not name it.",
    "live/title": "A deployed page has no title, or the title of another page.",
    "live/unreachable": (
        "The site does not answer at `site_url`: the name is not known, the host is down, or the certificate is wrong."
    ),
    "note/ambiguous-person": (
        "The name of a person in a note may mean two people of the accounts' files. Write the whole name, add the "
        "account, or give one of them an alias of their own; the note's text is kept as it is."
    ),
    "note/cut-quote": (
        "A line stands directly below a quote without its `> `, so its words are not read as part of it. "
        "Begin it with `> `, or leave an empty line."
    ),
    "note/duplicate-id": (
        "Two quotes have the same `^id`, so nothing can refer to either of them. Give one another id, or "
        "delete the copy."
    ),
    "note/future": "The note is dated after today. Mend `date:`; until that day it counts for no public figure.",
    "note/no-account": (
        "A quote names a person who is known at one account, but no account, so it counts for none. Add `account:` if "
        "it is the same person; heard does not guess."
    ),
    "note/no-date": (
        "Neither the header nor the file's name says when the words were heard. Write `date: 2026-11-21`; "
        "until then the note counts for no public figure."
    ),
    "note/no-quotes": "Nothing in the note is a quote. Begin every line of what somebody said with `> `.",
    "note/open-code": (
        "A block of code (three backticks or tildes) is never closed, and swallows the quotes below it. Close it."
    ),
    "note/unfiled": (
        "The note has quotes that are filed under no problem; they count for none. Add `[[slug]]` below them."
    ),
    "note/unknown-problem": (
        "A quote is filed under a problem that does not exist. Use the slug that is suggested, or make the problem."
    ),
    "note/unknown-tag": "A tag is probably a slip of one that heard knows, and was not read. Mend its spelling.",
    "page/alt": (
        "A picture or drawing on a page has no words, so who cannot see it learns nothing of it. Write what it shows: "
        '`![what it shows](…)`, `alt="…"`, or `<title>…</title>` as the first thing in an `<svg>`.'
    ),
    "page/heading": (
        "A page has more than one heading of level 1, or skips a level, so that who listens to it loses the thread. On "
        "an industry's page the name is that heading. Use the level that is suggested."
    ),
    "page/length": (
        "The title (10 to 75 characters) or description (50 to 160) of a hand-written page is too short to say "
        "much, or is cut off in search results."
    ),
    "page/no-description": (
        "A hand-written page has no `description:` in its header, so search results and shared links show whatever"
        " stands first on it. Write one sentence about this page."
    ),
    "page/same-description": "Two pages have the same description. Say in each what only this page holds.",
    "page/same-title": (
        "Two pages have the same title, so that searchers cannot tell them apart, and the two compete. Give one "
        "another title, or merge them."
    ),
    "paper/alt": (
        "A picture or drawing has no words, so who cannot see it learns nothing of it; the PDF takes it for "
        "decoration. "
        'Write what it shows: `![what it shows](…)`, `alt="…"`, or `<title>…</title>` as the first thing in an `<svg>`.'
    ),
    "paper/competes": (
        "Two papers of one language are called nearly the same, or one repeats much of the other, so that they compete "
        "for one search. Make one of both (`heard merge`), or say in title and problem what only this one answers. "
        "Translations, and papers for different industries with texts of their own, do not compete."
    ),
    "paper/gap": (
        "Something in the paper is still to be written: it stands in square brackets, as in `[gap: what it costs]`. "
        "A draft may have gaps; write them before you publish it."
    ),
    "paper/glyph": (
        "The paper has a character that the PDF's typefaces lack; the PDF leaves it out. Write it another way."
    ),
    "paper/heading": (
        "A paper's heading has level 1, which is the title's, or skips a level. Use the level that is suggested."
    ),
    "paper/html": (
        "Something in the paper's own HTML has no place in a PDF that lasts (PDF/A-3a) and that can be read out "
        "(PDF/UA-1). The PDF leaves it out, or reads it as plain text; the message says what to write instead."
    ),
    "paper/image": (
        "The paper shows an image that is not among the public files. Put it below `content/`, or mend the path."
    ),
    "paper/language": (
        "heard has no words of its own in the paper's `lang:`. What PDF and page say around it (contents, dates, the "
        "download) is English there, and quotation marks stay as they were typed."
    ),
    "paper/repeats-client": (
        "The paper shares six consecutive words, at least three of them no stop words, with a quote that is not "
        "approved and was said by fewer than three companies (those of feeds, reviews and searches are of no "
        "company). Say it in your own words, or ask whether you may quote it. In a draft it is worth a look; "
        "what is published has to be fixed."
    ),
    "paper/retired-link": (
        "A paper links to one that is not published any more; its words stand there without a link. "
        "Link to another one, or take the brackets away."
    ),
    "paper/thin": (
        "A paper has fewer than 300 words of its own, without headings, quotations, sources and code: too few to teach "
        "a cause and a way out. A draft with gaps is not counted yet."
    ),
    "paper/unknown-link": (
        "The paper links to a problem that is not published. Publish it first, or take the link out."
    ),
    "pdf/warning": (
        "The PDF's typesetter complained, most often of a letter that the typefaces lack. Write it another way."
    ),
    "problem/bad-slug": (
        "A slug is not lower-case ASCII words with hyphens of at most 60 characters. Use the one that is suggested."
    ),
    "problem/duplicate-slug": (
        "Two problems have the same slug, so links and the address mean only one. Write another `slug:` into one."
    ),
    "problem/incomplete": (
        "A published problem has no title, answer or description. Write them: search results, the page and "
        "the PDF show them."
    ),
    "problem/length": (
        "A title (30 to 75 characters) or description (70 to 160) is too short to say much, or is cut off in "
        "search results."
    ),
    "problem/merge-circle": (
        "Following `merged_into` leads back to where it began. Delete the line in one of the problems."
    ),
    "problem/no-paper": (
        "The problem is published, but has no paper. Write it below the header, or `heard retract` it."
    ),
    "problem/old-slug-taken": (
        "An old slug belongs to another problem now, so its address cannot lead to both. Delete it from one "
        "`old_slugs`."
    ),
    "problem/renamed": (
        "A published file is not called like its slug. The address stays as it was; `heard rename --url` moves it."
    ),
    "problem/review-due": (
        "The day in `review_by` has passed, or a paper without one was not changed for a year and a half. Read it "
        "again, and move the date."
    ),
    "problem/unanswered": (
        "Six companies or more that you serve told of the problem, and no paper is begun. `heard draft` begins one; "
        "`heard next` says which comes first."
    ),
    "problem/unheard": (
        "Nobody's words stand behind a published paper: no quote is filed under its problem, and none is approved. "
        "File what was said, or ask. Told only where the private side is."
    ),
    "problem/unknown-author": (
        "`author` is none of `content/authors/`. Use the slug that is suggested, or write a file for the author."
    ),
    "problem/unknown-industry": (
        "An industry of the problem is none of `content/industries/`. Use the slug that is suggested, or "
        "write a file for it."
    ),
    "problem/unknown-original": (
        "`translates` names a problem that does not exist. It has to be the slug of the original."
    ),
    "problem/unknown-target": (
        "`merged_into` names a problem that does not exist, so its quotes count nowhere. Use the slug that is "
        "suggested."
    ),
    "problem/unpinned-slug": (
        "A published problem has no `slug:`, so new words in `problem:` would change its address. Write the "
        "slug that is suggested."
    ),
    "proof/empty": (
        "A proof has neither words nor an outcome. Write what was said below the header, or fill `outcome:`."
    ),
    "proof/expired": "The consent has ended, and the proof is shown no more. Ask again, or delete it.",
    "proof/expires-soon": "The consent ends within 30 days. Ask again in time.",
    "proof/scope": (
        "`scope:` holds a word that is none of site, papers, campaigns; until it is mended the proof is shown nowhere."
    ),
    "proof/shown-differs": (
        "`shown:` holds other words than would be published, so that consent was given to something else, and the "
        "proof is not approved. Put in what they saw word for word, or ask again."
    ),
    "proof/signed-changed": (
        "The file of the signed answer is not the one that was signed: its hash is another. Put the original back, "
        "or sign anew with `heard proof sign`; until then the proof is not approved."
    ),
    "proof/signed-missing": (
        "`signed:` names a file that is not in `content/private/proof/`, so the proof is not approved. Put it there "
        "with `heard proof sign`, or delete the key."
    ),
    "proof/signed-unsealed": (
        "A signed answer has no `sha256:`, so nobody can tell whether it was changed since. `heard proof sign` "
        "writes it."
    ),
    "proof/unknown-problem": "The proof names a problem that does not exist. Use the slug that is suggested.",
    "prose/about-yourself": (
        "The text says “I”, “we” and your names more often than “you”: less than 60 % of these words mean the reader. "
        "Tell what readers see, do and get. The section “How we know” and an about page may say “I”."
    ),
    "prose/begging": (
        "The text begs or presses: “book a demo”, “act now”, “please contact us”. Offer a next step that "
        "helps by itself, "
        "and say what comes back."
    ),
    "prose/hard-to-read": (
        "The words and sentences are hard: in English above school year 12 (Flesch-Kincaid), in other "
        "languages above a "
        "LIX that `docs/prose.md` tells. Write shorter words and sentences, and who does what."
    ),
    "prose/long-sentences": (
        "Sentences have more than twenty words on average. Cut the one that is named, and those like it, where they "
        "take breath."
    ),
    "prose/missing-section": (
        "A published paper lacks sections that readers look for, under any name heard knows: what it costs, the cause, "
        "what gets in the way, where it fails, what to do on Monday, how you know. Write them."
    ),
    "prose/no-example": (
        "A published paper has no worked example. Take one case through with round numbers, so that readers can put in "
        "their own."
    ),
    "prose/pitch": (
        "Words that praise or promise, and that nobody can check: “world-class”, “innovative”, “leverage”, “our "
        "solution”. The message says what to write instead. What stands in quotation marks is no finding."
    ),
    "prose/unsupported-number": (
        "A share, a sum of money, a multiple or a “seven out of ten” without anything behind it. Add a "
        "footnote, a link or "
        "the sum itself, or say that you measured or assumed it; an ad's number has to stand in its paper."
    ),
    "prose/worn-words": (
        "A worn phrase, office talk or a word that stands twice. The message says why, and what to write instead."
    ),
    "quote/names-somebody": (
        "Words that may be published without names (or with the speaker's alone) hold a name that the workspace knows: "
        "a person, company, address, number, product or place. They wait until you write [a supplier] or … for it, or "
        "have asked whether the name may stand: the words inside quotation marks are never changed for you."
    ),
    "site/language": (
        "`theme.language` in mkdocs.yml and `lang` in expert.yml differ. The menu, the search and the lists follow the "
        "first, and would speak another language than the pages. Give both the same."
    ),
    "yaml/bad-date": "A value is not a day of the calendar. Write it like `2026-11-21` or `2026-11-21 14:32`.",
    "yaml/bad-link": (
        "A link begins with something else than https:, http:, mailto: or tel:, so a browser might run it instead of "
        "following it. It is not shown."
    ),
    "yaml/missing-key": "A key that is needed is missing or empty. Write it.",
    "yaml/near-miss-key": (
        "A key of yours nearly is one of heard's, and is not read. Mend it, or leave it if it is meant."
    ),
    "yaml/not-closed": (
        "The file begins with a header that no `---` closes, so it was not read. Put `---` below its last key."
    ),
    "yaml/not-opened": (
        "The first lines look like a header (`key: value`), but no line `---` stands above them, or something else "
        "does, so nothing of it was read. Put one line `---` above the first key and one below the last."
    ),
    "yaml/unknown-key": "Nobody reads this key. Mend its spelling as suggested, or delete it.",
    "yaml/unknown-word": "A value is none of the words that are known here. Use one of those that are listed.",
    "yaml/unreadable": (
        "The YAML cannot be read: a tab, an alias, a tag, a key that stands twice, a colon in a value, or "
        "more than 64 KB. The message says which, and the line."
    ),
    "yaml/wrong-type": (
        "A value has the wrong shape: a list where words belong, or words where keys belong. The message says "
        "what is expected."
    ),
}

_HEAD = """# Findings

`heard check` says what is wrong with the files of a workspace, one line each:

```text
path:line: to fix|worth a look: message [code]
```

`to fix` makes a command fail; `worth a look` does not. This page is made by `python -m heard.codes`.
"""

_FAMILIES = {
    "account": "Accounts",
    "approved": "What was approved",
    "campaign": "Campaigns",
    "chart": "Charts",
    "expert": "You",
    "file": "Files",
    "held": "What was held back",
    "host": "The host",
    "import": "Imports",
    "inbox": "The inbox",
    "live": "The deployed site",
    "note": "Notes",
    "page": "Hand-written pages",
    "paper": "Papers",
    "pdf": "PDFs",
    "problem": "Problems",
    "proof": "Proof",
    "prose": "Prose",
    "quote": "Quotes",
    "yaml": "Headers and YAML",
}


def markdown() -> str:
    """The page that explains every code: docs/findings.md."""
    parts = [_HEAD]
    family = ""
    for code in sorted(CODES):
        if code.partition("/")[0] != family:
            family = code.partition("/")[0]
            parts.append(f"## {_FAMILIES.get(family, family.capitalize())}\n")
        parts.append(f"### `{code}`\n\n{CODES[code]}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    import sys

    sys.stdout.write(markdown())
