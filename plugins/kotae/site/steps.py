"""The list view of a playbook: what Markdown printed, with the forms of a playbook where the graph knows them.

Order and extras (pictures, tables, notes) stay as the writer set them; a piece that is not recognised stays as printed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kotae.content.documents import Playbook
from kotae.flow.model import ESCALATION, OUTCOME, Caution, Flow, Message, Node
from kotae.flow.vocabulary import FACTS, PARALLEL, fold, word
from kotae.site import runner
from kotae.site.press import Press
from kotae.site.text import plain_text

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "wbr", "source"})
_STEP = re.compile(r'(?=<h3 id=")')
_HEAD = re.compile(r'<h3 id="([^"]*)">.*?</h3>', re.DOTALL)
_JUMP = re.compile(r"(?:^|\n)\s*(?:次|Next)\s*[:：].*", re.IGNORECASE)
_GAP = re.compile(r"\{\{\s*([^{}\n]+?)\s*\}\}")
_SHOWN = ("role", "to", "by", "within", "permission", "repeat", "hand_over", "tools")


def pieces(printed: str) -> Iterator[str]:
    """Yield the top-level elements of clean HTML."""
    depth, start = 0, 0
    for match in _TAG.finditer(printed):
        if match[3] or match[2].lower() in _VOID:
            continue
        depth += -1 if match[1] else 1
        if depth == 0:
            yield printed[start : match.end()].strip()
            start = match.end()
    if printed[start:].strip():
        yield printed[start:].strip()


def steps(press: Press, document: Playbook, flow: Flow, printed: str) -> str:
    """Return one section of headings as a list of steps; ``printed`` as it is where no heading is a node."""
    parts = _STEP.split(printed)
    opening, rest = parts[0], parts[1:]
    made = []
    for part in rest:
        head = _HEAD.match(part)
        node = flow.by_id.get(html.unescape(head[1])) if head else None
        if head is None or node is None:
            return f'<div class="md-typeset">{printed}</div>'
        kind = (
            "noreturn"
            if node.irreversible
            else {ESCALATION: "escalate", OUTCOME: "outcome"}.get(node.kind, "")
        )
        inside = "".join(_inside(press, document, flow, node, part[head.end() :]))
        made.append(f"<li{f' data-kind={chr(34)}{kind}{chr(34)}' if kind else ''}>{head[0]}{inside}</li>")
    before = f'<div class="md-typeset">{opening}</div>' if opening.strip() else ""
    return f'{before}<ol class="play">{"".join(made)}</ol>'


@dataclass
class _Reading:
    """One step while its pieces are gone through: what of the graph has not been met yet."""

    press: Press
    document: Playbook
    flow: Flow
    node: Node
    messages: list[Message]
    cautions: list[Caution]
    asked: bool = False
    together: bool = False


def _inside(press: Press, document: Playbook, flow: Flow, node: Node, printed: str) -> Iterator[str]:
    words = press.edition.words[document.lang]
    found = list(pieces(printed))
    if node.facts and found and found[0].startswith("<ul"):
        found.pop(0)
    yield _facts(document, node, words)
    reading = _Reading(press, document, flow, node, list(node.messages), list(node.cautions))
    for piece in found:
        text = plain_text(piece)
        known = (
            _message(reading, piece, text) or _asked(reading, piece, text) or _together(reading, piece, text)
        )
        rest = "" if known else (_without_jump(piece) if node.jumps else piece)
        yield known or (f'<div class="md-typeset">{_gaps(rest)}</div>' if rest else "")
    if node.jumps:
        yield _onward(press, document, flow, node, words)


def _message(reading: _Reading, piece: str, text: str) -> str:
    lang = reading.document.lang
    if reading.messages and piece.startswith('<div class="highlight"') and _is(reading.messages[0], text):
        return message(reading.press, reading.messages.pop(0), lang)
    inside = [c for c in reading.cautions if c.ban and c.ban in text]
    if inside and "admonition" in piece[:40]:
        reading.cautions = [c for c in reading.cautions if c not in inside]
        return pairs(inside, reading.press.edition.words[lang])
    return ""


def _asked(reading: _Reading, piece: str, text: str) -> str:
    node = reading.node
    if node.decision is None or reading.asked:
        return ""
    if fold(text) == fold(_shown(node.decision.question)) or fold(text) == fold(node.decision.question):
        return f'<p class="branch-q">{html.escape(_shown(node.decision.question))}</p>'
    if piece.startswith(("<ul", "<ol")) and _asks(node, text):
        reading.asked = True
        return _branches(reading.press, reading.document, reading.flow, node)
    return ""


def _together(reading: _Reading, piece: str, text: str) -> str:
    node, by_id = reading.node, reading.flow.by_id
    if node.parallel and fold(text).rstrip(":") in PARALLEL:
        reading.together = True
        return f'<p class="branch-q">{html.escape(text.rstrip(":："))}</p>'
    if reading.together and piece.startswith("<ul"):
        reading.together = False
        rows = (_row("", w.to, by_id[w.to].title if w.to in by_id else w.written) for w in node.parallel)
        return f'<ul class="branch">{"".join(rows)}</ul>'
    return ""


def _shown(text: str) -> str:
    return _GAP.sub(lambda m: m[1], text)


def _is(each: Message, text: str) -> bool:
    lines = [line for line in each.body.split("\n") if line.strip() and "{{" not in line]
    return not lines or " ".join(lines[0].split()) in text


def _asks(node: Node, text: str) -> bool:
    return bool(node.decision and node.decision.branches) and all(
        fold(b.answer) in fold(text)
        for b in node.decision.branches  # type: ignore[union-attr]  # asked just before
    )


def _without_jump(piece: str) -> str:
    if not piece.startswith("<p>"):
        return piece
    rest = (
        _JUMP.sub("", piece[3:-4])
        if _JUMP.search(plain_text(piece)) or _JUMP.search(piece[3:-4])
        else piece[3:-4]
    )
    return f"<p>{rest}</p>" if rest.strip() else ""


def _gaps(piece: str) -> str:
    return _GAP.sub(lambda m: f'<span class="blank" data-plain>{m[1]}</span>', piece)


def _facts(document: Playbook, node: Node, words: Mapping[str, str]) -> str:
    lang = document.lang
    rows = [
        (word(FACTS, f.key, lang), fill_gaps(f.value))
        for f in node.facts
        if f.key in _SHOWN and (f.key != "role" or node.kind != ESCALATION)
    ]
    made = "".join(f"<div><dt>{html.escape(k)}</dt><dd>{v}</dd></div>" for k, v in rows)
    tags = []
    if node.first_reply:
        tags.append(f'<span class="tag" data-kind="brand">{html.escape(words["run_first_reply"])}</span>')
    if node.irreversible:
        tags.append(f'<span class="tag" data-kind="stop">{html.escape(words["run_no_return_tag"])}</span>')
    told = f'<p class="tags">{"".join(tags)}</p>' if tags else ""
    return (f'<dl class="facts">{made}</dl>' if made else "") + told


def fill_gaps(text: str) -> str:
    """Return escaped text in which gaps are marked."""
    return _GAP.sub(
        lambda m: f'<span class="blank" data-name="{m[1]}">{m[1]}</span>', html.escape(text, quote=True)
    )


def message(press: Press, each: Message, lang: str, note: str = "") -> str:
    """Return a message whose gaps stand where the words will stand; its element makes them fields and copies."""
    made = runner.message(press, each, lang)
    words = press.edition.words[lang]
    subject = (
        f'<p class="message-subject"><span>{html.escape(words["run_subject"])}</span> <span class="subject">{fill_gaps(made["subject"])}</span></p>'
        if "subject" in made
        else ""
    )
    return (
        f'<kotae-message class="message" data-channel="{each.channel}"><div class="message-head"><b>{html.escape(made["title"])}</b>{note}</div>'
        f'{subject}<div class="message-text">{fill_gaps(made["body"])}</div></kotae-message>'
    )


def pairs(found: list[Caution], words: Mapping[str, str]) -> str:
    """Return what we do not say beside what we say instead."""
    rows = "".join(
        (f'<div><p class="no"><s>{html.escape(c.ban)}</s></p>' if c.ban else "<div>")
        + (f'<p class="yes"><span>{html.escape(c.say)}</span></p></div>' if c.say else "</div>")
        for c in found
    )
    return f'<div class="note" data-kind="care"><b>{html.escape(words["run_not_said"])}</b><div class="pairs">{rows}</div></div>'


def _row(answer: str, to: str, title: str, href: str = "") -> str:
    target = href or f"#{to}"
    first = html.escape(answer) if answer else ""
    return f'<li><a href="{html.escape(target)}">{first}<span>{html.escape(title)}</span></a></li>'


def _branches(press: Press, document: Playbook, flow: Flow, node: Node) -> str:
    rows = []
    for branch in node.decision.branches if node.decision else ():
        title = flow.by_id[branch.to].title if branch.to in flow.by_id else branch.written
        href = press.resolve(document, branch.call) if branch.call else ""
        rows.append(_row(branch.answer, branch.to, branch.written if branch.call else title, href))
    return f'<ul class="branch">{"".join(rows)}</ul>'


def _onward(press: Press, document: Playbook, flow: Flow, node: Node, words: Mapping[str, str]) -> str:
    way = node.jumps[0]
    title = flow.by_id[way.to].title if way.to in flow.by_id else way.written
    href = press.resolve(document, way.call) if way.call else f"#{way.to}"
    return f'<p class="onward">{html.escape(words["run_next"])} <a href="{html.escape(href)}">{html.escape(title)}</a></p>'
