"""Walk a case through the flow, answer by answer, as a newcomer would."""

from __future__ import annotations

from dataclasses import dataclass, field

from kotae.flow.model import OUTCOME, Branch, Case, Flow, Node
from kotae.flow.vocabulary import fold


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a case went: the nodes in order, the outcome (empty: none), and the answer that no question took."""

    path: tuple[str, ...]
    outcome: str = ""
    refused: str = ""
    at: str = ""
    left: tuple[str, ...] = ()


@dataclass
class _Walker:
    flow: Flow
    left: list[str]
    path: list[str] = field(default_factory=list)
    refused: str = ""
    since: int = 0

    def go(self, node_id: str, stop: str = "") -> str:
        """Walk until an outcome, until ``stop``, or until nothing leads on; return where the walk stands."""
        while node_id and node_id != stop and node_id in self.flow.by_id:
            node = self.flow.by_id[node_id]
            self.path.append(node_id)
            self.since += 1
            # More steps than there are nodes without an answer in between: it goes round.
            if node.kind == OUTCOME or self.since > len(self.flow.nodes):
                return node_id if node.kind == OUTCOME else ""
            if node.parallel:
                for line in node.parallel:
                    end = self.go(line.to, stop=node.next)
                    if end != node.next:
                        return end
                node_id = node.next
                continue
            following = self._after(node)
            if following is None:
                return ""
            node_id = following
        return node_id

    def _after(self, node: Node) -> str | None:
        taken = self._answer(node)
        if taken:
            return taken.to
        if node.decision:
            self.refused = self.left[0] if self.left else ""
            return None
        return node.next or None

    def _answer(self, node: Node) -> Branch | None:
        if not self.left:
            return None
        for branch in node.branches:
            if fold(branch.answer) == fold(self.left[0]):
                self.left.pop(0)
                self.since = 0
                return branch
        return None


def walk(flow: Flow, case: Case) -> Walk:
    """Return where ``case`` leads in ``flow``."""
    walker = _Walker(flow, list(case.answers))
    end = walker.go(flow.start)
    node = flow.by_id.get(end)
    at = walker.path[-1] if walker.path else ""
    outcome = end if node is not None and node.kind == OUTCOME else ""
    return Walk(tuple(walker.path), outcome, walker.refused, at, tuple(walker.left))
