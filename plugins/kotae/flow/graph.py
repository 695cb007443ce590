"""Where a flow can go: reach, dead ends, endless loops. Plain walks over the nodes, nothing is drawn here.

Strongly connected components after Tarjan, "Depth-first search and linear graph algorithms" (1972), written with a
stack of its own so that no depth of a playbook ends the walk.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from kotae.flow.model import OUTCOME, Flow, Node, Way

Edges = Mapping[str, tuple[str, ...]]


def ways(node: Node) -> Iterator[Way]:
    """Yield every way on that is written in a node: answers, jumps, what is done at the same time."""
    for branch in node.branches:
        yield branch.way
    yield from node.jumps
    yield from node.parallel


def edges(flow: Flow) -> Edges:
    """Return node -> nodes that may follow."""
    return flow.edges


def reach(start: Iterable[str], graph: Edges) -> frozenset[str]:
    """Return everything that can be reached from ``start``, itself included."""
    seen = {s for s in start if s in graph}
    waiting = deque(seen)
    while waiting:
        for to in graph[waiting.popleft()]:
            if to not in seen:
                seen.add(to)
                waiting.append(to)
    return frozenset(seen)


def turned(graph: Edges) -> Edges:
    """Return the same graph with every edge turned round."""
    back: dict[str, list[str]] = {node: [] for node in graph}
    for node, following in graph.items():
        for to in following:
            back[to].append(node)
    return {node: tuple(before) for node, before in back.items()}


def depth(start: str, graph: Edges) -> int:
    """Return how many steps the farthest node is away on the shortest way."""
    far = {start: 0}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for to in graph.get(node, ()):
            if to not in far:
                far[to] = far[node] + 1
                waiting.append(to)
    return max(far.values())


def loops(graph: Edges) -> list[frozenset[str]]:
    """Return the strongly connected parts in which a walk can go round."""
    found: list[frozenset[str]] = []
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in graph:
        if root in number:
            continue
        work = [(root, iter(graph[root]))]
        number[root] = low[root] = len(number)
        path.append(root)
        on_path.add(root)
        while work:
            node, following = work[-1]
            for to in following:
                if to not in number:
                    number[to] = low[to] = len(number)
                    path.append(to)
                    on_path.add(to)
                    work.append((to, iter(graph[to])))
                    break
                if to in on_path:
                    low[node] = min(low[node], number[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    part = _cut(path, node)
                    del path[len(path) - len(part) :]
                    on_path.difference_update(part)
                    if len(part) > 1 or node in graph[node]:
                        found.append(frozenset(part))
    return found


def _cut(path: list[str], node: str) -> list[str]:
    at = len(path) - 1
    while path[at] != node:
        at -= 1
    return path[at:]


def stuck(flow: Flow) -> tuple[Node, ...]:
    """Return the nodes that offer no way on and are no outcome. A way to nowhere is not counted: it has its own rule."""
    graph = edges(flow)
    return tuple(n for n in flow.nodes if n.kind != OUTCOME and not graph[n.id] and not broken(n))


def broken(node: Node) -> tuple[Way, ...]:
    """Return the ways of a node that lead to no heading of the playbook and call no other one."""
    return tuple(way for way in ways(node) if not way.to and not way.call)


def endless(flow: Flow) -> tuple[Node, ...]:
    """Return, for each part of the flow that goes round for ever, its first node.

    A part that only ends at a step with no way on is not endless: that step has its own finding.
    """
    graph = edges(flow)
    ends = [n.id for n in flow.nodes if n.kind == OUTCOME or not graph[n.id] or broken(n)]
    saved = reach(ends, turned(graph))
    lost = [n for n in flow.nodes if n.id not in saved]
    inside = {n.id for n in lost}
    parts = loops({node: tuple(to for to in graph[node] if to in inside) for node in inside}) if lost else []
    return tuple(
        next(n for n in lost if n.id in part)
        for part in sorted(parts, key=lambda p: min(_at(flow, i) for i in p))
    )


def _at(flow: Flow, node_id: str) -> int:
    return flow.by_id[node_id].line


def reached(flow: Flow) -> frozenset[str]:
    """Return the ids of the nodes that a walk from the start can come to."""
    return reach([flow.start], edges(flow))
