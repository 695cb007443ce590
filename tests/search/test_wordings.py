"""まとめ書き: what a line stands for, and what is wrong with one that stands for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotae.search.wordings import LIMIT, WordingError, expand


def test_alternatives_multiply_in_reading_order() -> None:
    assert expand("(料金|請求)(が|)(高い|上がった)")[:3] == ("料金が高い", "料金が上がった", "料金高い")  # type: ignore[index]


def test_groups_nest() -> None:
    assert expand("((二|2)重に|)請求された") == ("二重に請求された", "2重に請求された", "請求された")


def test_full_width_signs_are_the_same() -> None:
    assert expand("（返金｜払い戻し）したい") == ("返金したい", "払い戻ししたい")


def test_a_parenthesis_without_a_bar_is_only_a_parenthesis() -> None:
    assert expand("登録番号(T番号)") == ("登録番号(T番号)",)


def test_the_same_wording_counts_once() -> None:
    assert expand("(a|a|)b") == ("ab", "b")


@pytest.mark.parametrize(
    ("line", "trouble", "column"),
    [
        ("返金(が|", "unclosed", 3),
        ("返金)", "unopened", 3),
        ("返金|払い戻し", "stray-bar", 3),
        ("(" * 40 + ")" * 40, "too-deep", 13),
    ],
)
def test_an_error_names_its_trouble_and_column(line: str, trouble: str, column: int) -> None:
    found = expand(line)
    assert isinstance(found, WordingError)
    assert (found.trouble, found.column) == (trouble, column)


def test_too_many_are_counted_before_one_is_written() -> None:
    found = expand("(1|2|3|4|5|6|7|8|9)" * 40)
    assert isinstance(found, WordingError)
    assert (found.trouble, found.count) == ("too-many", 9**40)


@given(st.text("()|（）｜ab料金 ", max_size=60))
def test_no_line_raises_and_none_exceeds_the_limit(line: str) -> None:
    found = expand(line)
    assert isinstance(found, WordingError) or len(found) <= LIMIT


@given(st.text(st.characters(exclude_characters="()|（）｜"), max_size=30))
def test_a_plain_line_is_itself(line: str) -> None:
    assert expand(line) == ((line.strip(),) if line.strip() else ())
