"""What a page gives to the search, read from its source: one function for the build, the checks and the command.

Nothing is rendered: the search folds everything but letters away, so the marks of Markdown need no care beyond
addresses, which would otherwise be found as words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from kotae.audience import INTERNAL, cut, expired, is_public, visible
from kotae.content.documents import Document, Faq
from kotae.content.library import Library
from kotae.content.markdown import plain
from kotae.links.addresses import address
from kotae.links.quotes import QUOTE, fill
from kotae.search.entries import Entry, Facet
from kotae.search.wordings import WordingError, expand

MOST = 64
"""Wordings one line may give to the index."""
_QUOTED = re.compile("「([^「」]{2,60})」|“([^“”]{2,80})”")
# The address of a link or picture, a bare address, a tag, a definition of a link, attributes, the title's line.
_NO_WORDS = re.compile(
    r"\]\([^)\s]*(?:\s\"[^\"]*\")?\)|https?://[^\s)>]+|</?[a-zA-Z][^>]*>|^\[[^\]]+\]:\s.*$|\{:?\s?[.#][^}\n]*\}"
    r"|^#\s.*$|^```.*$|^!!!\s*\w+",
    re.MULTILINE,
)
_CHANNELS = {
    "mail": ("メール", "Email"), "phone": ("電話", "Phone"), "chat": ("チャット", "Chat"),
    "sms": ("SMS", "SMS"), "sns": ("SNS", "Social media"), "status": ("状況ページ", "Status page"),
}  # fmt: skip
_ROLE = re.compile(r"^\s*[-*]\s*(?:担当|Role|By|Owner)\s*[::]\s*([^\n(（]+)", re.MULTILINE)


def entries(library: Library, audience: str, lang: str, today: date) -> list[Entry]:
    """Return what the index of one site holds, in the order of paths.

    Beside its own pages a site offers those of the other languages: the first language's site their
    translations, too, so that a question in English finds the English page; the others only what has no
    translation, marked with its language and ranked below.
    """
    return [
        entry(library, document, audience, today)
        for document in library
        if belongs(library, document, lang) and visible(library, document, audience, today)
    ]


def belongs(library: Library, document: Document, lang: str) -> bool:
    """Tell whether the index of the site in ``lang`` holds ``document``, its audience aside."""
    languages = library.desk.settings.languages
    if document.lang not in languages or lang not in languages:
        return False
    return document.lang == lang or lang == languages[0] or library.twin(document, lang) is None


def entry(library: Library, document: Document, audience: str, today: date) -> Entry:
    """Return what the index of ``audience`` holds of a document."""
    text = cut(document, audience)
    body = " ".join(
        _words(fill(part, library, document.lang, today)) for part in (text.common, text.tail) if part
    )
    headings = [h.text for h in document.outline.headings if h.level > 1]
    return Entry(
        id=document.id,
        type=document.kind,
        lang=document.lang,
        topic=document.topic if document.kind != "page" else "",
        title=document.title,
        href=address(document.path, library.desk.settings.languages[0]),
        answer=answer(library, document, today),
        paraphrases=tuple(wordings(library, document)),
        headings=" ".join(headings),
        body=body,
        extra=library.texts(document, "applies_to"),
        facets=_facets(library, document, audience, today),
        stale=expired(document, today),
    )


def answer(library: Library, document: Document, today: date) -> str:
    """Return the short answer as plain text, quotations filled in; empty where a page has none."""
    block = document.outline.after_title()
    if block is None or block.kind != "paragraph":
        return ""
    return plain(fill(block.text, library, document.lang, today)).replace("\n", "")


def wordings(library: Library, document: Document, most: int = MOST) -> list[str]:
    """Return the customers' wordings of a page, at most ``most`` for each line written."""
    if document.kind == "playbook":
        return says(document)
    lines = list(library.texts(document, "paraphrases"))
    if isinstance(document, Faq):
        # A wording shared with another page is this page's as well, whether it stands in both lists or in one.
        lines += [line for line in library.texts(document, "ambiguous") if line not in lines]
    found: list[str] = []
    for line in lines:
        found += _expanded(line)[:most]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=100_000)
def _expanded(line: str) -> tuple[str, ...]:
    expanded = expand(line)
    return (line,) if isinstance(expanded, WordingError) else expanded


def says(document: Document) -> list[str]:
    """Return what customers say, as quoted under 使う場面; phrases that lead to another playbook are not this one's."""
    heads = [h for h in document.outline.headings if h.level == 2]
    for at, heading in enumerate(heads):
        if heading.text in ("使う場面", "When to use"):
            last = heads[at + 1].line if at + 1 < len(heads) else heading.line + 200
            lines = document.common.split("\n")[
                heading.line - document.common_line + 1 : last - document.common_line
            ]
            own = "\n".join(line for line in lines if "→" not in line)
            return [a or b for a, b in _QUOTED.findall(own)]
    return []


def quiet(library: Library) -> Sequence[str]:
    """Return the words that tell no two pages of this site apart: the product's own name."""
    settings = library.desk.settings
    return [name for name in (settings.site_name, settings.site_name_en) if name]


def _words(markdown: str) -> str:
    return QUOTE.sub(" ", _NO_WORDS.sub(" ", markdown))


def _facets(library: Library, document: Document, audience: str, today: date) -> tuple[Facet, ...]:
    """What a list of results can be narrowed by, beside type and topic: plans; for agents channel, role and state."""
    desk, lang = library.desk, document.lang
    found: list[Facet] = []
    for name in library.texts(document, "applies_to"):
        row = desk.find("products", name)
        found.append(Facet("product", row.label(lang) if row else name))
    if audience != INTERNAL:
        return tuple(found)
    found += [
        Facet("channel", _CHANNELS.get(c, (c, c))[lang == "en"]) for c in library.texts(document, "channels")
    ]
    if document.kind == "playbook":
        roles = [desk.find("roles", name.strip()) for name in _ROLE.findall(document.common)]
        found += [Facet("role", row.label(lang)) for row in roles if row]
    else:
        state = "public" if is_public(library, document) else "internal"
        found.append(Facet("state", "withheld" if expired(document, today) else state))
    return tuple(dict.fromkeys(found))
