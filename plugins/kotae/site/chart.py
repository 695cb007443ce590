"""The chart of a playbook as SVG, made while the site is built: shapes that link to their steps, and the same in words.

Colours come from classes and the theme's tokens, places from attributes; there is no inline style, so that a strict
Content-Security-Policy holds.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping
from typing import Any

from kotae.content.documents import Playbook
from kotae.desk.wording import limit
from kotae.findings import Said
from kotae.flow.chart import CALL, DECISION, SMALL_LINE, TITLE_LINE, Chart, Line, Shape, draw, size
from kotae.flow.model import ESCALATION, OUTCOME, Flow, Node
from kotae.site.engine import EngineError
from kotae.site.press import Press

_CUT = 10.0


class LostStepError(EngineError):
    """A step of the graph has no heading on the printed page (KT801): links, chart and runner would lead nowhere."""

    def __init__(self, path: str, step: str) -> None:
        super().__init__(path, step)
        self.said = Said(
            f"KT801 {path}: 手順「{step}」の見出しが、できあがったページにありません。見出しの前後に空行を入れ、引用や箇条書きの外に置いてください。",
            f"KT801 {path}: the heading of the step '{step}' is not on the printed page. Put blank lines around it, outside quotes and lists.",
        )


def prove(document: Playbook, flow: Flow, anchors: Collection[str]) -> None:
    """Raise LostStepError unless every node of the graph is a heading of the printed page (KT801)."""
    for node in flow.nodes:
        if node.id not in anchors:
            raise LostStepError(document.path, node.title)


def chart(press: Press, document: Playbook, flow: Flow) -> dict[str, Any]:
    """Return what the page shows: ``svg``, whether only the ``spine`` is drawn, and ``rows`` that say it in words."""
    notes = {node.id: _notes(press, document, node) for node in flow.nodes}
    made = draw(flow, notes)
    hrefs = {s.id: _href(press, document, s) for s in made.shapes}
    words = press.edition.words[document.lang]
    return {
        "svg": svg(made, hrefs, f"{words['chart']}: {document.title}"),
        "spine": made.spine,
        "rows": [_row(press, document, flow, node, notes[node.id]) for node in flow.nodes],
    }


def _notes(press: Press, document: Playbook, node: Node) -> tuple[str, ...]:
    words, desk, lang = press.edition.words[document.lang], press.edition.library.desk, document.lang
    rows = [(role.text, desk.find("roles", role.text)) for role in node.roles]
    between = words["chart_between"]
    roles = between.join(row.label(lang) if row else name for name, row in rows)
    within = limit(node.within.written.strip(), lang) if node.within else ""
    channels = dict.fromkeys(m.channel for m in node.messages if m.channel != "note")
    sent = between.join(words[f"channel_{c}"] for c in channels)
    return tuple(note for note in (roles, within, sent) if note)


def _href(press: Press, document: Playbook, shape: Shape) -> str:
    if shape.kind != CALL:
        return f"#{shape.id}"
    return press.resolve(document, shape.id.removeprefix("call:").partition("@")[0])


def svg(made: Chart, hrefs: Mapping[str, str], label: str) -> str:
    """Return the drawing; ``hrefs`` say where each shape leads."""
    width, height = round(made.width), round(made.height)
    lines = "".join(map(_line, made.lines))
    shapes = "".join(_shape(s, hrefs[s.id]) for s in made.shapes)
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" aria-label="{html.escape(label)}">'
        '<defs><marker id="kotae-chart-end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0.5 8 4 0 7.5z"/></marker></defs><g aria-hidden="true">{lines}</g>{shapes}</svg>'
    )


def _line(line: Line) -> str:
    kind = "back" if line.back else ("else" if line.otherwise else "")
    last = len(line.runs) - 1
    made = []
    for at, points in enumerate(line.runs):
        end = ' marker-end="url(#kotae-chart-end)"' if at == last else ""
        told = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        made.append(f'<polyline points="{told}"{end}/>')
    if line.at:
        top = line.at[1] - size(line.label)[1] / 2 + 14
        made += [
            f'<text x="{_n(line.at[0])}" y="{_n(top + at * SMALL_LINE)}">{html.escape(text)}</text>'
            for at, text in enumerate(line.label)
        ]
    return f'<g class="way"{f" data-kind={chr(34)}{kind}{chr(34)}" if kind else ""}>{"".join(made)}</g>'


def _shape(shape: Shape, href: str) -> str:
    middle = shape.x + shape.width / 2
    lines = len(shape.title) * TITLE_LINE + len(shape.small) * SMALL_LINE
    top = shape.y + (shape.height - lines) / 2
    texts = [
        f'<text class="name" x="{_n(middle)}" y="{_n(top + at * TITLE_LINE + 15)}">{html.escape(line)}</text>'
        for at, line in enumerate(shape.title)
    ]
    top += len(shape.title) * TITLE_LINE
    texts += [
        f'<text x="{_n(middle)}" y="{_n(top + at * SMALL_LINE + 13)}">{html.escape(line)}</text>'
        for at, line in enumerate(shape.small)
    ]
    last = " data-last" if shape.irreversible else ""
    return f'<a class="shape" data-kind="{shape.kind}"{last} href="{html.escape(href)}">{_outline(shape)}{" ".join(texts)}</a>'


def _outline(shape: Shape) -> str:
    x, y, right, low = shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    middle = (y + low) / 2
    corners: tuple[tuple[float, float], ...]
    if shape.kind == DECISION:
        corners = ((x, middle), (x + _CUT, y), (right - _CUT, y), (right, middle), (right - _CUT, low), (x + _CUT, low))  # fmt: skip
    elif shape.kind == ESCALATION:
        corners = ((x, y + _CUT), (x + _CUT, y), (right - _CUT, y), (right, y + _CUT),
                   (right, low - _CUT), (right - _CUT, low), (x + _CUT, low), (x, low - _CUT))  # fmt: skip
    else:
        bend = min(20.0, shape.height / 2) if shape.kind == OUTCOME else 4.0
        box = f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(shape.width)}" height="{_n(shape.height)}" rx="{_n(bend)}"/>'
        bars = f'<path d="M{_n(x + 6)} {_n(y)}V{_n(low)}M{_n(right - 6)} {_n(y)}V{_n(low)}"/>'
        return box + (bars if shape.kind == CALL else "")
    return f'<polygon points="{" ".join(f"{_n(a)},{_n(b)}" for a, b in corners)}"/>'


def _n(value: float) -> str:
    """Return a place in the drawing, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def _row(press: Press, document: Playbook, flow: Flow, node: Node, notes: tuple[str, ...]) -> dict[str, Any]:
    titles = flow.by_id

    def to(target: str, written: str) -> str:
        return titles[target].title if target in titles else written

    ways = [
        {"answer": b.answer, "to": b.written if b.call else to(b.to, b.written), "href": press.resolve(document, b.call) if b.call else f"#{b.to}"}
        for b in node.branches
    ]  # fmt: skip
    ways += [{"answer": "", "to": to(w.to, w.written), "href": f"#{w.to}"} for w in node.parallel]
    if node.jumps and node.jumps[0].call:
        call = node.jumps[0]
        ways.append({"answer": "", "to": call.written, "href": press.resolve(document, call.call)})
    if node.next and node.next in titles and node.kind != OUTCOME and not node.parallel:
        ways.append({"answer": "", "to": titles[node.next].title, "href": f"#{node.next}"})
    return {"href": f"#{node.id}", "title": node.title, "notes": notes, "ways": ways}
