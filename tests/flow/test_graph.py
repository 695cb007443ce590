"""What the graph says of reach, ends, loops and replies is what a walk that tries everything finds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from samples import FLOW_RULES, JA, TODAY, findings, flow, library
from walks import Made, after, flow_of, plans, walks

from kotae.checking import check
from kotae.flow.graph import depth, edges, endless, loops, reach, reached, stuck
from kotae.flow.model import OUTCOME
from kotae.flow.replies import silent, unanswered

Plan = tuple[Made, ...]


def ids(plan: Plan, numbers: set[int]) -> set[str]:
    return {f"見出し{n}をする" for n in numbers}


@settings(max_examples=250, deadline=None)
@given(plans())
def test_a_flow_read_from_text_has_the_edges_it_was_written_with(plan: Plan) -> None:
    assert {n: set(to) for n, to in edges(flow_of(plan)).items()} == {
        f"見出し{at}をする": ids(plan, set(after(plan, at))) for at in range(len(plan))
    }


@settings(max_examples=250, deadline=None)
@given(plans())
def test_reached_is_what_some_walk_comes_to(plan: Plan) -> None:
    assert reached(flow_of(plan)) == ids(plan, {path[-1] for path in walks(plan)})


@settings(max_examples=250, deadline=None)
@given(plans())
def test_stuck_is_where_a_walk_stops_without_an_outcome(plan: Plan) -> None:
    stops = {at for at in range(len(plan)) if not after(plan, at) and plan[at].kind != OUTCOME}
    assert {n.id for n in stuck(flow_of(plan))} == ids(plan, stops)


@settings(max_examples=250, deadline=None)
@given(plans())
def test_endless_is_found_exactly_where_a_walk_can_never_stop(plan: Plan) -> None:
    def stops(start: int) -> bool:
        return any(not after(plan, path[-1]) for path in walks(plan, start))

    never = {at for at in range(len(plan)) if not stops(at)}
    found = {n.id for n in endless(flow_of(plan))}
    assert found <= ids(plan, never)
    assert bool(found) == bool(never)
    # Whoever never stops ends up going round behind one of the nodes named.
    for at in never:
        assert ids(plan, {p[-1] for p in walks(plan, at)}) & found


@settings(max_examples=250, deadline=None)
@given(plans())
def test_loops_are_the_nodes_a_walk_can_come_back_to(plan: Plan) -> None:
    back = {at for at in range(len(plan)) if any(at in after(plan, path[-1]) for path in walks(plan, at))}
    parts = loops(edges(flow_of(plan)))
    assert {n for part in parts for n in part} == ids(plan, back)
    assert sum(map(len, parts)) == len(back)


@settings(max_examples=250, deadline=None)
@given(plans())
def test_the_first_reply_is_on_every_path_or_the_end_without_it_is_named(plan: Plan) -> None:
    quiet = {path[-1] for path in walks(plan) if not any(plan[at].answers for at in path[:-1])}
    made = flow_of(plan)
    assert silent(made) == ids(plan, quiet)
    assert {n.id for n in unanswered(made)} == ids(plan, {at for at in quiet if plan[at].kind == OUTCOME})


def test_of_what_is_done_at_the_same_time_one_answer_is_enough() -> None:
    text = (
        "# 手順書\n\n## 手順\n\n### 分ける\n\n同時に行う:\n\n- 答える\n- 数える\n\n次: まとめる\n\n"
        "### 答える\n\n- 一次回答: はい\n\n次: まとめる\n\n### 数える\n\n次: まとめる\n\n### まとめる\n\n次: 完了\n\n"
        "## 完了の条件\n\n### 完了\n"
    )
    assert not unanswered(flow(text))
    both = text.replace("- 一次回答: はい\n\n", "")
    assert [n.title for n in unanswered(flow(both))] == ["完了"]


def test_a_very_long_line_of_steps_is_walked_without_recursion() -> None:
    line = {str(n): (str(n + 1),) for n in range(20_000)} | {"20000": ()}
    assert len(reach(["0"], line)) == 20_001
    assert loops(line) == []
    assert loops(line | {"20000": ("0",)}) == [frozenset(line)]
    assert depth("0", line) == 20_000


def test_no_verdict_depends_on_the_order_of_the_files() -> None:

    changed = {JA: "# 返金\n\n## 手順\n\n### 返金\n"}
    there = library(changed)
    back = replace(there, documents=there.documents[::-1])
    assert check(back, TODAY, rules=FLOW_RULES) == findings(changed)
