"""What a customer types, and the page that must answer; run by the browser's own engine."""

from __future__ import annotations

import pytest
from small_site import SYNONYMS, entries

from kotae.search.engine import Engine, search
from kotae.search.index import build

FILES = build(entries(), SYNONYMS, quiet=["つむぎ請求"])
ENGINE = Engine(FILES)


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("返金", "refund"),
        ("お金返して", "refund"),
        ("返金してほしいのですがどうすればいいですか", "refund"),
        ("つむぎ請求を退会したい", "cancel"),
        ("ﾊﾟｽﾜｰﾄﾞ", "forgot-password"),
        ("ぱすわーどわすれた", "forgot-password"),
        ("パスワド忘れた", "forgot-password"),
        ("２段階認証が届かない", "code-not-arriving"),
        ("けしこみ", "reconcile"),
        ("keshikomi", "reconcile"),
        ("kaiyaku", "cancel"),
        ("ウエブフク", "webhook"),
        ("webh", "webhook"),
        ("webhok", "webhook"),
        ("引落が2回", "double-charge"),
        ("紙", "postal"),
        ("電話番号", "phone-hours"),
        ("オペレーター", "phone-hours"),
        ("やめたら請求書は消える?", "data-after-cancel"),
        ("返品じゃなくて返金", "refund"),
    ],
)
def test_the_page_that_answers_comes_first(query: str, page: str) -> None:
    assert ENGINE.query(query)[0].id == page


def test_every_wording_of_a_page_finds_it_surely() -> None:
    for entry in entries():
        for wording in (entry.title, *entry.paraphrases):
            best = ENGINE.query(wording)[0]
            assert (best.id, best.sure) == (entry.id, True), wording


def test_a_word_with_two_meanings_shows_both() -> None:
    assert {hit.id for hit in ENGINE.query("領収書")[:2]} == {"receipt-from-us", "issue-receipt"}


@pytest.mark.parametrize(
    "query", ["天気", "株価", "年末調整", "給与明細", "weather", "!?", "", "。", "\ud800", "constructor"]
)
def test_what_the_site_does_not_know_gets_no_sure_answer(query: str) -> None:
    assert not any(hit.sure for hit in ENGINE.query(query))


def test_the_matched_wording_is_shown_with_its_letters_marked() -> None:
    hit = ENGINE.query("お金返して")[0]
    assert hit.asked.replace("を", "") == "お金返して"
    assert "".join(text for text, _ in hit.asked_parts) == hit.asked
    assert "返" in "".join(text for text, marked in hit.asked_parts if marked)


def test_a_filter_leaves_only_its_pages() -> None:
    assert {hit.topic for hit in ENGINE.query("領収書", topic="billing")} == {"billing"}


def test_an_english_question_offers_the_english_page() -> None:
    hits = ENGINE.query("refund")
    assert (hits[0].id, hits[0].lang) == ("refund", "en")
    assert len({(hit.type, hit.id) for hit in hits}) == len(hits)


def test_a_mere_opening_of_the_search_fetches_nothing() -> None:
    class Watched(dict[str, bytes]):
        asked = 0

        def __getitem__(self, name: str) -> bytes:
            self.asked += 1
            return super().__getitem__(name)

    files = Watched(FILES)
    engine = Engine(files)
    assert files.asked == 0
    engine.query("返金")
    assert 0 < files.asked < len(files)


def test_the_same_query_again_gives_the_same() -> None:
    assert ENGINE.query("請求書") == search(FILES, "請求書")


def test_the_reasons_name_every_word_of_the_query() -> None:
    best = ENGINE.explain("解約 データ")[0]
    assert [reason["word"] for reason in best["why"]] == ["解約", "でた"]


def test_a_missing_file_is_an_error_and_no_silence() -> None:
    with pytest.raises(ValueError, match="返金"):
        search({"directory.js": FILES["directory.js"]}, "返金")
