"""Pages an agent opens beside a playbook: all reply texts, the escalation contacts, and the pack for an outage."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from kotae.audience import INTERNAL
from kotae.content.documents import Playbook
from kotae.flow.model import ESCALATION, Flow
from kotae.links.addresses import relative
from kotae.site.hours import calendar_data, hours_text
from kotae.site.paper import paper
from kotae.site.press import Head, Press
from kotae.site.printed import Printed
from kotae.site.runner import data, item, message, shared
from kotae.site.steps import message as message_html
from kotae.site.ways import crumbs, same
from kotae.site.words import day

CHANNELS = ("mail", "chat", "phone", "sms", "sns", "status", "note")
_PACK_CSS = """body{font:16px/1.8 system-ui,sans-serif;max-width:46em;margin:0 auto;padding:1em;color:#222;background:#fff}
h1{font-size:1.5em}h2{margin-top:2.5em;border-bottom:2px solid #222}h3{margin:1.6em 0 .2em}.n{border:1px solid;border-radius:1em;padding:0 .5em;margin-right:.5em}
pre{white-space:pre-wrap;font:inherit;border:1px solid #888;border-radius:6px;padding:.8em;user-select:all}mark{background:#fff0b8;color:#5a3c00}
table{border-collapse:collapse;width:100%}th,td{border-top:1px solid #bbb;padding:.4em .8em .4em 0;text-align:left;vertical-align:top}
.meta{color:#555;margin:0}ul{padding-left:1.3em;margin:.3em 0}@media print{pre{break-inside:avoid}}"""


def boards(press: Press, lang: str) -> Iterator[Printed]:
    """Yield the boards of the handbook in one language."""
    yield Printed(f"{press.edition.home(lang)}replies/index.html", replies(press, lang))
    yield Printed(f"{press.edition.home(lang)}escalation-board/index.html", escalations(press, lang))
    urgent = [f for f in _books(press, lang) if _playbook(f).severity == "critical"]
    if urgent:
        yield Printed(f"{press.edition.home(lang)}outage-pack.html", pack(press, lang, urgent))


def _books(press: Press, lang: str) -> list[Flow]:
    return [
        press.edition.flows[d.path]
        for d in press.edition.documents(INTERNAL, lang)
        if isinstance(d, Playbook) and d.path in press.edition.flows
    ]


def _playbook(flow: Flow) -> Playbook:
    return flow.document


def replies(press: Press, lang: str) -> bytes:
    """Return every text of every playbook by channel, each to be filled in and copied."""
    at, words = f"{press.edition.home(lang)}replies/", press.edition.words[lang]
    groups: dict[str, list[dict[str, str]]] = {}
    inputs: dict[str, Any] = {}
    for flow in _books(press, lang):
        inputs |= {i.name: item(i) for i in flow.inputs if i.name not in inputs}
        href = relative(at, press.edition.address(flow.document))
        for node, each in flow.messages:
            groups.setdefault(each.channel, []).append(
                {
                    "title": message(press, each, lang)["title"],
                    "book": flow.document.title,
                    "href": f"{href}#{node.id}",
                    "html": message_html(press, each, lang),
                }
            )
    page = {
        "crumbs": crumbs(press, INTERNAL, lang, at, words["replies"]),
        "title": words["replies"],
        "intro": words["replies_intro"],
        "groups": [
            {"id": c, "title": words.get(f"channel_{c}", words[f"run_text_{c}"]), "entries": groups[c]}
            for c in CHANNELS
            if c in groups
        ],
        "roles": [],
        "json": data(
            shared(press, lang, [p.calendar for p in press.edition.library.desk.promises.values()])
            | {"inputs": inputs, "promises": _calendars(press)}
        ),
    }
    return press.page(
        INTERNAL, lang, at, "board", page, Head("board", words["replies"]), twin=same(press, lang, at)
    )


def _calendars(press: Press) -> dict[str, Any]:
    return {p.id: {"calendar": p.calendar} for p in press.edition.library.desk.promises.values()}


def escalations(press: Press, lang: str) -> bytes:
    """Return who can be reached how and when, and in which steps a case goes to them."""
    edition, at = press.edition, f"{press.edition.home(lang)}escalation-board/"
    words, desk = edition.words[lang], edition.library.desk
    used: dict[str, list[dict[str, str]]] = {}
    for flow in _books(press, lang):
        for node in flow.nodes:
            for named in node.roles if node.kind == ESCALATION else ():
                row = desk.find("roles", named.text)
                href = f"{relative(at, edition.address(flow.document))}#{node.id}"
                used.setdefault(row.id if row else named.text, []).append(
                    {"href": href, "label": flow.document.title, "note": node.title}
                )
    roles = []
    for role in desk.roles.values():
        calendar = desk.calendars.get(role.calendar)
        hours = hours_text(calendar, lang) if calendar else ""
        roles.append(
            {
                "name": role.label(lang),
                "contact": role.contact,
                "hours": hours,
                "always": hours in ("24時間", "24 hours"),
                "calendar_json": calendar_data(calendar, edition.today) if calendar else "",
                "used": used.get(role.id, []),
            }
        )
    page = {
        "crumbs": crumbs(press, INTERNAL, lang, at, words["board"]),
        "title": words["board"],
        "intro": words["board_intro"],
        "groups": [],
        "roles": roles,
        "json": "",
    }
    return press.page(
        INTERNAL, lang, at, "board", page, Head("board", words["board"]), twin=same(press, lang, at)
    )


def pack(press: Press, lang: str, books: list[Flow]) -> bytes:
    """Return one file that opens from a disk without a network: steps, texts and contacts of the gravest playbooks."""
    words, edition = press.edition.words[lang], press.edition
    made = [
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{html.escape(words["pack"])}</title><style>{_PACK_CSS}</style></head><body>'
        f'<main class="sheet"><h1>{html.escape(words["pack"])}</h1><p class="meta">{html.escape(words["internal_only"])}・{html.escape(words["pack_as_of"].replace("#", day(edition.today, lang)))}</p>'
        f"<p>{html.escape(words['pack_note'])}</p>"
    ]
    for flow in books:
        made.append(_pack_book(press, lang, flow))
    made.append(f"<h2>{html.escape(words['pack_contacts'])}</h2><table><tbody>")
    desk = edition.library.desk
    for role in desk.roles.values():
        calendar = desk.calendars.get(role.calendar)
        hours = hours_text(calendar, lang) if calendar else ""
        made.append(
            f'<tr><th scope="row">{html.escape(role.label(lang))}</th><td>{html.escape(role.contact)}</td><td>{html.escape(hours)}</td></tr>'
        )
    made.append("</tbody></table></main></body></html>\n")
    return "".join(made).encode()


def _pack_book(press: Press, lang: str, flow: Flow) -> str:
    words = press.edition.words[lang]
    shown = paper(flow, lang, words, "")
    made = [f"<h2>{html.escape(flow.document.title)}</h2>"]
    made += [
        f"<p><strong>{html.escape(stop.title)}</strong> {html.escape(stop.text)}</p>" for stop in flow.stops
    ]
    for step, node in zip(shown["steps"], flow.nodes, strict=True):
        made.append(f'<h3><span class="n">{step["n"]}</span>{html.escape(step["title"])}</h3>')
        made.append(f'<p class="meta">{html.escape("・".join(step["facts"]))}</p>' if step["facts"] else "")
        lines = [html.escape(x) for x in (*step["actions"], *step["ticks"], *step["hand"])]
        made.append(f"<ul>{''.join(f'<li>{x}</li>' for x in lines)}</ul>" if lines else "")
        for each in node.messages:
            text = message(press, each, lang)
            subject = (
                f"{html.escape(words['run_subject'])} {_marked(text['subject'])}\n\n"
                if "subject" in text
                else ""
            )
            made.append(f"<p>{html.escape(text['title'])}</p><pre>{subject}{_marked(text['body'])}</pre>")
        ways = [f"{html.escape(b['answer'])} → {html.escape(b['to'])}" for b in step["branches"]]
        if ways:
            made.append(
                f"<p>{html.escape(step['question'])}</p><ul>{''.join(f'<li>{w}</li>' for w in ways)}</ul>"
            )
        if step["next"]:
            made.append(f"<p>→ {step['next']}</p>")
    return "".join(made)


def _marked(text: str) -> str:
    return html.escape(text).replace("{{", "<mark>").replace("}}", "</mark>")
