"""Time limits, amounts, types and texts as people write them."""

from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from samples import ROOT

from kotae.content.library import load
from kotae.flow.examples import fits, trusted
from kotae.flow.limits import read_limit, read_repeat, seconds
from kotae.flow.model import Item
from kotae.flow.ranges import gap, overlap, read_range
from kotae.flow.tables import read_type
from kotae.flow.texts import alike
from kotae.flow.vocabulary import is_else
from kotae.rules.blocks import _jumping, _parting
from kotae.site.engine import EXTENSIONS


@pytest.mark.parametrize(("written", "n", "unit", "origin"), [
    ("30分以内", 30, "minute", "step"), ("4営業時間", 4, "business_hour", "step"), ("２日", 2, "day", "step"),
    ("受付から1営業日以内", 1, "business_day", "intake"), ("検知から15分", 15, "minute", "detection"),
    ("この手順から30分以内", 30, "minute", "step"), ("復旧から1時間以内", 1, "hour", "recovery"),
    ("当日中", 0, "today", "intake"), ("本日18時まで", 18 * 60, "today_at", "intake"), ("本日18時半まで", 18 * 60 + 30, "today_at", "intake"),
    ("翌営業日中", 1, "next_business_day", "intake"), ("3コール", 3, "ring", "step"), ("60秒", 60, "second", "step"), ("2週間以内", 14, "day", "step"),
    ("30 minutes", 30, "minute", "step"), ("4 business hours", 4, "business_hour", "step"), ("Within 1 hour", 1, "hour", "step"),
    ("within the day", 0, "today", "intake"), ("15 minutes of detection", 15, "minute", "detection"), ("1 hour of this step", 1, "hour", "step"),
    ("by 18:00 today", 18 * 60, "today_at", "intake"), ("by 6 pm today", 18 * 60, "today_at", "intake"),
    ("by the end of the next business day", 1, "next_business_day", "intake"), ("3 rings", 3, "ring", "step"),
])  # fmt: skip
def test_a_limit_is_read_as_it_is_written(written: str, n: int, unit: str, origin: str) -> None:
    limit = read_limit(written)
    assert limit
    assert (limit.n, limit.unit, limit.origin) == (n, unit, origin)


@pytest.mark.parametrize(
    "written",
    [
        "なるべく早く",
        "すぐに",
        "30",
        "分",
        "0分",
        "四時間",
        "30分くらい",
        "明日",
        "送付から3日",
        "本日25時まで",
        "soon",
        "an hour",
        "18:00",
        "30 minutos",
        "",
    ],
)
def test_what_is_no_limit_is_not_guessed(written: str) -> None:
    assert read_limit(written) is None


@pytest.mark.parametrize(("written", "most", "every"), [
    ("2営業日ごと、最大2回", 2, 2), ("30分ごと、最大16回", 16, 30), ("最大3回", 3, 0), ("1営業日ごと", 0, 1), ("3日おき、5回まで", 5, 3),
    ("every 2 business days, at most 2 times", 2, 2), ("every hour, up to 3 times", 3, 1), ("at most 1 time", 1, 0),
])  # fmt: skip
def test_a_repetition_is_read_as_it_is_written(written: str, most: int, every: int) -> None:
    repeat = read_repeat(written)
    assert repeat
    assert (repeat.most, repeat.every.n if repeat.every else 0) == (most, every)


@pytest.mark.parametrize(
    "written", ["何度か", "ときどき、最大2回", "2営業日ごと、何回でも", "a few times", "every now and then"]
)
def test_what_is_no_repetition_is_not_guessed(written: str) -> None:
    assert read_repeat(written) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_text_makes_the_readers_raise(text: str) -> None:
    read_limit(text)
    read_repeat(text)
    read_range(text)
    read_type(text)
    is_else(text)


def test_limits_are_compared_in_open_time() -> None:
    def of(text: str) -> int:
        limit = read_limit(text)
        assert limit
        return seconds(limit)

    assert (
        of("3コール")
        < of("60秒")
        < of("15分")
        < of("1時間")
        == of("1営業時間")
        < of("当日中")
        == of("1営業日")
        < of("翌営業日中")
    )


@pytest.mark.parametrize(
    "answer",
    [
        "それ以外",
        "それ以外・迷う",
        "期限を過ぎた・それ以外",
        "まだ分からない",
        "その他の",
        "Otherwise",
        "not sure",
        "Past the limit, or otherwise",
        "new, or not sure",
        "anything else",
    ],
)
def test_an_else_is_told_from_other_answers(answer: str) -> None:
    assert is_else(answer) is (answer != "その他の")


@pytest.mark.parametrize(("one", "other", "overlaps", "gaps"), [
    ("30,000円以下", "30,000円を超える", False, False), ("3万円未満", "30,000円を超える", False, True), ("3万円以下", "30,000円以上", True, False),
    ("5件以下", "6件以上", False, False), ("5件以下", "7件以上", False, True), ("4時間以内", "5時間以上", False, True),
    ("1万円以上5万円未満", "5万円以上", False, False), ("10〜20人", "20人以上", True, False),
    ("30,000 yen or less", "more than 30,000 yen", False, False), ("less than 10 times", "more than 10 times", False, True),
    ("up to 3 days", "3 to 5 days", True, False),
])  # fmt: skip
def test_amounts_meet_overlap_or_leave_a_gap(one: str, other: str, overlaps: bool, gaps: bool) -> None:
    first, second = read_range(one), read_range(other)
    assert first
    assert second
    assert overlap(first, second) is overlap(second, first) is overlaps
    assert gap(first, second) is gaps


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, 20),
    st.sampled_from(["以下", "未満"]),
    st.integers(0, 20),
    st.sampled_from(["以上", "を超える"]),
)
def test_every_number_is_in_one_range_exactly_when_neither_gap_nor_overlap_is_said(
    low: int, below: str, high: int, above: str
) -> None:
    first, second = read_range(f"{low}件{below}"), read_range(f"{high}件{above}")
    assert first
    assert second
    inside = [
        ((n <= low) if below == "以下" else n < low, (n >= high) if above == "以上" else n > high)
        for n in range(-2, 24)
    ]
    assert overlap(first, second) is any(a and b for a, b in inside)
    assert gap(first, second) is any(not a and not b for a, b in inside)


@pytest.mark.parametrize(
    "answer",
    [
        "お申し込みから30日以内で、ご利用開始前",
        "はい",
        "30,000円",
        "2回お送りしても、なかった",
        "within reason",
    ],
)
def test_an_answer_that_says_more_than_an_amount_is_no_range(answer: str) -> None:
    assert read_range(answer) is None


@pytest.mark.parametrize("pattern", ["[0-9]{5}", "TG-[0-9]{8}", "(a|b)-[0-9]+"])
def test_a_plain_pattern_is_trusted(pattern: str) -> None:
    assert trusted(pattern)


@pytest.mark.parametrize("pattern", ["([0-9]+)+", "(a*)*", "(x{1,9}){1,9}", "[0-9", r"(a)\1", "a" * 300])
def test_a_pattern_that_may_hang_a_page_is_not(pattern: str) -> None:
    assert not trusted(pattern)


def test_an_example_without_a_value_says_nothing() -> None:
    assert fits(Item("a", "amount", "", "", 1))
    assert not fits(Item("a", "amount", "たくさん", "", 1))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("あいうえおかきくけこ", min_size=20, max_size=40), max_size=8), st.integers(0, 3))
def test_alike_finds_what_comparing_all_pairs_finds(texts: list[str], copies: int) -> None:
    texts = [*texts, *(t[:-1] + "ん" for t in texts[:copies])]

    def pieces(text: str) -> set[str]:
        return {text[i : i + 4] for i in range(len(text) - 3)}

    def share(one: str, other: str) -> float:
        return len(pieces(one) & pieces(other)) / len(pieces(one) | pieces(other))

    wanted = {b for b in range(len(texts)) if any(share(texts[a], texts[b]) >= 0.82 for a in range(b))}
    assert {later for _, later, _ in alike(texts, 0.82)} == wanted


def blocks(printed: str) -> list[str]:
    return re.findall(r"<(ul|ol|li|table|h[1-6])\b", printed)


@pytest.mark.parametrize("text", [
    "はい。\n- 並び\n", "はい。\n1. 並び\n", "##見出し\n", "1) 一つ目\n", "文\n\n表\n| a | b |\n|---|---|\n| 1 | 2 |\n", "- 並び\n1. 番号\n",
    "1. 手順\n   - 子\n", "- 親\n\n  続き\n\n  - 子\n",
])  # fmt: skip
def test_where_the_rules_see_a_difference_the_two_parsers_differ(text: str) -> None:
    site = markdown.markdown(text, extensions=list(EXTENSIONS))
    host = MarkdownIt("commonmark").enable("table").render(text)
    lines = text.split("\n")
    assert list(_parting(text, 1)) or list(_jumping(lines, 1))
    # A nested list may hold as many lines in both; what it hangs on differs.
    assert blocks(site) != blocks(host) or re.sub(r"\s", "", site) != re.sub(r"\s", "", host)


def test_where_the_rules_see_none_both_parsers_agree_on_all_pages_of_the_sample_company() -> None:
    host, site = MarkdownIt("commonmark").enable("table"), markdown.Markdown(extensions=list(EXTENSIONS))
    for document in load(ROOT):
        if "!!!" in document.common:
            continue  # CommonMark knows no admonitions.
        lines = document.common.split("\n")
        if not list(_parting(document.common, 1)) and not list(_jumping(lines, 1)):
            assert blocks(site.reset().convert(document.common)) == blocks(host.render(document.common)), (
                document.path
            )
