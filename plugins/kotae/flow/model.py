"""A playbook as a graph: frozen, each part with the line it was read from. Built by `parse`, judged by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kotae.content.documents import Playbook
from kotae.findings import Problem

STEP, ESCALATION, OUTCOME = "step", "escalation", "outcome"


class Word(NamedTuple):
    """A piece of text and its line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Duration:
    """A time limit: ``n`` of ``unit``, counted from ``origin``.

    Units: second, minute, hour, day, business_hour, business_day, ring, today (n is 0), today_at (n is the minute
    of the day) and next_business_day. Origins: intake, detection, step, recovery. ``implied``: nobody wrote it.
    """

    n: int
    unit: str
    origin: str
    implied: bool = True
    written: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often a step may be done again: every so much, at most ``most`` times; 0 means nobody said."""

    every: Duration | None
    most: int
    line: int


@dataclass(frozen=True, slots=True)
class Way:
    """Where a line leads: the node ``to`` (empty: no such heading), or the playbook ``call``, which returns to ``to``."""

    to: str
    written: str
    line: int
    call: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """One answer and the node it leads to. ``is_limit``: taken when a repetition reached its bound."""

    answer: str
    to: str
    is_else: bool
    line: int
    written: str = ""
    call: str = ""
    is_limit: bool = False

    @property
    def way(self) -> Way:
        """Where the answer leads."""
        return Way(self.to, self.written, self.line, self.call)


@dataclass(frozen=True, slots=True)
class Decision:
    """A question with its answers. ``input`` is the item a typed question asks for, ``partial`` the lines without a way."""

    question: str
    input: str
    branches: tuple[Branch, ...]
    line: int
    partial: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """One ``{{…}}``. ``kind``: input, fact, answer or url."""

    name: str
    kind: str
    line: int


@dataclass(frozen=True, slots=True)
class Message:
    """A text to send or say. ``line`` is the fence's; ``body`` is without the subject line and begins at ``body_line``."""

    channel: str
    title: str
    subject: str
    body: str
    blanks: tuple[Blank, ...]
    line: int
    body_line: int = 0

    @property
    def lines(self) -> tuple[Word, ...]:
        """Every line of the text, the subject first, with its line in the file."""
        body = tuple(Word(text, self.body_line + at) for at, text in enumerate(self.body.split("\n")))
        return (Word(self.subject, self.line + 1), *body) if self.subject else body

    @property
    def inputs(self) -> tuple[str, ...]:
        """The items to fill in, each once, in order."""
        return tuple(dict.fromkeys(b.name for b in self.blanks if b.kind == "input"))


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause point: all items are ticked before going on."""

    items: tuple[Word, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Caution:
    """What we do not say, and what we say instead; empty when not written in quotes."""

    ban: str
    say: str
    line: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A danger block: shown before anything else."""

    title: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One ``- key: value`` line after a heading, under its own name."""

    key: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Node:
    """A step, an escalation or an outcome. ``id`` is the anchor of its heading on the page.

    ``next`` is where the text goes on when no question is asked; ``implicit``: because it stands there, not
    because it says so. ``jumps`` are the ``次:`` lines as written.
    """

    id: str
    kind: str
    title: str
    line: int
    facts: tuple[Fact, ...] = ()
    roles: tuple[Word, ...] = ()
    within: Duration | None = None
    permissions: tuple[Word, ...] = ()
    first_reply: bool = False
    by: str = ""
    hand_over: tuple[Word, ...] = ()
    repeat: Repeat | None = None
    irreversible: bool = False
    text: tuple[Word, ...] = ()
    actions: tuple[Word, ...] = ()
    pauses: tuple[Pause, ...] = ()
    messages: tuple[Message, ...] = ()
    cautions: tuple[Caution, ...] = ()
    stops: tuple[Stop, ...] = ()
    decision: Decision | None = None
    more_decisions: tuple[Decision, ...] = ()
    jumps: tuple[Way, ...] = ()
    parallel: tuple[Way, ...] = ()
    over: Branch | None = None
    next: str = ""
    implicit: bool = False
    blanks: tuple[Blank, ...] = ()

    @property
    def confirm(self) -> tuple[Word, ...]:
        """Every item to tick, over all pause points."""
        return tuple(item for pause in self.pauses for item in pause.items)

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Every answer, the one for a reached bound last."""
        asked = self.decision.branches if self.decision else ()
        return (*asked, self.over) if self.over else asked

    @property
    def after(self) -> tuple[str, ...]:
        """The nodes that may come right after this one, each once, in the order written.

        From what is done at the same time the lines themselves lead to where they join.
        """
        found = [b.to for b in self.branches] + [w.to for w in self.parallel]
        return tuple(dict.fromkeys(to for to in (*found, "" if self.parallel else self.next) if to))

    def fact(self, key: str) -> Fact | None:
        """Return the first fact called ``key``, or None."""
        return next((f for f in self.facts if f.key == key), None)


@dataclass(frozen=True, slots=True)
class Item:
    """An input: the playbook's own or, ``shared``, one of desk/inputs.yml. ``type`` is empty when it is unknown."""

    name: str
    type: str
    example: str
    where: str
    line: int
    values: tuple[str, ...] = ()
    pattern: str = ""
    each_time: bool = False
    at_intake: bool = False
    shared: bool = False
    written_type: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A path somebody can play: the answers in order, the outcome, and what must be passed on the way."""

    name: str
    answers: tuple[str, ...]
    outcome: Way
    through: tuple[Way, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """A ``##`` heading; ``kind`` is empty when it is none that a playbook knows."""

    kind: str
    title: str
    line: int
    text: str = ""
    items: tuple[Word, ...] = ()
    headings: int = 0


@dataclass(frozen=True)
class Flow:
    """One playbook as a graph. ``start`` is empty when it cannot be told; ``problems`` hold what could not be read."""

    document: Playbook
    inputs: tuple[Item, ...] = ()
    start: str = ""
    nodes: tuple[Node, ...] = ()
    cases: tuple[Case, ...] = ()
    sections: tuple[Section, ...] = ()
    cautions: tuple[Caution, ...] = ()
    stops: tuple[Stop, ...] = ()
    problems: tuple[Problem, ...] = ()
    sha256: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def edges(self) -> Mapping[str, tuple[str, ...]]:
        """Node -> nodes that may follow; an outcome ends, whatever stands below it."""
        ids = self.by_id
        return {n.id: () if n.kind == OUTCOME else tuple(t for t in n.after if t in ids) for n in self.nodes}

    @cached_property
    def messages(self) -> tuple[tuple[Node, Message], ...]:
        """Every message with the node it stands in, in order."""
        return tuple((node, message) for node in self.nodes for message in node.messages)

    def section(self, kind: str) -> Section | None:
        """Return the first section of ``kind``, or None."""
        return next((s for s in self.sections if s.kind == kind), None)
