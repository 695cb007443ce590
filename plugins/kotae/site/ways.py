"""What several list pages share: the topics as links, crumbs, the same page in the other language."""

from __future__ import annotations

from typing import Any

from kotae.audience import INTERNAL
from kotae.content.documents import Document
from kotae.links.addresses import relative
from kotae.site.edition import HOME
from kotae.site.press import Press


def topics(press: Press, audience: str, lang: str, at: str, current: str = "") -> list[dict[str, Any]]:
    edition = press.edition
    return [
        {
            "id": t.id,
            "href": relative(at, f"{edition.home(lang)}{t.id}/"),
            "name": t.label(lang),
            "label": t.label(lang),
            "icon": t.icon,
            "n": len(edition.questions(audience, lang, t.id)),
            "examples": (t.examples_en if lang == "en" else t.examples) or "",
            "current": t.id == current,
        }
        for t in edition.topics(audience, lang)
    ]


def crumbs(press: Press, audience: str, lang: str, at: str, label: str) -> list[dict[str, str]]:
    words = press.edition.words[lang]
    return [
        {
            "href": relative(at, press.edition.home(lang)),
            "label": words["home_crumb_internal" if audience == INTERNAL else "home_crumb"],
        },
        {"href": "", "label": label},
    ]


def same(press: Press, lang: str, at: str) -> dict[str, str] | None:
    """Return the language link to the same list in the next language."""
    edition = press.edition
    other = edition.languages[(edition.languages.index(lang) + 1) % len(edition.languages)]
    if other == lang:
        return None
    return press.twin("", lang, at, edition.home(other) + at.removeprefix(edition.home(lang)))


def has_own_page(document: Document) -> bool:
    """Tell whether a document is printed here rather than as an article: first pages and the contact page."""
    return document.path.removesuffix(".md").removesuffix(".en") in (*HOME.values(), "docs/help/contact")
