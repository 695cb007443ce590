"""One heading with the blocks below it -> one node of the graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kotae.content.markdown import plain
from kotae.findings import Problem, Said
from kotae.flow import facts, ways
from kotae.flow.blocks import Block
from kotae.flow.messages import blanks, cautions, is_ban, message
from kotae.flow.model import (
    OUTCOME,
    Blank,
    Branch,
    Caution,
    Decision,
    Fact,
    Message,
    Node,
    Pause,
    Stop,
    Way,
    Word,
)
from kotae.flow.vocabulary import FACT_OF, PARALLEL, fold
from kotae.flow.ways import Targets


@dataclass
class _Reading:
    """What has been gathered of one node so far."""

    targets: Targets
    problems: list[Problem]
    facts: list[Fact] = field(default_factory=list)
    text: list[Word] = field(default_factory=list)
    actions: list[Word] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    jumps: list[Way] = field(default_factory=list)
    parallel: list[Way] = field(default_factory=list)
    over: Branch | None = None
    question: Word | None = None
    at_once: bool = False


def node(
    kind: str,
    node_id: str,
    heading: Block,
    inside: list[Block],
    after: str,
    targets: Targets,
    problems: list[Problem],
) -> Node:
    """Read one node. ``after`` is the step that follows in the text, empty when there is none."""
    reading = _Reading(targets, problems)
    for at, block in enumerate(inside):
        _read(reading, block, first=at == 0 or (at == 1 and bool(reading.facts)))
    values = facts.meaning(tuple(reading.facts), kind, problems)
    decision = reading.decisions[0] if reading.decisions else None
    follows, implicit = _next(kind, reading, decision, after)
    return Node(
        node_id, kind, heading.text, heading.line, tuple(reading.facts), **values,
        text=tuple(reading.text), actions=tuple(reading.actions), pauses=tuple(reading.pauses),
        messages=tuple(reading.messages), cautions=tuple(reading.cautions), stops=tuple(reading.stops),
        decision=_returning(decision, after), more_decisions=tuple(reading.decisions[1:]), jumps=tuple(reading.jumps),
        parallel=tuple(reading.parallel), over=reading.over, next=follows, implicit=implicit,
        blanks=tuple(_blanks(reading)),
    )  # fmt: skip


def _next(kind: str, reading: _Reading, decision: Decision | None, after: str) -> tuple[str, bool]:
    if reading.jumps:
        first = reading.jumps[0]
        return (after, True) if first.call else (first.to, False)
    if kind == OUTCOME or decision or reading.parallel:
        return "", False
    return after, bool(after)


def _returning(decision: Decision | None, after: str) -> Decision | None:
    """Let the answers that call another playbook come back to what follows in the text."""
    if decision is None or not any(b.call for b in decision.branches):
        return decision
    branches = tuple(
        Branch(b.answer, after, b.is_else, b.line, b.written, b.call, b.is_limit) if b.call else b
        for b in decision.branches
    )
    return Decision(decision.question, decision.input, branches, decision.line, decision.partial)


def _read(reading: _Reading, block: Block, first: bool) -> None:
    question, at_once = reading.question, reading.at_once
    reading.question, reading.at_once = None, False
    if block.kind == "paragraph":
        _paragraph(reading, block)
    elif block.kind in ("bullets", "numbers"):
        _list(reading, block, first, question, at_once)
    elif block.kind == "tasks":
        reading.pauses.append(Pause(tuple(Word(plain(i.text), i.line) for i in block.items), block.line))
    elif block.kind == "fence":
        made = message(block, reading.problems)
        reading.messages.extend([made] if made else [])
    elif block.kind == "note":
        _note(reading, block)
    elif block.kind in ("heading", "other") and block.text:
        reading.text.append(Word(block.text, block.line))


def _paragraph(reading: _Reading, block: Block) -> None:
    lines = [Word(text, block.line + at) for at, text in enumerate(block.text.split("\n"))]
    for line in lines:
        target, past = ways.jump(line.text), ways.over(line, reading.targets)
        if target is not None:
            reading.jumps.append(reading.targets.way(target, line.line))
        elif past:
            reading.over = past
        elif fold(line.text).rstrip(":") in PARALLEL:
            reading.at_once = line is lines[-1]
        elif line is lines[-1] and ways.is_question(line.text):
            reading.question = line
        else:
            reading.text.append(line)


def _list(reading: _Reading, block: Block, first: bool, question: Word | None, at_once: bool) -> None:
    if at_once:
        reading.parallel.extend(reading.targets.way(item.text, item.line) for item in block.items)
    elif block.kind == "bullets" and first and (facts.known(block) or facts.almost(block)):
        _facts(reading, block)
    elif question or ways.leads(block, reading.targets):
        _decision(reading, block, question)
    elif block.kind == "numbers":
        reading.actions.extend(block.items)
    else:
        if facts.known(block):
            reading.problems.append(_late(block))
        reading.text.extend(block.items)


def _facts(reading: _Reading, block: Block) -> None:
    # A blank line does not part two lists: answers right below the facts stand in the same one.
    ends = (
        at
        for at, item in enumerate(block.items)
        if ways.leads(replace(block, items=(item,)), reading.targets)
    )
    end = next((at for at in ends if facts.key(block.items[at].text) != "next"), len(block.items))
    for fact in facts.read(block.items[:end], reading.problems):
        if fact.key == "next":
            reading.jumps.append(reading.targets.way(fact.value, fact.line))
        else:
            reading.facts.append(fact)
    if end < len(block.items):
        rest = block.items[end:]
        _decision(reading, replace(block, items=rest, line=rest[0].line), None)


def _decision(reading: _Reading, block: Block, question: Word | None) -> None:
    made = ways.decision(question or Word("", 0), block, reading.targets)
    past = next((b for b in made.branches if b.is_limit), None)
    if len(made.branches) == 1 and past and not made.partial:
        reading.over = past
        return
    if block.kind == "numbers":
        if not any(b.to for b in made.branches):
            reading.actions.extend(block.items)
            return
        reading.problems.append(Problem("KT808", block.line, Said(
            "番号の付いた並びは答えとして読まれません。「- 答え → 見出し」のように、行の頭を「-」にしてください。",
            "A numbered list is not read as answers. Begin each line with '-': '- answer → heading'.",
        )))  # fmt: skip
    reading.decisions.append(made)


def _note(reading: _Reading, block: Block) -> None:
    if is_ban(block):
        reading.cautions.extend(cautions(block))
    elif block.info == "danger":
        reading.stops.append(Stop(block.items[0].text, block.text, block.line))
    else:
        reading.text.append(Word(block.text, block.line + 1))


def _late(block: Block) -> Problem:
    line = next(i for i in block.items if (pair := facts.split(i.text)) and fold(pair[0]) in FACT_OF)
    written = line.text.split("\n")[0][:40]
    return Problem("KT808", line.line, Said(
        f"「{written}」は、この場所では読まれません。見出しのすぐ下に移してください。",
        f"'{written}' is not read here. Move it right below the heading.",
    ))  # fmt: skip


def _blanks(reading: _Reading) -> Iterator[Blank]:
    """Yield the blanks outside messages."""
    asked = (Word(d.question, d.line) for d in reading.decisions)
    ticked = (item for pause in reading.pauses for item in pause.items)
    for word in (*reading.text, *reading.actions, *asked, *ticked):
        if "{{" in word.text:
            yield from blanks(word.text, word.line)
