"""A playbook on paper: numbered steps with boxes, blanks to fill by hand, where each answer leads. One or two pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kotae.content.markdown import plain
from kotae.flow.facts import listed
from kotae.flow.model import OUTCOME, Flow, Node
from kotae.flow.vocabulary import FACTS, word

_LINK = re.compile(r"\[([^\[\]]+)\]\([^()]*\)")
_GAP = re.compile(r"\{\{\s*([^{}\n]+?)\s*\}\}")
_SHOWN = ("role", "to", "by", "within", "permission", "repeat")


def paper(flow: Flow, lang: str, words: Mapping[str, str], version: str) -> dict[str, Any]:
    """Return what the printed checklist shows."""
    numbers = {node.id: at for at, node in enumerate(flow.nodes, 1)}
    return {
        "version": version,
        "steps": [_step(flow, node, numbers, lang) for node in flow.nodes],
        "before": _items(flow, "before"),
        "closing": _items(flow, "closing"),
        "not_said": [{"no": c.ban, "yes": c.say} for c in flow.cautions if c.ban and c.say],
    }


def said(text: str) -> str:
    """Return a line in words alone; a gap is a blank to write on."""
    return _GAP.sub(lambda m: f"{m[1]} ＿＿＿＿＿＿", plain(_LINK.sub(r"\1", text.removeprefix("[ ] "))))


def _items(flow: Flow, kind: str) -> list[str]:
    section = flow.section(kind)
    return [said(w.text) for w in section.items] if section else []


def _step(flow: Flow, node: Node, numbers: Mapping[str, int], lang: str) -> dict[str, Any]:
    facts = [
        f"{word(FACTS, f.key, lang)} {'・'.join(w.text for w in listed(f)) if f.key in ('role', 'to') else f.value}"
        for f in node.facts
        if f.key in _SHOWN
    ]

    def to(target: str, written: str) -> str:
        return f"{numbers[target]}" if target in numbers else plain(_LINK.sub(r"\1", written))

    return {
        "n": numbers[node.id],
        "title": node.title,
        "kind": "noreturn" if node.irreversible else ("outcome" if node.kind == OUTCOME else ""),
        "facts": facts,
        "actions": [said(w.text) for w in node.actions],
        "ticks": [said(w.text) for w in node.confirm],
        "messages": [m.title or m.channel for m in node.messages],
        "hand": [w.text for w in node.hand_over],
        "question": _GAP.sub(lambda m: m[1], node.decision.question) if node.decision else "",
        "branches": [
            {"answer": b.answer, "to": to(b.to if not b.call else "", b.written)} for b in node.branches
        ],
        "next": to(node.next, "") if node.next and not node.decision and not node.implicit else "",
        "together": [to(w.to, w.written) for w in node.parallel],
    }
