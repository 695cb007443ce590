"""Is the first reply on every path? A walk that goes round the steps which give it, and never past one."""

from __future__ import annotations

from collections.abc import Mapping

from kotae.flow.graph import Edges, edges, reach
from kotae.flow.model import OUTCOME, STEP, Flow, Node


def gives(node: Node) -> bool:
    """Tell whether a node sends the first reply itself."""
    return node.first_reply and node.kind == STEP


def silent(flow: Flow, called: Mapping[str, bool] | None = None) -> frozenset[str]:
    """Return the nodes that a walk can stand on while the customer has had no reply.

    ``called`` tells of a node id whether a playbook it always calls gives the reply. Of what is done at the same
    time one is enough: after the join the customer counts as answered if any of the lines always answers.
    """
    replied = {n.id for n in flow.nodes if gives(n) or (called or {}).get(n.id, False)}
    graph = {node: () if node in replied else following for node, following in edges(flow).items()}
    for node in flow.nodes:
        if node.parallel and node.next and node.id not in replied:
            graph[node.id] = _together(node, graph)
    return reach([flow.start], graph)


def _together(node: Node, graph: Edges) -> tuple[str, ...]:
    lines = [w.to for w in node.parallel if w.to in graph]
    inner = {n: () if n == node.next else following for n, following in graph.items()}
    if all(node.next in reach([line], inner) for line in lines):
        return tuple(lines)
    return tuple(line for line in lines if node.next not in reach([line], inner))


def unanswered(flow: Flow, called: Mapping[str, bool] | None = None) -> tuple[Node, ...]:
    """Return the outcomes that can be reached before any first reply."""
    found = silent(flow, called)
    replied = {n.id for n in flow.nodes if gives(n)}
    return tuple(n for n in flow.nodes if n.kind == OUTCOME and n.id in found and n.id not in replied)
