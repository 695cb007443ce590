"""Charts: nothing overlaps, everything is drawn and leads to its step, and the page has a heading for every node."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from samples import ROOT
from walks import flow_of, plans

from kotae.content.documents import Playbook
from kotae.content.library import load
from kotae.flow.chart import CALL, MOST, draw, measure, spine, wrap
from kotae.flow.graph import reach
from kotae.flow.model import ESCALATION, OUTCOME, Flow, Node
from kotae.flow.parse import flows
from kotae.site.chart import LostStepError, prove, svg

BOOKS = flows(load(ROOT))


def flow(*nodes: Node) -> Flow:
    return Flow(Playbook("playbooks/a/b.md", "playbook", "a", "b", "ja"), start=nodes[0].id, nodes=nodes)


@pytest.mark.parametrize("path", list(BOOKS))
def test_no_shape_and_no_line_lies_over_another(path: str) -> None:
    made = draw(BOOKS[path], {n.id: ("一次対応", "4営業時間以内", "メール・電話") for n in BOOKS[path].nodes})
    assert made.faults == 0
    assert made.crossings <= 2
    for one in made.shapes:
        assert one.x >= 0
        assert one.y >= 0
        assert one.x + one.width <= made.width
        assert one.y + one.height <= made.height
        for other in made.shapes:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert one is other or apart or one.y + one.height <= other.y or other.y + other.height <= one.y


@pytest.mark.parametrize("path", list(BOOKS))
def test_every_way_of_a_small_playbook_is_drawn_once(path: str) -> None:
    book = BOOKS[path]
    made = draw(book, {}, most=99)
    drawn = [(line.source, line.target) for line in made.lines]
    assert len(set(drawn)) == len(drawn)
    past_calls = {(a, b) for a, b in drawn if not b.startswith("call:") and not a.startswith("call:")}
    past_calls |= {
        (a, d)
        for a, b in drawn
        if b.startswith("call:")
        for c, d in drawn
        if c == b and not a.startswith("call:")
    }
    kept = {s.id for s in made.shapes if s.kind != CALL}
    assert past_calls == {(n, to) for n, after in book.edges.items() if n in kept for to in after}


@pytest.mark.parametrize("path", list(BOOKS))
def test_the_spine_is_one_way_from_the_start_to_an_end(path: str) -> None:
    book = BOOKS[path]
    way = spine(book)
    assert way[0] == book.start
    assert book.by_id[way[-1]].kind == OUTCOME
    assert all(b in book.edges[a] for a, b in pairwise(way))
    assert draw(book, {}).spine == (len(book.nodes) > MOST)


@given(plans())
@settings(max_examples=150, deadline=None)
def test_any_flow_is_drawn(plan: tuple) -> None:
    made = draw(flow_of(plan), {})
    book = flow_of(plan)
    assert {s.id for s in made.shapes} == set(reach([book.start], book.edges))
    assert svg(made, {s.id: f"#{s.id}" for s in made.shapes}, "図") == svg(
        draw(book, {}), {s.id: f"#{s.id}" for s in made.shapes}, "図"
    )


def test_shapes_tell_step_question_escalation_and_outcome_apart() -> None:
    kinds = {s.kind for s in draw(BOOKS["playbooks/billing/refund.md"], {}).shapes}
    assert kinds == {"step", "decision", ESCALATION, OUTCOME}


def test_what_writers_type_is_text_in_the_drawing() -> None:
    book = flow(Node("a", "step", 'A & B <script> "x"', 1, next="b"), Node("b", OUTCOME, "<b>終わり", 2))
    text = svg(draw(book, {"a": ("<i>",)}), {"a": '#"><a', "b": "#b"}, '"図"')
    assert "<script>" not in text
    assert "style=" not in text
    assert [a.get("href") for a in ET.fromstring(text).iter("a")] == ['#"><a', "#b"]


def test_lines_are_broken_where_a_reader_would_break_them() -> None:
    for text in (
        "お申し込みから30日以内で、ご利用開始前",
        "ご返信がないことを、お知らせする",
        "「はい」（または「いいえ」）",
    ):
        lines = wrap(text, 100, 12)
        assert "".join(lines) == text
        assert len(lines) > 1
        assert not any(line.startswith(("、", "。", "っ", "ー", "」", "）")) for line in lines)
        assert not any(line.endswith(("「", "（")) for line in lines)
    assert all(
        measure(line, 12) <= 124 for line in wrap("More than 30 days after sign-up, or already used", 124, 12)
    )
    assert wrap("", 100, 12) == []
    assert "".join(wrap("「責任者を出せ」とおっしゃる", 60, 12)) == "「責任者を出せ」とおっしゃる"


def test_a_step_without_its_heading_stops_the_build_and_is_named() -> None:
    book = flow(Node("a", "step", "返金を実行する", 1, next="b"), Node("b", OUTCOME, "完了", 2))
    prove(book.document, book, {"a", "b", "c"})
    with pytest.raises(LostStepError) as told:
        prove(book.document, book, {"a"})
    assert "KT801 playbooks/a/b.md" in told.value.said.ja
    assert "完了" in told.value.said.ja
    assert "'完了'" in told.value.said.en


def test_every_playbook_of_the_handbook_has_its_chart_and_its_headings(sample_built: Path) -> None:
    for path, book in BOOKS.items():
        folder = path.removesuffix(".md").removesuffix(".en")
        lang = "en/" if path.endswith(".en.md") else ""
        page = (sample_built / "handbook" / lang / folder / "index.html").read_text(encoding="utf-8")
        ids = set(re.findall(r'\bid="([^"]+)"', page))
        assert {n.id for n in book.nodes} <= ids
        drawing = re.search(r'<div class="chart-sheet".*?<svg.*?</svg>', page, re.DOTALL)
        assert drawing
        assert " style=" not in drawing[0]
        assert set(re.findall(r'href="#([^"]+)"', drawing[0])) <= ids
        assert all(f'href="#{n.id}"' in page for n in book.nodes)
