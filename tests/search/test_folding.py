"""One folding in two languages: the vectors and the properties both are held to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import quickjs
from hypothesis import given, settings
from hypothesis import strategies as st

from kotae.search.engine import script
from kotae.search.folding import fold, shape, stem
from kotae.search.terms import strong_terms

VECTORS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
JAPANESE = "あいがぱっゃーアイガパッャヴァィ々・-‐—一二三段回取り消し込み問い合わせ引落とし見積もりﾊﾟｶﾞ､｡０１Ａａedtion,.　「」(T)〜髙ß㈱①"


def browser() -> Callable[[str], list[Any]]:
    context = quickjs.Context()
    context.eval(script().decode())
    context.eval(
        "function all(t){return JSON.stringify([KotaeFold.shape(t),KotaeFold.fold(t),KotaeFold.terms(t)])}"
    )
    function = context.get("all")
    return lambda text: json.loads(function(text))


BROWSER = browser()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"] or "empty")
def test_python_folds_every_vector_as_written(vector: dict[str, Any]) -> None:
    assert fold(vector["text"]) == vector["fold"]
    assert strong_terms(vector["text"]) == vector["terms"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"] or "empty")
def test_the_browser_folds_every_vector_as_written(vector: dict[str, Any]) -> None:
    assert BROWSER(vector["text"])[1:] == [vector["fold"], vector["terms"]]


@settings(deadline=None, max_examples=400)
@given(st.one_of(st.text(JAPANESE, max_size=40), st.text(st.characters(codec="utf-8"), max_size=30)))
def test_python_and_the_browser_agree_on_any_text(text: str) -> None:
    assert BROWSER(text) == [shape(text), fold(text), strong_terms(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("パスワード", "パスワド"),
        ("ﾊﾟｽﾜｰﾄﾞ", "ぱすわーど"),
        ("二段階認証", "２段階認証"),
        ("問い合わせ先", "問合せ先"),
        ("引き落とし日", "引落日"),
        ("見積もり書", "見積書"),
        ("サ−バー", "サーバ"),
        ("つづき", "つずき"),
        ("ウェブフック", "ウエブフック"),
        ("3ヶ月", "3か月"),
        ("ＡＰＩキー", "apiキ"),
        ("髙橋", "高橋"),
    ],
)
def test_one_word_spelled_two_ways_is_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_particles_between_kanji_are_kept() -> None:
    assert fold("銀行に振込") == "銀行に振込"
    assert fold("請求書の控") == "請求書の控"


@pytest.mark.parametrize(
    "family", [("cancelled", "canceling", "cancel"), ("invoices", "invoicing"), ("fees", "fee")]
)
def test_english_endings_meet(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1
