"""Pages that no single document makes: home, topics, playbooks, contact, results, 404, and what stands at old addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kotae.audience import INTERNAL, PUBLIC, expired, is_public
from kotae.content.documents import Document, Playbook
from kotae.desk.wording import limit
from kotae.links.addresses import permanent, relative
from kotae.site.articles import says
from kotae.site.edition import HOME
from kotae.site.hours import calendar_data, hours_text
from kotae.site.press import Head, Press
from kotae.site.text import Parts


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file: its path in the site, its bytes, and the source that made it (empty: several)."""

    path: str
    data: bytes
    source: str = ""


def print_lists(press: Press, audience: str, lang: str, contact: Parts | None) -> Iterator[Printed]:
    """Yield every page of one site that is not a document's own. ``contact`` is the printed contact page."""
    home = press.edition.home(lang)
    if audience == PUBLIC:
        yield Printed(f"{home}index.html", _home(press, lang), _home_source(press, audience, lang))
    else:
        yield Printed(f"{home}index.html", _handbook_home(press, lang), _home_source(press, audience, lang))
        yield Printed(f"{home}playbooks/index.html", _playbook_list(press, lang))
    yield Printed(f"{home}topics/index.html", _all_questions(press, audience, lang))
    for topic in press.edition.topics(audience, lang):
        yield from _topic(press, audience, lang, topic.id)
    yield Printed(f"{home}search/index.html", _search(press, audience, lang))
    yield Printed(f"{home}404.html", _not_found(press, audience, lang))
    page = _contact_document(press, audience, lang)
    if page is not None and contact is not None:
        yield Printed(
            f"{press.edition.address(page)}index.html", _contact(press, page, contact, audience), page.path
        )
    yield from _old_addresses(press, audience, lang)


def has_own_page(document: Document) -> bool:
    """Tell whether a document is printed here rather than as an article: first pages and the contact page."""
    return document.path.removesuffix(".md").removesuffix(".en") in (*HOME.values(), "docs/help/contact")


def _home_source(press: Press, audience: str, lang: str) -> str:
    suffix = "" if lang == press.edition.root_lang else f".{lang}"
    path = f"{HOME[audience]}{suffix}.md"
    return path if path in press.edition.library.by_path else ""


def _topics(press: Press, audience: str, lang: str, at: str, current: str = "") -> list[dict[str, Any]]:
    edition = press.edition
    return [
        {
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


def _home(press: Press, lang: str) -> bytes:
    edition, at = press.edition, press.edition.home(lang)
    library, words = edition.library, edition.words[lang]
    source = library.by_path.get(_home_source(press, PUBLIC, lang))
    contacts = [c for c in library.desk.contacts.values() if c.public and c.kind in ("電話", "phone")]
    mail = library.desk.promises.get("mail")
    phone = contacts[0] if contacts else None
    calendar = library.desk.calendars.get(phone.calendar) if phone else None
    page = {
        "incident": None,
        "chips": _chips(press, source, lang, at),
        "topics": _topics(press, PUBLIC, lang, at),
        "contact": {
            "text": words["reply_time_text"].replace("#", limit(mail.first_reply, lang)) if mail else "",
            "phone": phone.value if phone else "",
            "tel_href": _tel(phone.value) if phone else "",
            "phone_hours": hours_text(calendar, lang) if calendar else "",
        },
    }
    return press.page(PUBLIC, lang, at, "home", page, Head("home", ""))


def _chips(press: Press, source: Document | None, lang: str, at: str) -> list[dict[str, str]]:
    edition = press.edition
    chips = []
    for stem in edition.library.texts(source, "popular") if source else ():
        found = edition.library.by_id.get(("faq", stem, lang)) or edition.library.by_id.get(
            ("faq", stem, edition.root_lang)
        )
        if found and found.path in edition.seen[PUBLIC]:
            wordings = [
                w for w in edition.library.texts(found, "paraphrases") if len(w) <= 12 and "(" not in w
            ]
            label = wordings[0] if lang == "ja" and wordings else found.title
            chips.append({"href": relative(at, edition.address(found)), "label": label})
    return chips


def _handbook_home(press: Press, lang: str) -> bytes:
    edition, at = press.edition, press.edition.home(lang)
    desk = edition.library.desk
    books = [d for d in edition.documents(INTERNAL, lang) if isinstance(d, Playbook)]
    order = ["critical", "high", "normal", "low"]
    books.sort(key=lambda d: (order.index(d.severity), d.path))
    words = edition.words[lang]
    roles = []
    for role in desk.roles.values():
        calendar = desk.calendars.get(role.calendar)
        if role.contact:
            roles.append(
                {
                    "name": role.label(lang),
                    "contact": role.contact,
                    "hours": hours_text(calendar, lang) if calendar else "",
                    "calendar_json": calendar_data(calendar, edition.today) if calendar else "",
                }
            )
    pages = [
        d
        for d in edition.documents(INTERNAL, lang)
        if d.path.startswith("docs/handbook/") and not has_own_page(d)
    ]
    page = {
        "incident": None,
        "must_read": [{"href": relative(at, edition.address(d)), "label": d.title} for d in pages],
        "changes": [],
        "changes_href": "",
        "roles": roles,
        "playbooks": [
            {
                "href": relative(at, edition.address(d)),
                "label": d.title,
                "note": words["severity_label"].replace("#", words[f"severity_{d.severity}"]),
            }
            for d in books[:8]
        ],
        "playbooks_href": relative(at, f"{edition.home(lang)}playbooks/"),
        "topics": _topics(press, INTERNAL, lang, at),
        "tray": False,
    }
    return press.page(INTERNAL, lang, at, "handbook-home", page, Head("handbook-home", ""), current="home")


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
        "crumbs": _crumbs(press, INTERNAL, lang, at, words["playbooks"]),
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
        twin=_same(press, lang, at),
    )


def _crumbs(press: Press, audience: str, lang: str, at: str, label: str) -> list[dict[str, str]]:
    words = press.edition.words[lang]
    return [
        {
            "href": relative(at, press.edition.home(lang)),
            "label": words["home_crumb_internal" if audience == INTERNAL else "home_crumb"],
        },
        {"href": "", "label": label},
    ]


def _same(press: Press, lang: str, at: str) -> dict[str, str] | None:
    """Return the language link to the same list in the next language."""
    edition = press.edition
    other = edition.languages[(edition.languages.index(lang) + 1) % len(edition.languages)]
    if other == lang:
        return None
    return press.twin("", lang, at, edition.home(other) + at.removeprefix(edition.home(lang)))


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
        "crumbs": _crumbs(press, audience, lang, at, title),
        "title": title,
        "intro_html": intro,
        "topic": topic,
        "groups": groups,
        "topics": _topics(press, audience, lang, at, topic),
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
        twin=_same(press, lang, at) if not topic or _topic_in_other(press, audience, lang, topic) else None,
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


def _search(press: Press, audience: str, lang: str) -> bytes:
    at = f"{press.edition.home(lang)}search/"
    words = press.edition.words[lang]
    return press.page(
        audience,
        lang,
        at,
        "search",
        {"topics": _topics(press, audience, lang, at)},
        Head("search", words["search"], noindex=True),
        twin=_same(press, lang, at),
    )


def _not_found(press: Press, audience: str, lang: str) -> bytes:
    edition = press.edition
    topics = [
        {"href": f"/{edition.home(lang)}{t.id}/", "label": t.label(lang)}
        for t in edition.topics(audience, lang)
    ]
    return press.page(
        audience,
        lang,
        edition.home(lang),
        "not-found",
        {"topics": topics},
        Head("not-found", edition.words[lang]["lost_title"], noindex=True),
        absolute=True,
    )


def _contact_document(press: Press, audience: str, lang: str) -> Document | None:
    return next(
        (d for d in press.edition.documents(audience, lang) if d.path.startswith("docs/help/contact")), None
    )


def _contact(press: Press, document: Document, parts: Parts, audience: str) -> bytes:
    edition, at, lang = press.edition, press.edition.address(document), document.lang
    desk, words = edition.library.desk, edition.words[lang]
    public = [c for c in desk.contacts.values() if c.public]
    phone = next((c for c in public if c.kind in ("電話", "phone")), None)
    mail = next((c for c in public if c.kind in ("メール", "mail")), None)
    post = next((c for c in public if c.kind in ("郵便", "post")), None)
    phone_calendar = desk.calendars.get(phone.calendar) if phone else None
    written = desk.calendars.get(mail.calendar) if mail else None
    hours = (
        [{"label": words["mail_and_form"], "text": hours_text(written, lang), "href": "", "link": ""}]
        if written
        else []
    )
    if phone_calendar:
        hours.append(
            {"label": words["phone"], "text": hours_text(phone_calendar, lang), "href": "", "link": ""}
        )
    ways = [
        {"name": c.label(lang), "text": (c.note_en if lang == "en" else c.note) or c.value, "href": c.value}
        for c in public
        if c.kind in ("フォーム", "form") and c.value.startswith("https://")
    ]
    page = {
        "crumbs": _crumbs(press, audience, lang, at, document.title),
        "title": document.title,
        "phone": {
            "number": phone.value,
            "href": _tel(phone.value),
            "hours": hours_text(phone_calendar, lang) if phone_calendar else "",
            "calendar_json": calendar_data(phone_calendar, edition.today) if phone_calendar else "",
        }
        if phone
        else None,
        "mail": mail.value if mail else "",
        "form_url": "",
        "hours": hours,
        "post": post.value.split(" ") if post and lang == "ja" else [],
        "ways": ways,
        "html": parts.lead + "".join(s.heading + s.html for s in parts.sections),
    }
    other = edition.languages[(edition.languages.index(lang) + 1) % len(edition.languages)]
    twin = edition.library.twin(document, other)
    link = (
        press.twin(audience, lang, at, edition.address(twin))
        if twin and other != lang and twin.path in edition.seen[audience]
        else None
    )
    return press.page(
        audience,
        lang,
        at,
        "contact",
        page,
        Head("contact", document.title, parts.plain[:120]),
        current="contact",
        twin=link,
    )


def _tel(number: str) -> str:
    return "tel:" + "".join(c for c in number if c.isdigit() or c == "+")


def _old_addresses(press: Press, audience: str, lang: str) -> Iterator[Printed]:
    """Permanent addresses, and a short note where a page was withdrawn by its date or replaced."""
    edition, root = press.edition, press.edition.root_lang
    for d in edition.library:
        if d.lang != lang or has_own_page(d) or (d.kind == "page" and d.path.startswith("docs/help/index")):
            continue
        at = permanent(d, root)
        if d.path in edition.seen[audience]:
            yield Printed(f"{at}index.html", _moved(press, audience, d, at), d.path)
        elif (
            audience == PUBLIC
            and is_public(edition.library, d)
            and expired(d, edition.today)
            and d.status == "published"
        ):
            for where in (at, edition.address(d)):
                yield Printed(f"{where}index.html", _withheld(press, d, where), d.path)


def _moved(press: Press, audience: str, document: Document, at: str) -> bytes:
    site = press.site(audience, document.lang, at)
    page = {"href": relative(at, press.edition.address(document)), "title": document.title, "canonical": ""}
    return press.template(
        "moved", {"site": site, "words": press.edition.words[document.lang], "page": page}
    ).encode()


def _withheld(press: Press, document: Document, at: str) -> bytes:
    page = {"title": "", "replaced_by": None, "topics": _topics(press, PUBLIC, document.lang, at)}
    head = Head("withheld", press.edition.words[document.lang]["withheld_title"], noindex=True)
    return press.page(PUBLIC, document.lang, at, "withheld", page, head)
