"""The first page of the help center and of the handbook."""

from __future__ import annotations

from kotae.audience import INTERNAL, PUBLIC
from kotae.content.documents import Document, Playbook
from kotae.desk.wording import limit
from kotae.links.addresses import relative
from kotae.site.edition import HOME
from kotae.site.hours import calendar_data, hours_text
from kotae.site.places import tel
from kotae.site.press import Head, Press
from kotae.site.ways import has_own_page, topics


def home_source(press: Press, audience: str, lang: str) -> str:
    suffix = "" if lang == press.edition.root_lang else f".{lang}"
    path = f"{HOME[audience]}{suffix}.md"
    return path if path in press.edition.library.by_path else ""


def help_home(press: Press, lang: str) -> bytes:
    edition, at = press.edition, press.edition.home(lang)
    library, words = edition.library, edition.words[lang]
    source = library.by_path.get(home_source(press, PUBLIC, lang))
    contacts = [c for c in library.desk.contacts.values() if c.public and c.kind in ("電話", "phone")]
    mail = library.desk.promises.get("mail")
    phone = contacts[0] if contacts else None
    calendar = library.desk.calendars.get(phone.calendar) if phone else None
    page = {
        "incident": None,
        "chips": _chips(press, source, lang, at),
        "topics": topics(press, PUBLIC, lang, at),
        "contact": {
            "text": words["reply_time_text"].replace("#", limit(mail.first_reply, lang)) if mail else "",
            "phone": phone.value if phone else "",
            "tel_href": tel(phone.value) if phone else "",
            "phone_hours": hours_text(calendar, lang) if calendar else "",
        },
    }
    return press.page(PUBLIC, lang, at, "home", page, Head("home", ""))


def _chips(press: Press, source: Document | None, lang: str, at: str) -> list[dict[str, str]]:
    """Return the questions named on the first page: 「解約 → cancel」 with a word of its own, or the stem alone."""
    edition = press.edition
    chips = []
    for written in edition.library.texts(source, "popular") if source else ():
        label, stem = _named(written)
        found = edition.library.by_id.get(("faq", stem, lang)) or edition.library.by_id.get(
            ("faq", stem, edition.root_lang)
        )
        if found and found.path in edition.seen[PUBLIC]:
            chips.append({"href": relative(at, edition.address(found)), "label": label or found.title})
    return chips


def _named(written: str) -> tuple[str, str]:
    label, arrow, stem = written.replace("->", "→").replace("=>", "→").partition("→")
    return (label.strip(), stem.strip()) if arrow else ("", written.strip())


def handbook_home(press: Press, lang: str) -> bytes:
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
        "topics": topics(press, INTERNAL, lang, at),
        "html": _own_text(press, lang),
        "tray": True,
        "boards": [
            {"href": relative(at, f"{at}{name}"), "label": words[word]}
            for name, word in (
                ("replies/", "replies"),
                ("escalation-board/", "board"),
                ("outage-pack.html", "pack"),
            )
            if word != "pack" or any(d.severity == "critical" for d in books)
        ],
    }
    return press.page(INTERNAL, lang, at, "handbook-home", page, Head("handbook-home", ""), current="home")


def _own_text(press: Press, lang: str) -> str:
    source = press.edition.library.by_path.get(home_source(press, INTERNAL, lang))
    if source is None:
        return ""
    parts = press.parts(source)
    return parts.lead + "".join(section.heading + section.html for section in parts.sections)
