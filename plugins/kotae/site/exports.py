"""Playbooks as data, in the handbook alone: one JSON file each, beside its page, and an index of them all.

The form is docs/kotae/reference/playbook.schema.json; a field may be added, none changes its meaning within 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kotae.audience import INTERNAL
from kotae.content.documents import Playbook
from kotae.content.markdown import plain
from kotae.flow.model import Branch, Duration, Flow, Item, Message, Node, Way
from kotae.flow.vocabulary import PERSONAL
from kotae.site.press import Press
from kotae.site.printed import Printed
from kotae.site.runner import flow_of, message

FORM = "kotae-playbook-1"


def playbook_files(press: Press, lang: str) -> Iterator[Printed]:
    """Yield ``playbook.json`` of every playbook of the handbook in ``lang``, and ``playbooks.json``, which lists them."""
    edition = press.edition
    rows = []
    for document in edition.documents(INTERNAL, lang):
        flow = flow_of(press, document) if isinstance(document, Playbook) else None
        if not isinstance(document, Playbook) or flow is None:
            continue
        at = edition.address(document)
        yield Printed(f"{at}playbook.json", _bytes(playbook(press, document, flow)), document.path)
        rows.append(
            {"id": document.id, "topic": document.topic, "title": document.title, "severity": document.severity,
             "page": at, "json": f"{at}playbook.json", "sha256": flow.sha256}
        )  # fmt: skip
    yield Printed(
        f"{edition.home(lang)}playbooks.json", _bytes({"form": FORM, "lang": lang, "playbooks": rows})
    )


def _bytes(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def playbook(press: Press, document: Playbook, flow: Flow) -> dict[str, Any]:
    """Return a playbook as data: what the runner walks, with the ids of its page."""
    return {
        "form": FORM,
        "id": document.id,
        "topic": document.topic,
        "lang": document.lang,
        "title": document.title,
        "severity": document.severity,
        "channels": list(press.edition.library.texts(document, "channels")),
        "page": press.edition.address(document),
        "source": document.path,
        "sha256": flow.sha256,
        "start": flow.start,
        "nodes": [_node(press, document, node) for node in flow.nodes],
        "inputs": [_input(each) for each in flow.inputs],
        "not_said": [{"not": c.ban, "instead": c.say} for c in flow.cautions if c.ban],
        "cases": [
            {"name": c.name, "answers": list(c.answers), "outcome": c.outcome.to, "through": [w.to for w in c.through]}
            for c in flow.cases
        ],
    }  # fmt: skip


def _node(press: Press, document: Playbook, node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "title": node.title,
        "roles": [_role(press, w.text) for w in node.roles],
        "by": node.by,
        "within": _limit(node.within),
        "permissions": [w.text for w in node.permissions],
        "first_reply": node.first_reply,
        "irreversible": node.irreversible,
        "repeat": {"every": _limit(node.repeat.every), "most": node.repeat.most} if node.repeat else None,
        "hand_over": [w.text for w in node.hand_over],
        "actions": [w.text for w in node.actions],
        "confirm": [w.text for w in node.confirm],
        "messages": [_message(press, m, document.lang) for m in node.messages],
        "question": node.decision.question if node.decision else "",
        "input": node.decision.input if node.decision else "",
        "answers": [_answer(press, document, b) for b in node.branches],
        "parallel": [w.to for w in node.parallel],
        "calls": [_call(press, document, w) for w in node.jumps if w.call],
        "next": node.next,
    }


def _role(press: Press, name: str) -> dict[str, str]:
    row = press.edition.library.desk.find("roles", name)
    return {"id": row.id if row else "", "name": name}


def _limit(limit: Duration | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    return {"n": limit.n, "unit": limit.unit, "from": limit.origin, "text": limit.written.strip()}


def _message(press: Press, each: Message, lang: str) -> dict[str, Any]:
    made = message(press, each, lang)
    return {"channel": each.channel, "title": made["title"], "subject": made.get("subject", ""),
            "body": made["body"], "inputs": list(each.inputs)}  # fmt: skip


def _answer(press: Press, document: Playbook, branch: Branch) -> dict[str, Any]:
    return {
        "answer": branch.answer,
        "to": branch.to,
        "otherwise": branch.is_else,
        "past_limit": branch.is_limit,
        "call": _call(press, document, branch.way) if branch.call else None,
    }


def _call(press: Press, document: Playbook, way: Way) -> dict[str, str]:
    return {"href": press.resolve(document, way.call), "title": plain(way.written)}


def _input(each: Item) -> dict[str, Any]:
    return {"name": each.name, "type": each.type or "text", "values": list(each.values), "pattern": each.pattern,
            "example": each.example, "where": each.where, "each_time": each.each_time,
            "personal": each.type in PERSONAL}  # fmt: skip
