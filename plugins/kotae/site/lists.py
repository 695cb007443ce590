"""Pages that list documents: topics, all questions, playbooks; and all pages of a site that no single document makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kotae.audience import INTERNAL, PUBLIC
from kotae.content.documents import Document, Playbook
from kotae.links.addresses import relative
from kotae.search.pages import says
from kotae.site.boards import boards
from kotae.site.homes import handbook_home, help_home, home_source
from kotae.site.leads import AT, leads_page
from kotae.site.places import contact_document, contact_page, not_found, old_addresses, search
from kotae.site.press import Head, Press
from kotae.site.printed import Printed
from kotae.site.text import Parts
from kotae.site.ways import crumbs, same, topics


def print_lists(press: Press, audience: str, lang: str, contact: Parts | None) -> Iterator[Printed]:
    """Yield every page of one site that is not a document's own. ``contact`` is the printed contact page."""
    home = press.edition.home(lang)
    if audience == PUBLIC:
        yield Printed(f"{home}index.html", help_home(press, lang), home_source(press, audience, lang))
    else:
        yield Printed(f"{home}index.html", handbook_home(press, lang), home_source(press, audience, lang))
        yield Printed(f"{home}playbooks/index.html", _playbook_list(press, lang))
        yield from boards(press, lang)
        yield Printed(f"{home}{AT}index.html", leads_page(press, lang))
    yield Printed(f"{home}topics/index.html", _all_questions(press, audience, lang))
    for topic in press.edition.topics(audience, lang):
        yield from _topic(press, audience, lang, topic.id)
    yield Printed(f"{home}search/index.html", search(press, audience, lang))
    yield Printed(f"{home}404.html", not_found(press, audience, lang))
    page = contact_document(press, audience, lang)
    if page is not None and contact is not None:
        yield Printed(
            f"{press.edition.address(page)}index.html",
            contact_page(press, page, contact, audience),
            page.path,
        )
    yield from old_addresses(press, audience, lang)


def _playbook_list(press: Press, lang: str) -> bytes:
    edition, at = press.edition, f"{press.edition.home(lang)}playbooks/"
    words, desk = edition.words[lang], edition.library.desk
    groups: dict[str, list[dict[str, Any]]] = {}
    for d in edition.documents(INTERNAL, lang):
        if isinstance(d, Playbook):
            tag = {
                "label": words["severity_label"].replace("#", words[f"severity_{d.severity}"]),
                "kind": {"critical": "stop", "high": "care"}.get(d.severity, ""),
                "icon": "flag",
            }
            groups.setdefault(d.topic, []).append(
                {
                    "href": relative(at, edition.address(d)),
                    "title": d.title,
                    "says": says(d)[:3],
                    "answer": "",
                    "tags": [tag],
                    "run_href": "",
                }
            )
    names = [t for t in desk.topics if t in groups] + sorted(set(groups) - set(desk.topics))
    made = [
        {"id": n, "title": desk.topics[n].label(lang) if n in desk.topics else n, "entries": groups[n]}
        for n in names
    ]
    page = {
        "crumbs": crumbs(press, INTERNAL, lang, at, words["playbooks"]),
        "title": words["playbooks"],
        "intro": "",
        "groups": made,
        "toc": [{"href": f"#{g['id']}", "label": g["title"]} for g in made],
        "search": True,
    }
    return press.page(
        INTERNAL,
        lang,
        at,
        "handbook-list",
        page,
        Head("handbook-list", words["playbooks"]),
        current="playbooks",
        twin=same(press, lang, at),
    )


def _questions(press: Press, found: tuple[Document, ...], at: str) -> list[dict[str, str]]:
    edition = press.edition
    return [
        {"href": relative(at, edition.address(d)), "title": d.title, "answer": press.answer(d)} for d in found
    ]


def _all_questions(press: Press, audience: str, lang: str) -> bytes:
    edition, at = press.edition, f"{press.edition.home(lang)}topics/"
    title = edition.words[lang]["all_questions"]
    size = edition.library.desk.settings.topic_page_size
    groups = [
        {
            "id": t.id,
            "title": t.label(lang),
            "questions": _questions(press, edition.questions(audience, lang, t.id)[:size], at),
        }
        for t in edition.topics(audience, lang)
    ]
    return _list(press, audience, lang, at, title, "", groups, "")


def _list(
    press: Press,
    audience: str,
    lang: str,
    at: str,
    title: str,
    intro: str,
    groups: list[dict[str, Any]],
    topic: str,
    pages: dict[str, str] | None = None,
) -> bytes:
    page = {
        "crumbs": crumbs(press, audience, lang, at, title),
        "title": title,
        "intro_html": intro,
        "topic": topic,
        "groups": groups,
        "topics": topics(press, audience, lang, at, topic),
        "pages": pages,
    }
    return press.page(
        audience,
        lang,
        at,
        "topic",
        page,
        Head("topic", title),
        current="topics",
        twin=same(press, lang, at) if not topic or _topic_in_other(press, audience, lang, topic) else None,
    )


def _topic_in_other(press: Press, audience: str, lang: str, topic: str) -> bool:
    languages = press.edition.languages
    return bool(
        press.edition.questions(audience, languages[(languages.index(lang) + 1) % len(languages)], topic)
    )


def _topic(press: Press, audience: str, lang: str, topic: str) -> Iterator[Printed]:
    edition = press.edition
    found, size = edition.questions(audience, lang, topic), edition.library.desk.settings.topic_page_size
    row = edition.library.desk.topics.get(topic)
    title = row.label(lang) if row else topic
    intro = ((row.description_en if lang == "en" else row.description) if row else "") or ""
    first = f"{edition.home(lang)}{topic}/"
    last = max(1, -(-len(found) // size))
    for number in range(1, last + 1):
        at = first if number == 1 else f"{first}page-{number}/"
        chunk = found[(number - 1) * size : number * size]
        words = edition.words[lang]
        pages = None
        if last > 1:
            pages = {
                "here": f"{number} / {last}",
                "previous": relative(at, first if number == 2 else f"{first}page-{number - 1}/")
                if number > 1
                else "",
                "next": relative(at, f"{first}page-{number + 1}/") if number < last else "",
            }
        shown = title if number == 1 else f"{title} {words['page_of'].replace('#', str(number))}"
        data = _list(
            press,
            audience,
            lang,
            at,
            shown,
            intro,
            [{"id": "", "title": "", "questions": _questions(press, chunk, at)}],
            topic,
            pages,
        )
        yield Printed(f"{at}index.html", data)
