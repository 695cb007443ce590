"""What the runner's script is given: a playbook's graph, its texts, clocks and words, as data in its own page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from kotae.content.documents import Document, Playbook
from kotae.content.markdown import plain
from kotae.desk.model import Calendar, Promise
from kotae.desk.wording import limit as limit_words
from kotae.flow.limits import read_limit
from kotae.flow.model import Duration, Flow, Item, Message, Node, Way
from kotae.flow.vocabulary import PERSONAL, fold
from kotae.freshness.review import State, review
from kotae.links.addresses import relative
from kotae.links.quotes import fill
from kotae.site.hours import calendar_data
from kotae.site.press import Press
from kotae.site.words import day, month

_INLINE = re.compile(r"\[([^\[\]]+)\]\(\s*<?([^()\s<>]+)>?[^()]*\)|\{\{\s*([^{}\n]+?)\s*\}\}")
_REASON = re.compile(r"「([^「」]+[>＞][^「」]+)」|“([^“”]+[>＞][^“”]+)”|\"([^\"]+[>＞][^\"]+)\"")
_SEVERITY = {"low": ("低", "low"), "normal": ("通常", "normal"), "high": ("高", "high"), "critical": ("重大", "critical")}  # fmt: skip


def flow_of(press: Press, document: Document) -> Flow | None:
    """Return the graph of a playbook, or None where there is nothing to run."""
    found = press.edition.flows.get(document.path)
    return found if found and found.start and found.nodes else None


def data(value: Mapping[str, Any]) -> str:
    """Return JSON that may stand inside <script type="application/json">."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def book(press: Press, document: Playbook, flow: Flow) -> dict[str, Any]:
    """Return everything a run needs, so that it can end on the version it began with."""
    edition, lang = press.edition, document.lang
    return shared(press, lang, used_calendars(press, flow)) | {
        "id": document.id,
        "title": document.title,
        "href": edition.address(document),
        "sha": flow.sha256[:10],
        "version": edition_name(press, document) or flow.sha256[:7],
        "severity": document.severity,
        "channels": list(edition.library.texts(document, "channels")),
        "first": document.severity in ("high", "critical"),
        "start": flow.start,
        "nodes": [_node(press, document, flow, n) for n in flow.nodes],
        "inputs": {i.name: item(i) for i in flow.inputs},
        "promises": promises(press, document.severity, lang),
        "before": _listed(flow, "before", press, document),
        "closing": _listed(flow, "closing", press, document),
        "stops": [[s.title, *_paragraphs(press, document, s.text)] for s in flow.stops],
        "reasons": reasons(press, document, flow),
        "cases": [{"name": c.name, "answers": list(c.answers), "outcome": c.outcome.to} for c in flow.cases],
        "owner": _owner(press, document),
        "stale": stale(press, document),
    }


def edition_name(press: Press, document: Document) -> str:
    """Return 2026年11月版: the month in which the playbook last changed, else was confirmed; empty if nobody knows."""
    library = press.edition.library
    past = (library.past or {}).get(document.path)
    found = review(library, document, press.edition.today)
    when = (past.changed or past.written) if past else found.reviewed
    told = press.edition.words[document.lang]["run_version"]
    return told.replace("#", month(when, document.lang)) if when else ""


def shared(press: Press, lang: str, calendars: Iterable[str]) -> dict[str, Any]:
    """Return what every page with messages needs: words, calendars, the language."""
    desk = press.edition.library.desk
    words = press.edition.words[lang]
    return {
        "lang": lang,
        "words": {k[4:]: v for k, v in words.items() if k.startswith("run_")}
        | {f"channel_{c}": words[f"channel_{c}"] for c in ("mail", "chat", "phone", "sms", "sns", "status")},
        "calendars": {
            c: calendar(press, desk.calendars[c]) for c in dict.fromkeys(calendars) if c in desk.calendars
        },
    }


def calendar(press: Press, row: Calendar) -> dict[str, Any]:
    """Return a calendar as the scripts read it."""
    found: dict[str, Any] = json.loads(calendar_data(row, press.edition.today))
    found.pop("reply", None)
    return found


def used_calendars(press: Press, flow: Flow) -> list[str]:
    """Return the calendars a run may count on: those of the promises and of every role named."""
    desk = press.edition.library.desk
    found = [p.calendar for p in desk.promises.values()]
    for node in flow.nodes:
        for role in node.roles:
            row = desk.find("roles", role.text)
            found += [row.calendar] if row else []
    return found


def item(each: Item) -> dict[str, Any]:
    """Return an input as the scripts read it; ``personal`` values never leave the page's memory."""
    made: dict[str, Any] = {"type": each.type or "text"}
    if each.values:
        made["values"] = list(each.values)
    for name in ("example", "where", "pattern"):
        if getattr(each, name):
            made[name] = getattr(each, name)
    if each.each_time:
        made["each"] = True
    if each.at_intake:
        made["intake"] = True
    if each.type in PERSONAL:
        made["personal"] = True
    return made


def promises(press: Press, severity: str, lang: str) -> dict[str, Any]:
    """Return channel -> the promise of a first reply and of a result, at one severity."""
    made: dict[str, Any] = {}
    words = press.edition.words
    named = {
        fold(words[la][f"channel_{c}"]): c
        for la in words
        for c in ("mail", "chat", "phone", "sms", "sns", "status")
    }
    for row in press.edition.library.desk.promises.values():
        channel = named.get(fold(row.channel), row.id)
        made[channel] = {
            "first": duration(_first(row, severity), lang),
            "resolve": duration(read_limit(row.resolve, origin="intake") if row.resolve else None, lang),
            "calendar": row.calendar,
        }
    return made


def _first(row: Promise, severity: str) -> Duration | None:
    written = next((row.by_severity[w] for w in _SEVERITY.get(severity, ()) if w in row.by_severity), "")
    return read_limit(written or row.first_reply, origin="intake") if written or row.first_reply else None


def duration(limit: Duration | None, lang: str) -> dict[str, Any] | None:
    """Return a time limit as the scripts read it."""
    if limit is None:
        return None
    return {
        "n": limit.n,
        "unit": limit.unit,
        "origin": limit.origin,
        "text": limit_words(limit.written.strip(), lang),
    }


def runs(press: Press, document: Document, text: str) -> list[Any]:
    """Return a line as pieces: plain text, {a, t} for a link, {g} for a gap."""
    made: list[Any] = []
    last = 0
    for match in _INLINE.finditer(text):
        made.append(plain(text[last : match.start()]) if text[last : match.start()] else "")
        if match[3]:
            filled = fill(match[0], press.edition.library, document.lang, press.edition.today)
            made.append({"g": match[3]} if filled == match[0] else filled)
        else:
            made.append({"a": press.resolve(document, match[2]), "t": plain(match[1])})
        last = match.end()
    made.append(plain(text[last:]) if text[last:] else "")
    return [piece for piece in made if piece]


def _paragraphs(press: Press, document: Document, text: str) -> list[list[Any]]:
    return [runs(press, document, line.strip()) for line in text.split("\n") if line.strip()]


def _node(press: Press, document: Playbook, flow: Flow, node: Node) -> dict[str, Any]:
    lang = document.lang
    made: dict[str, Any] = {"id": node.id, "kind": node.kind, "title": node.title}
    lines = [w.text for w in node.text]
    rich = any(line.startswith("|") or "![" in line for line in lines)
    optional: dict[str, Any] = {
        "roles": [_role(press, w.text, lang) for w in node.roles],
        "within": duration(node.within, lang),
        "permission": [w.text for w in node.permissions],
        "first": node.first_reply,
        "by": node.by,
        "hand": [w.text for w in node.hand_over],
        "most": node.repeat.most if node.repeat else 0,
        "every": duration(node.repeat.every, lang) if node.repeat and node.repeat.every else None,
        "irreversible": node.irreversible,
        "text": []
        if rich
        else [runs(press, document, line) for text in lines for line in text.split("\n") if line],
        "more": rich,
        "actions": [runs(press, document, w.text) for w in node.actions],
        "ticks": [runs(press, document, w.text) for w in node.confirm],
        "messages": [message(press, m, lang) for m in node.messages],
        "pairs": [[c.ban, c.say] for c in node.cautions if c.ban or c.say],
        "stops": [[s.title, *_paragraphs(press, document, s.text)] for s in node.stops],
        "question": node.decision.question if node.decision else "",
        "asks": node.decision is not None,
        "branches": [_branch(press, document, b.answer, b.way, b.is_else) for b in node.branches],
        "parallel": [w.to for w in node.parallel],
        "next": node.next,
        "calls": [
            {"href": press.resolve(document, w.call), "title": w.written} for w in node.jumps if w.call
        ],
    }
    made |= {key: value for key, value in optional.items() if value}
    return made


def _branch(press: Press, document: Playbook, answer: str, way: Way, otherwise: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"answer": answer, "to": way.to}
    if otherwise:
        made["else"] = True
    if way.call:
        made["call"] = {"href": press.resolve(document, way.call), "title": plain(way.written)}
    return made


def _role(press: Press, name: str, lang: str) -> dict[str, str]:
    row = press.edition.library.desk.find("roles", name)
    if row is None:
        return {"name": name}
    return {"name": row.label(lang), "contact": row.contact, "calendar": row.calendar}


def message(press: Press, each: Message, lang: str) -> dict[str, str]:
    """Return a message with its quotations filled in and its gaps left open."""
    library, today = press.edition.library, press.edition.today
    made = {
        "channel": each.channel,
        "title": each.title or press.edition.words[lang][f"run_text_{each.channel}"],
        "body": fill(each.body, library, lang, today),
    }
    if each.subject:
        made["subject"] = fill(each.subject, library, lang, today)
    return made


def _listed(flow: Flow, kind: str, press: Press, document: Document) -> list[list[Any]]:
    section = flow.section(kind)
    return [runs(press, document, w.text.removeprefix("[ ] ")) for w in section.items] if section else []


def reasons(press: Press, document: Document, flow: Flow) -> list[str]:
    """Return what the case may be filed under: as the closing list says, else the page's or its topic's reason."""
    section = flow.section("closing")
    found = [
        re.sub(r"\s*[>＞]\s*", " > ", next(g for g in m.groups() if g))
        for m in _REASON.finditer("\n".join(w.text for w in section.items) if section else "")
    ]
    if found:
        return list(dict.fromkeys(found))
    library = press.edition.library
    topic = library.desk.topics.get(document.topic)
    label = str(library.value(document, "reason") or (topic.reason if topic else ""))
    row = library.desk.find("reasons", label)
    return [row.label(document.lang) if row else label] if label else []


def _owner(press: Press, document: Document) -> str:
    label = press.edition.library.owner(document)
    team = press.edition.library.desk.find("teams", label)
    return team.label(document.lang) if team else label


def stale(press: Press, document: Document) -> str:
    """Return what an agent must know of an unconfirmed playbook, with whom to ask; empty for a fresh one."""
    edition, words = press.edition, press.edition.words[document.lang]
    found = review(edition.library, document, edition.today)
    key = {
        State.OVERDUE: "run_stale_due",
        State.DUE: "run_stale_due",
        State.CHANGED: "run_stale_changed",
    }.get(found.state)
    if key is None:
        return ""
    team = edition.library.desk.find("teams", edition.library.owner(document))
    contact = getattr(team, "contact", "")
    when = day(found.due if key == "run_stale_due" and found.due else edition.today, document.lang)
    told = words[key].replace("{day}", when)
    ask = words["run_stale_ask"].replace("{team}", _owner(press, document)).replace("{contact}", contact)
    return told + (ask if contact else "")


def address(press: Press, document: Document, at: str) -> str:
    """Return the address of a playbook seen from ``at``."""
    return relative(at, press.edition.address(document))
