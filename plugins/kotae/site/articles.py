"""One document -> one finished page for one audience."""

from __future__ import annotations

from typing import Any

from kotae.audience import INTERNAL, PUBLIC
from kotae.content.documents import Document, Faq, Playbook
from kotae.freshness.review import review
from kotae.links.addresses import permanent, relative
from kotae.search.pages import says
from kotae.search.pages import wordings as page_wordings
from kotae.site.chart import chart, prove
from kotae.site.marks import confirmed, due_mark, older_parts
from kotae.site.paper import paper
from kotae.site.press import Head, Press
from kotae.site.runner import book, data, flow_of
from kotae.site.steps import steps as play
from kotae.site.text import Parts, Section, plain_text
from kotae.site.words import day

_NEIGHBOURS = 20


def print_document(press: Press, document: Document, parts: Parts, audience: str) -> bytes:
    """Return the page of ``document`` as ``audience`` sees it."""
    at, lang = press.edition.address(document), document.lang
    if isinstance(document, Playbook):
        template, page, kind, current = "playbook", _playbook(press, document, parts), "playbook", "playbooks"
    elif isinstance(document, Faq):
        template = kind = "handbook-article" if audience == INTERNAL else "article"
        page, current = _faq(press, document, parts, audience), "topics" if audience == INTERNAL else ""
    else:
        template, page, kind, current = "page", _page(press, document, parts, audience), "page", ""
    description = plain_text(parts.lead) or parts.plain[:120]
    head = Head(kind, document.title, description)
    return press.page(
        audience, lang, at, template, page, head, current=current, twin=_twin(press, document, audience)
    )


def _twin(press: Press, document: Document, audience: str) -> dict[str, str] | None:
    languages = press.edition.languages
    other = languages[(languages.index(document.lang) + 1) % len(languages)]
    twin = press.edition.library.twin(document, other)
    if other == document.lang or twin is None or twin.path not in press.edition.seen[audience]:
        return None
    return press.twin(audience, document.lang, press.edition.address(document), press.edition.address(twin))


def _faq(press: Press, document: Faq, parts: Parts, audience: str) -> dict[str, Any]:
    edition, at, words = press.edition, press.edition.address(document), press.edition.words[document.lang]
    older = older_parts(press, document, parts)
    named = related(press, document, audience)
    others = [] if named else neighbours(press, document, audience)
    page: dict[str, Any] = {
        "crumbs": _crumbs(press, document, audience),
        "title": document.title,
        "id": document.id,
        "applies": [
            {"label": _product(press, name, document.lang)}
            for name in edition.library.texts(document, "applies_to")
        ],
        "applies_help_href": _plan_help(press, document, audience),
        "answer_html": (parts.lead or "<p></p>") + older.get("", ""),
        "sections_html": "".join(_section(s, older) for s in parts.sections),
        "toc": [{"href": f"#{s.anchor}", "label": s.title} for s in parts.sections if s.title],
        "related": named,
        "neighbours": others,
        "near": (named or others)[:2],
        **confirmed(press, document),
        "permalink": _permalink(press, document),
    }
    if audience == PUBLIC:
        return page
    answer = plain_text(parts.lead)
    public = document.path in edition.seen[PUBLIC]
    said = wordings(press, document, 1)
    return page | state(press, document) | {
        "answer_text": answer,
        "reply_text": f"{answer} {page['permalink']}" if public else "",
        "tags": _tags(press, document, public),
        "internal_html": parts.tail,
        "use": "",
        "public_href": edition.library.desk.settings.url.rstrip("/") + "/" + at if public and edition.library.desk.settings.url else "",
        "playbooks": _playbooks(press, document),
        "paraphrases": said[:6],
        "more": words["more_wordings"].replace("#", str(len(said) - 6)) if len(said) > 6 else "",
        "used_in": [],
    }  # fmt: skip


def wordings(press: Press, document: Document, most: int = 64) -> list[str]:
    """Return the customers' wordings of a question, at most ``most`` for each line written."""
    return page_wordings(press.edition.library, document, most)


def _playbook(press: Press, document: Playbook, parts: Parts) -> dict[str, Any]:
    words = press.edition.words[document.lang]
    stop = ("間違えたとき", "If it went wrong")
    tags = [
        {
            "label": words["severity_label"].replace("#", words[f"severity_{document.severity}"]),
            "kind": {"critical": "stop", "high": "care"}.get(document.severity, ""),
            "icon": "flag",
        }
    ]
    icons = {"mail": "mail", "phone": "phone", "status": "info"}
    tags += [
        {"label": words[f"channel_{c}"], "kind": "", "icon": icons.get(c, "talk")}
        for c in press.edition.library.texts(document, "channels")
    ]
    older = older_parts(press, document, parts)
    steps = [{"href": f"#{anchor}", "label": title} for anchor, title in parts.steps]
    flow = flow_of(press, document)
    made = book(press, document, flow) if flow else {}
    if flow:
        prove(document, flow, parts.anchors)
    return state(press, document) | {
        "crumbs": _crumbs(press, document, INTERNAL),
        "title": document.title,
        "tags": tags,
        "book_json": data(made) if flow else "",
        "paper": paper(flow, document.lang, words, made["version"]) if flow else None,
        "says": says(document)[:6],
        "sections": [
            {
                "id": s.anchor,
                "title": s.title,
                "html": older.get(s.anchor, "")
                + (play(press, document, flow, s.html) if flow and '<h3 id="' in s.html else s.html),
                "steps": bool(flow and '<h3 id="' in s.html),
                "kind": "stop" if s.title in stop else "",
            }
            for s in parts.sections
        ],
        "toc": steps or [{"href": f"#{s.anchor}", "label": s.title} for s in parts.sections if s.title],
        "related": related(press, document, INTERNAL),
        "chart": chart(press, document, flow) if flow else None,
        "chart_href": "#kotae-chart" if flow else "",
    }


def _page(press: Press, document: Document, parts: Parts, audience: str) -> dict[str, Any]:
    older = older_parts(press, document, parts)
    sections = older.get("", "") + "".join(_section(s, older) for s in parts.sections)
    return {
        "crumbs": _crumbs(press, document, audience),
        "title": document.title,
        "html": parts.lead + sections,
        "toc": [{"href": f"#{s.anchor}", "label": s.title} for s in parts.sections if s.title],
        "related": related(press, document, audience),
        **confirmed(press, document),
        "edit_href": edit_href(press, document) if audience == INTERNAL else "",
    }


def _section(section: Section, older: dict[str, str]) -> str:
    note = older.get(section.anchor, "") if section.title else ""
    return (
        f'<section class="part" data-part="{section.part}">{section.heading}{note}{section.html}</section>'
        if section.heading or section.html
        else ""
    )


def _crumbs(press: Press, document: Document, audience: str) -> list[dict[str, str]]:
    edition, at, lang = press.edition, press.edition.address(document), document.lang
    words, home = edition.words[lang], relative(at, edition.home(lang))
    crumbs = [{"href": home, "label": words["home_crumb_internal" if audience == INTERNAL else "home_crumb"]}]
    if document.kind == "faq":
        topic = edition.library.desk.topics.get(document.topic)
        label = topic.label(lang) if topic else document.topic
        crumbs.append({"href": relative(at, f"{edition.home(lang)}{document.topic}/"), "label": label})
    elif document.kind == "playbook":
        crumbs.append({"href": relative(at, f"{edition.home(lang)}playbooks/"), "label": words["playbooks"]})
    else:
        crumbs.append({"href": "", "label": document.title})
    return crumbs


def related(press: Press, document: Document, audience: str) -> list[dict[str, str]]:
    """Return the pages named by the writer that this audience may see, else the nearest in meaning, as links."""
    edition, at = press.edition, press.edition.address(document)
    links = []
    for stem in edition.library.texts(document, "related"):
        for kind in (document.kind, "faq", "page"):
            found = edition.library.by_id.get((kind, stem, document.lang)) or edition.library.by_id.get(
                (kind, stem, edition.root_lang)
            )
            if found and found.path in edition.seen[audience] and found.path != document.path:
                links.append({"href": relative(at, edition.address(found)), "label": found.title})
                break
    if links or document.kind != "faq":
        return links
    near = press.neighbours(audience, document.lang).of(document)
    return [{"href": relative(at, edition.address(d)), "label": d.title} for d in near]


def neighbours(press: Press, document: Document, audience: str) -> list[dict[str, str]]:
    """Return at most 20 other questions of the topic, those that follow first."""
    edition, at = press.edition, press.edition.address(document)
    all_ = edition.questions(audience, document.lang, document.topic)
    here = press.position(audience, document)
    following = all_[here + 1 : here + 1 + _NEIGHBOURS]
    before = all_[max(0, here - (_NEIGHBOURS - len(following))) : here]
    return [{"href": relative(at, edition.address(d)), "label": d.title} for d in (*following, *before)]


def state(press: Press, document: Document) -> dict[str, Any]:
    """Return owner, review and what comes next, as agents read it."""
    edition, lang = press.edition, document.lang
    found = review(edition.library, document, edition.today)
    label = edition.library.owner(document)
    team = edition.library.desk.find("teams", label)
    return {
        "owner": team.label(lang) if team else label,
        "reviewed": day(found.reviewed, lang) if found.reviewed else "",
        "next_review": day(found.due, lang) if found.due else "",
        "mark": due_mark(press, document, found.due, lang),
        "changed": [r.said.in_(lang) for r in found.reasons],
        "edit_href": edit_href(press, document),
    }


def edit_href(press: Press, document: Document) -> str:
    """Return the code host's editor at this file, or nothing where no repository is named. Handbook only."""
    settings = press.edition.library.desk.settings
    repository = settings.repository.rstrip("/")
    if not repository or document.path in press.edition.library.private:
        return ""
    verb = "-/edit" if "gitlab" in repository else "edit"
    return f"{repository}/{verb}/{settings.branch}/{document.path}"


def _permalink(press: Press, document: Document) -> str:
    settings, root = press.edition.library.desk.settings, press.edition.root_lang
    return f"{settings.url.rstrip('/')}/{permanent(document, root)}"


def _product(press: Press, name: str, lang: str) -> str:
    found = press.edition.library.desk.find("products", name)
    return found.label(lang) if found else name


def _plan_help(press: Press, document: Document, audience: str) -> str:
    edition = press.edition
    plans = edition.library.by_id.get(("faq", "plans", document.lang)) or edition.library.by_id.get(
        ("faq", "plans", edition.root_lang)
    )
    if plans is None or plans.path not in edition.seen[audience] or plans.path == document.path:
        return ""
    return relative(edition.address(document), edition.address(plans))


def _tags(press: Press, document: Document, public: bool) -> list[dict[str, str]]:
    library, words = press.edition.library, press.edition.words[document.lang]
    shown = (
        {"label": words["is_public"], "kind": "good", "icon": "eye"}
        if public
        else {"label": words["internal_only"], "kind": "", "icon": "lock"}
    )
    reason = library.value(document, "reason")
    topic = library.desk.topics.get(document.topic)
    label = str(reason) if reason else (topic.reason if topic else "")
    found = library.desk.find("reasons", label)
    named = (
        found.label(document.lang) if found and (label in (found.id, found.name, found.name_en)) else label
    )
    return [shown, *([{"label": named, "kind": "", "icon": ""}] if named else [])]


def _playbooks(press: Press, document: Document) -> list[dict[str, str]]:
    edition = press.edition
    stem = edition.library.value(document, "playbook")
    found = edition.library.by_id.get(("playbook", str(stem), document.lang)) or edition.library.by_id.get(
        ("playbook", str(stem), edition.root_lang)
    )
    if found is None or found.path not in edition.seen[INTERNAL]:
        return []
    return [{"href": relative(edition.address(document), edition.address(found)), "label": found.title}]
