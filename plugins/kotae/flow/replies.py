"""Is the first reply on every path? A walk that never passes a step which gives it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kotae.flow.graph import Edges, reach
from kotae.flow.model import OUTCOME, STEP, Flow, Node


def gives(node: Node) -> bool:
    """Tell whether a node sends the first reply itself."""
    return node.first_reply and node.kind == STEP


def silent(flow: Flow, answering: Collection[str] = ()) -> frozenset[str]:
    """Return the nodes that a walk can stand on while the customer has had no reply.

    ``answering`` are the calls, as written, of playbooks that always give the reply. Of what is done at the same
    time one line is enough: after the join the customer counts as answered if any of the lines always answers.
    """
    graph = {node.id: tuple(_on(node, flow, answering)) for node in flow.nodes}
    for node in flow.nodes:
        if node.parallel and node.next and not gives(node):
            graph[node.id] = _together(node, graph)
    return reach([flow.start], graph)


def _on(node: Node, flow: Flow, answering: Collection[str]) -> Iterator[str]:
    """Yield where a walk that has not answered goes on."""
    if node.kind == OUTCOME or gives(node):
        return
    ways = [(b.to, b.call) for b in node.branches] + [(w.to, w.call) for w in node.parallel]
    if not node.parallel:
        ways.append((node.next, node.jumps[0].call if node.jumps else ""))
    for to, call in ways:
        if to in flow.by_id and call not in answering:
            yield to


def _together(node: Node, graph: Edges) -> tuple[str, ...]:
    lines = [w.to for w in node.parallel if w.to in graph]
    inner = {n: () if n == node.next else following for n, following in graph.items()}
    if all(node.next in reach([line], inner) for line in lines):
        return tuple(lines)
    return tuple(line for line in lines if node.next not in reach([line], inner))


def unanswered(flow: Flow, answering: Collection[str] = ()) -> tuple[Node, ...]:
    """Return the outcomes that can be reached before any first reply."""
    found = silent(flow, answering)
    return tuple(n for n in flow.nodes if n.kind == OUTCOME and n.id in found)
