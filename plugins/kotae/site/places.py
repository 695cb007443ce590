"""Contact, results, 404, and what stands at old and permanent addresses."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.audience import PUBLIC, is_public, withheld
from kotae.content.documents import Document
from kotae.links.addresses import permanent, relative
from kotae.site.hours import calendar_data, hours_text
from kotae.site.press import Head, Press
from kotae.site.printed import Printed
from kotae.site.text import Parts
from kotae.site.ways import crumbs, has_own_page, same, topics


def contact_document(press: Press, audience: str, lang: str) -> Document | None:
    return next(
        (d for d in press.edition.documents(audience, lang) if d.path.startswith("docs/help/contact")), None
    )


def contact_page(press: Press, document: Document, parts: Parts, audience: str) -> bytes:
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
        "crumbs": crumbs(press, audience, lang, at, document.title),
        "title": document.title,
        "phone": {
            "number": phone.value,
            "href": tel(phone.value),
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


def tel(number: str) -> str:
    return "tel:" + "".join(c for c in number if c.isdigit() or c == "+")


def old_addresses(press: Press, audience: str, lang: str) -> Iterator[Printed]:
    """Permanent addresses, and a short note where a page was withdrawn by its date or replaced."""
    edition, root = press.edition, press.edition.root_lang
    for d in edition.library:
        if d.lang != lang or has_own_page(d) or (d.kind == "page" and d.path.startswith("docs/help/index")):
            continue
        at = permanent(d, root)
        if d.path in edition.seen[audience]:
            yield Printed(f"{at}index.html", _moved(press, audience, d, at), d.path)
        elif audience == PUBLIC and withheld(edition.library, d, edition.today):
            for where in (at, edition.address(d)):
                yield Printed(f"{where}index.html", _withheld(press, d, where), d.path)
        elif (instead := _instead(press, audience, d)) is not None:
            for where in (at, edition.address(d)):
                yield Printed(f"{where}index.html", _moved(press, audience, instead, where), instead.path)


def _instead(press: Press, audience: str, document: Document) -> Document | None:
    """Return what took the place of a retired page, where this audience sees it and saw the retired one."""
    library = press.edition.library
    if document.status != "deprecated" or (audience == PUBLIC and not is_public(library, document)):
        return None
    stem = str(library.value(document, "replaced_by") or "")
    for lang in (document.lang, press.edition.root_lang):
        found = library.by_id.get((document.kind, stem, lang))
        if found and found.path in press.edition.seen[audience]:
            return found
    return None


def _moved(press: Press, audience: str, document: Document, at: str) -> bytes:
    site = press.site(audience, document.lang, at)
    page = {"href": relative(at, press.edition.address(document)), "title": document.title, "canonical": ""}
    return press.template(
        "moved", {"site": site, "words": press.edition.words[document.lang], "page": page}
    ).encode()


def _withheld(press: Press, document: Document, at: str) -> bytes:
    page = {"title": "", "replaced_by": None, "topics": topics(press, PUBLIC, document.lang, at)}
    head = Head("withheld", press.edition.words[document.lang]["withheld_title"], noindex=True)
    return press.page(PUBLIC, document.lang, at, "withheld", page, head)


def search(press: Press, audience: str, lang: str) -> bytes:
    at = f"{press.edition.home(lang)}search/"
    words = press.edition.words[lang]
    return press.page(
        audience,
        lang,
        at,
        "search",
        {"topics": topics(press, audience, lang, at)},
        Head("search", words["search"], noindex=True),
        twin=same(press, lang, at),
    )


def not_found(press: Press, audience: str, lang: str) -> bytes:
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
