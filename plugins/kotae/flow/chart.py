"""A playbook's graph as a drawing: what stands in each shape, where it stands, and how the lines run.

Sizes and places are user units of the SVG (pixels at full size). The layout is graphlay's, deterministic, so that the
same playbook gives the same bytes; see docs/kotae/decisions/0006-chart.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import graphlay

from kotae.flow.model import OUTCOME, STEP, Flow, Node

DECISION, CALL = "decision", "call"
MOST = 15  # above this many nodes only the spine is drawn
_TITLE, _SMALL = 14.0, 12.0
TITLE_LINE, SMALL_LINE = 20.0, 17.0
_ROOM, _LABEL_ROOM, _PAD, _POINT = 158.0, 124.0, 10.0, 12.0
_MARGIN = 16.0
_NEVER_LAST = "（「『【([{"
_NEVER_FIRST = "、。，．・！？!?,.）」』】)]}ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ〜"


@dataclass(frozen=True, slots=True)
class Shape:
    """One node of the drawing. ``kind``: step, decision, escalation, outcome, or call (another playbook)."""

    id: str
    kind: str
    title: tuple[str, ...]
    small: tuple[str, ...]
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    irreversible: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One way from ``source`` to ``target``. ``label``: the answer, centred on ``at``, with ``runs`` to it and
    from it, else one run. ``back``: it returns to an earlier node."""

    source: str
    target: str
    label: tuple[str, ...]
    runs: tuple[tuple[tuple[float, float], ...], ...] = ()
    at: tuple[float, float] | None = None
    back: bool = False
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished drawing. ``spine``: only the main course is drawn. ``faults``: overlaps the layout reports of itself."""

    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]
    width: float
    height: float
    spine: bool
    faults: int
    crossings: int


def draw(flow: Flow, notes: Mapping[str, tuple[str, ...]], most: int = MOST) -> Chart:
    """Return the drawing of ``flow``; ``notes`` are the small lines under a node's title (role, limit, channels)."""
    drawn = _nodes(flow)
    whole = len(drawn) <= most
    kept = [n.id for n in drawn] if whole else list(spine(flow))
    shapes = {id_: _shape(flow.by_id[id_], notes.get(id_, ())) for id_ in kept}
    lines: list[Line] = []
    for line in _lines(flow, kept):
        for end in (line.source, line.target):
            if end not in shapes and end.startswith("call:"):
                shapes[end] = _box(end, CALL, _called(flow, end), ())
        if line.source in shapes and line.target in shapes:
            lines.append(line)
    return _placed(list(shapes.values()), lines, not whole)


def spine(flow: Flow) -> tuple[str, ...]:
    """Return the main course: from the start, always downwards in the text, to an outcome over as many steps as can be."""
    order = {n.id: at for at, n in enumerate(flow.nodes)}
    best: dict[str, tuple[bool, int, tuple[str, ...]]] = {}
    for node in reversed(flow.nodes):
        ends = node.kind == OUTCOME
        found: tuple[bool, int, tuple[str, ...]] = (ends, int(node.kind == STEP), (node.id,))
        for to in flow.edges[node.id]:
            if order[to] > order[node.id]:
                ends, count, way = best[to]
                longer = (ends, count + int(node.kind == STEP), (node.id, *way))
                if longer[:2] > found[:2]:
                    found = longer
        best[node.id] = found
    return best[flow.start][2]


def returning(flow: Flow) -> frozenset[tuple[str, str]]:
    """Return the ways that lead back to a node which is still being gone through: those that close a loop."""
    found: set[tuple[str, str]] = set()
    inside, done = {flow.start}, set()
    stack = [(flow.start, iter(flow.edges[flow.start]))]
    while stack:
        node, rest = stack[-1]
        to = next(rest, None)
        if to is None:
            stack.pop()
            inside.discard(node)
            done.add(node)
        elif to in inside:
            found.add((node, to))
        elif to not in done:
            inside.add(to)
            stack.append((to, iter(flow.edges[to])))
    return frozenset(found)


def _nodes(flow: Flow) -> list[Node]:
    # What no way leads to is the checker's to tell; in the drawing it would be an island.
    reached, waiting = {flow.start}, [flow.start]
    while waiting:
        for to in flow.edges[waiting.pop()]:
            if to not in reached:
                reached.add(to)
                waiting.append(to)
    return [n for n in flow.nodes if n.id in reached]


def _called(flow: Flow, end: str) -> str:
    for node in flow.nodes:
        for way in (*(b.way for b in node.branches), *node.jumps):
            if way.call and f"call:{way.call}" == end.partition("@")[0]:
                return way.written
    return end.removeprefix("call:")


def _lines(flow: Flow, kept: list[str]) -> Iterator[Line]:
    """Yield every way once; answers that lead to the same place share a line."""
    loops = returning(flow)
    for id_ in kept:
        node = flow.by_id[id_]
        if node.kind == OUTCOME:
            continue
        ways: dict[tuple[str, str], list[str]] = {}
        least: dict[tuple[str, str], bool] = {}
        for branch in node.branches:
            key = (branch.call, branch.to)
            ways.setdefault(key, []).append(branch.answer)
            least[key] = least.get(key, True) and branch.is_else
        for way in node.parallel:
            ways.setdefault(("", way.to), [])
        if node.next and not node.parallel:
            ways.setdefault((node.jumps[0].call if node.jumps else "", node.next), [])
        elif not node.parallel and not node.next and node.jumps and node.jumps[0].call:
            ways.setdefault((node.jumps[0].call, ""), [])
        for (call, to), answers in ways.items():
            label = tuple(line for answer in answers for line in wrap(answer, _LABEL_ROOM, _SMALL))
            back = (id_, to) in loops
            if not call:
                yield Line(id_, to, label, back=back, otherwise=least.get((call, to), False))
                continue
            # One box for every call that returns to another place: the lines say where from and where to.
            other = f"call:{call}@{to}" if to else f"call:{call}"
            yield Line(id_, other, label, otherwise=least.get((call, to), False))
            if to:
                yield Line(other, to, (), back=back)


def _shape(node: Node, notes: tuple[str, ...]) -> Shape:
    asked = node.decision.question if node.decision else ""
    small = (*notes, *((_labels(asked),) if asked else ()))
    kind = DECISION if node.decision and node.kind == STEP else node.kind
    return _box(node.id, kind, node.title, small, node.irreversible)


def _box(id_: str, kind: str, title: str, notes: tuple[str, ...], irreversible: bool = False) -> Shape:
    lines = tuple(wrap(title, _ROOM, _TITLE))
    small = tuple(line for note in notes for line in wrap(note, _ROOM, _SMALL))
    height = len(lines) * TITLE_LINE + len(small) * SMALL_LINE + 2 * _PAD
    # All boxes are equally wide: a column of them reads as one.
    return Shape(
        id_, kind, lines, small, width=_ROOM + 2 * (_PAD + _POINT), height=height, irreversible=irreversible
    )


def _labels(text: str) -> str:
    return text.replace("{{", "").replace("}}", "")


def _placed(shapes: list[Shape], lines: list[Line], is_spine: bool) -> Chart:
    """Lay out shapes and lines. An answer is a small node on its line, so that nothing can lie over it."""
    graph = graphlay.Graph()
    for shape in shapes:
        graph.node(shape.id, width=shape.width, height=shape.height)
    parts: list[tuple[int, ...]] = []
    for at, line in enumerate(lines):
        if not line.label:
            parts.append(
                (
                    graph.edge(
                        line.source, line.target, reverse_for_ranking=line.back and line.source != line.target
                    ),
                )
            )
            continue
        width, height = size(line.label)
        graph.node(f"label:{at}", width=width, height=height)
        turned = {"reverse_for_ranking": line.back and line.source != line.target}
        first = graph.edge(line.source, f"label:{at}", **turned)
        parts.append((first, graph.edge(f"label:{at}", line.target, **turned)))
    made = graphlay.layout(graph, preset="process_map", options=_OPTIONS)
    told = made.metrics()
    low, high = made.bounds["min"], made.bounds["max"]
    x0, y0 = low["x"] - _MARGIN, low["y"] - _MARGIN
    centre = {
        id_: (n["center"]["x"] - x0, n["center"]["y"] - y0)
        for id_, n in zip(made.ids, made.nodes, strict=True)
    }

    def run(edge: int) -> tuple[tuple[float, float], ...]:
        return tuple((p["x"] - x0, p["y"] - y0) for p in made.edges[edge]["points"])

    stood = (replace(s, x=centre[s.id][0] - s.width / 2, y=centre[s.id][1] - s.height / 2) for s in shapes)
    drawn = (
        replace(line, runs=tuple(map(run, edges)), at=centre.get(f"label:{at}"))
        for at, (line, edges) in enumerate(zip(lines, parts, strict=True))
    )
    return Chart(
        tuple(stood), tuple(drawn), high["x"] - x0 + _MARGIN, high["y"] - y0 + _MARGIN, is_spine,
        sum(int(told[k]) for k in _FAULTS), int(told["crossings"]),
    )  # fmt: skip


_FAULTS = ("unrouted_edges", "overlaps", "node_edge_hits", "node_overlaps")
_OPTIONS = {
    "spacing": {
        "layer_gap": 26.0,
        "node_gap": 24.0,
        "dummy_gap": 16.0,
        "reroute_node_gap": 24.0,
        "stub": 10.0,
    },
    "coords": {"terminal_centering": False},
}


def size(label: tuple[str, ...]) -> tuple[float, float]:
    """Return width and height of a label."""
    return max((measure(line, _SMALL) for line in label), default=0) + 8, len(label) * SMALL_LINE + 2


def measure(text: str, size: float) -> float:
    """Return about how wide ``text`` is set in ``size``: wide signs count one, others a little over a half."""
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else size * 0.58 for c in text)


def wrap(text: str, room: float, size: float) -> list[str]:
    """Return the lines of ``text``, about equally long: never broken inside an English word, before 、 or after 「."""
    pieces = list(_pieces(text))
    lines = _filled(pieces, room, size)
    least = room
    while len(lines) > 1 and least > room / 2:
        least -= size
        closer = _filled(pieces, least, size)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines


def _filled(pieces: list[str], room: float, size: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and measure((lines[-1] + piece).rstrip(), size) > room:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def _pieces(text: str) -> Iterator[str]:
    """Yield what must not be broken."""
    piece = ""
    for at, sign in enumerate(text):
        piece += sign
        after = text[at + 1] if at + 1 < len(text) else ""
        wide = unicodedata.east_asian_width(sign) in "WF"
        may = sign == " " or wide or (after and unicodedata.east_asian_width(after) in "WF")
        if may and after not in _NEVER_FIRST and sign not in _NEVER_LAST:
            yield piece
            piece = ""
    if piece:
        yield piece
