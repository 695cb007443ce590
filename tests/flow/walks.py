"""Random small flows, and what a walk that tries everything finds in them: slow, short and written apart from the code."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from samples import flow as read

from kotae.flow.model import ESCALATION, OUTCOME, STEP, Flow


@dataclass(frozen=True)
class Made:
    """One node of a random flow: its kind, where it leads (a number each), and whether it answers the customer."""

    kind: str
    leads: tuple[int, ...]
    falls: bool
    answers: bool


@st.composite
def plans(draw: st.DrawFn) -> tuple[Made, ...]:
    """Draw up to seven nodes: steps first, then escalations, then outcomes."""
    steps = draw(st.integers(1, 4))
    escalations = draw(st.integers(0, 2))
    outcomes = draw(st.integers(0, 2))
    count = steps + escalations + outcomes
    made: list[Made] = []
    for at in range(count):
        kind = STEP if at < steps else ESCALATION if at < steps + escalations else OUTCOME
        leads = draw(st.lists(st.integers(0, count - 1), max_size=3, unique=True)) if kind != OUTCOME else []
        made.append(
            Made(kind, tuple(leads), kind == STEP and not leads, kind == STEP and draw(st.booleans()))
        )
    return tuple(made)


def written(plan: tuple[Made, ...]) -> str:
    """Return a playbook's text that says the same as a plan."""
    out, section = ["# 手順書", ""], ""
    titles = {STEP: "## 手順", ESCALATION: "## エスカレーション", OUTCOME: "## 完了の条件"}
    for at, made in enumerate(plan):
        if titles[made.kind] != section:
            section = titles[made.kind]
            out += [section, ""]
        out += [f"### 見出し{at}をする", ""]
        if made.answers:
            out += ["- 一次回答: はい", ""]
        if len(made.leads) == 1:
            out += [f"次: 見出し{made.leads[0]}をする", ""]
        elif made.leads:
            out += [
                "どれですか？",
                "",
                *(f"- 答え{n} → 見出し{to}をする" for n, to in enumerate(made.leads)),
                "",
            ]
    return "\n".join(out) + "\n"


def flow_of(plan: tuple[Made, ...]) -> Flow:
    """Return the flow of a plan as it is read from text."""
    return read(written(plan))


def after(plan: tuple[Made, ...], at: int) -> tuple[int, ...]:
    """Where a walk may go from a node: what it says, or the next step in the text."""
    made = plan[at]
    if made.kind == OUTCOME:
        return ()
    if made.leads:
        return made.leads
    return (at + 1,) if made.falls and at + 1 < len(plan) and plan[at + 1].kind == STEP else ()


def walks(plan: tuple[Made, ...], start: int = 0) -> list[tuple[int, ...]]:
    """Every walk from ``start`` that stops where it would come to a node a second time."""
    found: list[tuple[int, ...]] = []
    waiting = [(start,)]
    while waiting:
        path = waiting.pop()
        found.append(path)
        waiting.extend((*path, to) for to in after(plan, path[-1]) if to not in path)
    return found
