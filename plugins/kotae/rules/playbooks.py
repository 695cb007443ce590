"""The graph of a playbook, as the rules ask for it; made once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache

from kotae.content.documents import Document, Playbook
from kotae.content.library import Library
from kotae.flow.model import ESCALATION, OUTCOME, STEP, Decision, Flow, Item, Node
from kotae.flow.parse import flows
from kotae.flow.vocabulary import fold
from kotae.rules.code import without_code
from kotae.rules.registry import Context

NONE = Flow(Playbook("", "playbook", "", "", ""))


def by_path(library: Library) -> Library:
    """Return the library in the order of paths: where an id or a title stands twice, the same page is meant each time."""
    return replace(library, documents=tuple(sorted(library.documents, key=lambda d: d.path)))


def flow_of(document: Document, context: Context) -> Flow:
    """Return the graph of a playbook; one with nothing in it for every other page and for a retired playbook."""
    if not isinstance(document, Playbook) or document.status == "deprecated":
        return NONE
    return context.once(flows).get(document.path, NONE)


def all_flows(context: Context) -> Iterator[Flow]:
    """Yield the graph of every playbook that is not retired, by path."""
    for flow in context.once(flows).values():
        if flow.document.status != "deprecated":
            yield flow


def steps(flow: Flow) -> Iterator[Node]:
    """Yield the steps."""
    return (n for n in flow.nodes if n.kind == STEP)


def escalations(flow: Flow) -> Iterator[Node]:
    """Yield the escalations."""
    return (n for n in flow.nodes if n.kind == ESCALATION)


def outcomes(flow: Flow) -> Iterator[Node]:
    """Yield the outcomes."""
    return (n for n in flow.nodes if n.kind == OUTCOME)


def decisions(document: Document, context: Context) -> Iterator[tuple[Flow, Decision]]:
    """Yield every question of a playbook."""
    flow = flow_of(document, context)
    for node in flow.nodes:
        for decision in (node.decision, *node.more_decisions):
            if decision:
                yield flow, decision


def items(flow: Flow) -> dict[str, Item]:
    """Return the inputs by every folded name they go by; the playbook's own win over the desk's."""
    return {fold(name): item for item in reversed(flow.inputs) for name in (item.name, *item.names)}


@lru_cache(maxsize=8)
def shown(text: str) -> tuple[str, ...]:
    """Return the lines of ``text`` with its code blanked; several rules ask in turn for one document."""
    return tuple(without_code(text).split("\n"))


def nearest(written: str, known: Iterable[str]) -> str:
    """Return the known words most like ``written``, or an empty string; long lists are not searched."""
    words = list(known)
    close = get_close_matches(written[:80], words, n=1, cutoff=0.5) if len(words) <= 200 else []
    return close[0] if close else ""
