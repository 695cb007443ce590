"""Frames: the page around the page, printed once for each site, depth and place, then filled by joining strings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jinja2

from kotae.audience import INTERNAL, PUBLIC
from kotae.content.documents import Document
from kotae.desk.wording import limit, minutes
from kotae.links.addresses import relative
from kotae.site.edition import Edition
from kotae.site.headers import meta
from kotae.site.hours import calendar_data, hours_text
from kotae.site.words import tray_words

# Letters only, so that they survive every filter.
_MARKS = {"head": "KOTAESLOTHEADXQ", "main": "KOTAESLOTMAINXQ", "twin": "KOTAESLOTTWINXQ"}
_FOOT = {PUBLIC: ("support", "status", "privacy", "news"), INTERNAL: ("first-week", "glossary", "escalation")}


@dataclass(frozen=True, slots=True)
class Frame:
    """A printed shell, cut at its slots."""

    pieces: tuple[str, str, str, str]

    def fill(self, head: str, main: str, twin: str) -> str:
        """Return the finished page."""
        a, b, c, d = self.pieces
        return "".join((a, head, b, main, c, twin, d))


def print_frame(environment: jinja2.Environment, context: Mapping[str, Any]) -> Frame:
    """Print the shell with marks in its slots and cut it there."""
    printed = environment.get_template("shell.html").render(**context, slot=_MARKS)
    head, rest = printed.split(_MARKS["head"])
    main, rest = rest.split(_MARKS["main"])
    twin, last = rest.split(_MARKS["twin"])
    return Frame((head, main, twin, last))


def site_context(
    edition: Edition, audience: str, lang: str, at: str, current: str = "", absolute: bool = False
) -> dict[str, Any]:
    """Return what shell.html and the page templates know of the site, seen from the address ``at``.

    Nothing in it depends on the page but the depth of its address and its place in the header. ``absolute``
    gives prefixes that begin with a slash: the 404 page is served at any address.
    """
    settings, words = edition.library.desk.settings, edition.words[lang]
    root = "/" if absolute else relative(at, "")
    base = ("/" + edition.home(lang)) if absolute else relative(at, edition.home(lang))
    contact = next(
        (d for d in edition.documents(audience, lang) if d.path.startswith("docs/help/contact")), None
    )
    calendar = edition.library.desk.calendars.get("weekdays") or next(
        iter(edition.library.desk.calendars.values()), None
    )
    promise = edition.library.desk.promises.get("mail")
    prefix = "/" if absolute else relative(at, "")
    return {
        "audience": audience,
        "lang": lang,
        "name": (settings.site_name_en if lang == "en" else "") or settings.site_name,
        "label": words["site_label_internal" if audience == INTERNAL else "site_label"],
        "base": base,
        "root": root,
        "assets": f"{root}assets/",
        "material_css": edition.engine.material_css,
        "stamp": edition.stamp,
        "links": _links(edition, audience, lang, base, current, contact),
        "footer_links": _footer(edition, audience, lang, prefix),
        "copyright": _copyright(edition, audience, lang),
        "contact_href": _contact_href(edition, audience, lang, prefix, contact),
        "search_href": f"{base}search/",
        "index": f"{root}search-{lang}/",
        "hours": hours_text(calendar, lang) if calendar else "",
        "calendar_json": calendar_data(
            calendar, edition.today, minutes(promise.first_reply) if promise else 0
        )
        if calendar and audience == PUBLIC
        else "",
        "reply": limit(promise.first_reply, lang) if promise else "",
        "vote_url": settings.event_endpoint,
        "tray_words": tray_words(words) if audience == INTERNAL else {},
        "policy": meta(edition.library.desk, audience) if settings.policy_in in ("ページ", "pages") else "",
    }


def _links(
    edition: Edition, audience: str, lang: str, base: str, current: str, contact: Document | None
) -> list[dict[str, Any]]:
    words = edition.words[lang]
    if audience == INTERNAL:
        made = [
            ("playbooks", words["playbooks"], f"{base}playbooks/"),
            ("topics", words["questions_by_topic"], f"{base}topics/"),
            ("week", words["week"], f"{base}week/"),
        ]
    else:
        made = [("topics", words["all_questions"], f"{base}topics/")]
        if contact:
            made.append(("contact", words["contact_link"], f"{base}contact/"))
    return [
        {"href": h, "label": label, "current": name == current, "wide": True, "lamp": name == "contact"}
        for name, label, h in made
    ]


def _footer(edition: Edition, audience: str, lang: str, prefix: str) -> list[dict[str, str]]:
    folder = "docs/help/" if audience == PUBLIC else "docs/handbook/"
    stems = {
        d.stem: d
        for d in edition.documents(audience, lang)
        if d.path.startswith(folder) and d.stem not in ("index", "contact")
    }
    order = [s for s in _FOOT[audience] if s in stems] + sorted(set(stems) - set(_FOOT[audience]))
    links = [{"href": prefix + edition.address(stems[s]), "label": stems[s].title} for s in order[:5]]
    if audience == INTERNAL and edition.library.desk.settings.url:
        links.append({"href": edition.library.desk.settings.url, "label": edition.words[lang]["see_help"]})
    return links


def _contact_href(edition: Edition, audience: str, lang: str, prefix: str, contact: Document | None) -> str:
    if audience == INTERNAL:
        basics = edition.library.by_id.get(("playbook", "basics", lang)) or edition.library.by_id.get(
            ("playbook", "basics", edition.root_lang)
        )
        return prefix + edition.address(basics) if basics and basics.path in edition.seen[INTERNAL] else ""
    return prefix + edition.address(contact) if contact else ""


def _copyright(edition: Edition, audience: str, lang: str) -> str:
    settings, words = edition.library.desk.settings, edition.words[lang]
    if audience == INTERNAL:
        return words["as_of_day"].replace("#", day_text(edition, lang))
    company = (settings.company_en if lang == "en" else "") or settings.company
    return " ".join(part for part in ("©", settings.year, company) if part) if company else ""


def day_text(edition: Edition, lang: str) -> str:
    """Return the day of the edition as people write it."""
    d = edition.today
    return f"{d.year}年{d.month}月{d.day}日" if lang == "ja" else f"{d:%B} {d.day}, {d.year}"
