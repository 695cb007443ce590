"""What may stand in a gap, what is kept, what a link carries, and the record at the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest


def minute(text: str) -> int:
    """A moment of Japan's clock in minutes since 1970."""
    return int((datetime.fromisoformat(text) - datetime(1970, 1, 1)).total_seconds()) // 60


NOW = minute("2026-11-19T14:02")
Book = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("mail", ["a@example.jp"], ["a.example.jp", "a@b"]),
        ("phone", ["03-0000-0000", "０３－００００－００００"], ["12345", "電話"]),
        ("integer", ["5", "１２"], ["5件", "1.5"]),
        ("amount", ["12800", "12,800円", "¥12,800", "１２，８００円"], ["約1万円", "12.8"]),
        ("date", ["2026-11-26", "11/26", "11月26日", "明日"], ["2026-13-01", "2月30日", "来週"]),
        ("time", ["9:30", "9時", "9時半", "１１：４０"], ["25:00", "午後"]),
        ("datetime", ["今日18:00", "明日 12:00", "11月24日（火）12:00", "2026-11-24 12:00"], ["明日", "18:00", "2026-11-31 9:00"]),
        ("url", ["https://help.example.jp/"], ["help.example.jp"]),
        ("name", ["佐藤 花子"], ["佐藤様", "○○"]),
        ("text", ["株式会社みなと設計"], ["{{会社名}}", " "]),
    ],
)  # fmt: skip
def test_a_value_fits_its_kind(script: Any, kind: str, good: list[str], bad: list[str]) -> None:
    for text in good:
        assert script.call("KotaeFields.trouble", {"type": kind}, {"v": text, "at": NOW}, NOW) == "", text
    for text in bad:
        assert script.call("KotaeFields.trouble", {"type": kind}, {"v": text, "at": NOW}, NOW) in (
            "wrong",
            "missing",
        ), text


def test_a_choice_and_a_pattern_hold(script: Any) -> None:
    choice = {"type": "choice", "values": ["開始前", "開始後"]}
    code = {"type": "code", "pattern": "TG-[0-9]{8}"}
    ask = lambda item, text: script.call("KotaeFields.trouble", item, {"v": text, "at": NOW}, NOW)  # noqa: E731
    assert [ask(choice, "開始前"), ask(choice, "未定")] == ["", "wrong"]
    assert [ask(code, "TG-20261101"), ask(code, "TG-1")] == ["", "wrong"]


def test_what_is_asked_each_time_is_asked_again(script: Any) -> None:
    item = {"type": "datetime", "each": True}
    given = {"v": "11月20日（金）12:00", "at": NOW, "round": "送る#0"}
    ask = lambda now, around: script.call("KotaeFields.trouble", item, given, now, around)  # noqa: E731
    assert ask(NOW, "送る#0") == ""
    assert ask(NOW, "送る#3") == "old"  # another round
    assert ask(NOW + 1440, "送る#0") == "old"  # yesterday's
    same_day = {**given, "v": "今日13:00"}
    assert script.call("KotaeFields.trouble", item, same_day, NOW, "送る#0") == "past"
    # The day of an order long ago is no stale promise.
    assert script.call("KotaeFields.trouble", {"type": "date"}, {"v": "2026-11-01", "at": NOW}, NOW) == ""


def test_values_become_what_a_customer_reads(script: Any, book_of: Book) -> None:
    words = book_of("billing/refund")["words"]
    tidy = lambda kind, text: script.call("KotaeFields.tidy", {"type": kind}, text, NOW, words)  # noqa: E731
    assert tidy("datetime", "明日12:00") == "11月20日（金）12:00"
    assert tidy("date", "11/26") == "11月26日（木）"
    assert tidy("amount", "１２８００") == "12,800円"
    assert tidy("time", "9時半") == "9:30"
    english = book_of("billing/refund", "en")["words"]
    told = script.call("KotaeFields.tidy", {"type": "datetime"}, "Nov 24 12:00", NOW, english)
    assert told == "Nov 24 (Tue) 12:00"
    # What was made tidy reads the same again.
    assert script.call("KotaeFields.tidy", {"type": "datetime"}, told, NOW, english) == told


def test_the_next_contact_is_offered_on_the_calendar(script: Any, book_of: Book) -> None:
    book = book_of("billing/refund")
    item, calendar = book["inputs"]["次回ご連絡日時"], book["calendars"]["weekdays"]
    assert script.call("KotaeFields.offers", item, NOW, calendar, book["words"]) == [
        "今日 18:00",
        "明日 12:00",
    ]
    friday = minute("2026-11-20T17:45")
    assert script.call("KotaeFields.offers", item, friday, calendar, book["words"]) == ["11月24日（火）12:00"]


PERSONAL = [
    "佐藤 真由美",
    "株式会社みなと設計",
    "sato@example.jp",
    "090-0000-0000",
    "東京都千代田区1-1",
    "返してほしい",
]


def run_with_names(book: dict[str, Any]) -> dict[str, Any]:
    book["inputs"] |= {
        k: {"type": t, "personal": True}
        for k, t in (("メール", "mail"), ("電話", "phone"), ("住所", "address"))
    }
    names = ["お客様名", "会社名", "メール", "電話", "住所", "お客様のご要望"]
    values = {n: {"v": v, "at": NOW, "round": ""} for n, v in zip(names, PERSONAL, strict=True)}
    values["返金額"] = {"v": "12,800円", "at": NOW, "round": ""}
    return {"id": "1", "book": book["id"], "sha": book["sha"], "intake": NOW, "channel": "mail", "picks": ["n", 0], "marks": [], "entered": {}, "values": values}  # fmt: skip


def test_nothing_that_names_a_person_is_stored_or_linked(script: Any, book_of: Book) -> None:
    book = book_of("billing/refund")
    run = run_with_names(book)
    link = script.call("KotaeRuns.encode", book, run, "返金の条件に当てはめる")
    told = script.call("KotaeRuns.decode", link)
    script.context.eval(
        "globalThis.kept = {}; globalThis.store = { get length() { return Object.keys(kept).length; }, key: (i) => Object.keys(kept)[i],"
        " getItem: (k) => kept[k] ?? null, setItem: (k, v) => { kept[k] = v; }, removeItem: (k) => { delete kept[k]; } };"
    )
    script.context.eval(f"KotaeRuns.save(store, {json.dumps(run)}, {json.dumps(book)}, 1000)")
    kept = "".join(script.run("kept").values())
    for name in PERSONAL:
        assert name not in json.dumps(told, ensure_ascii=False)
        assert name not in "".join(v for k, v in script.run("kept").items() if "run" in k)
    assert told["d"]["返金額"]["v"] == "12,800円"
    assert told["a"] == "返金の条件に当てはめる"
    assert "12,800円" in kept


def test_runs_go_after_seven_days_with_the_books_nobody_needs(script: Any, book_of: Book) -> None:
    book = book_of("billing/refund")
    test_nothing_that_names_a_person_is_stored_or_linked(script, book_of)
    assert len(script.run("KotaeRuns.list(store, 2000)")) == 1
    assert (
        script.run(f"KotaeRuns.version(store, {{book: 'refund', sha: {json.dumps(book['sha'])}}}).title")
        == book["title"]
    )
    assert script.run("KotaeRuns.list(store, 1000 + 7 * 86400000)") == []
    assert script.run("Object.keys(kept)") == []


@pytest.mark.parametrize("text", ["", "%%%", "bm90IGpzb24", "eyJ2Ijo5fQ", "あ"])
def test_a_broken_link_is_no_run(script: Any, text: str) -> None:
    assert script.call("KotaeRuns.decode", text) is None


def test_the_record_is_what_a_person_would_have_written(script: Any, book_of: Book) -> None:
    book = book_of("billing/refund")
    picks = ["n", 0, 0, 0, "n", "n"]

    def at(n, node, kind, title, minutes):
        return {
            "kind": kind,
            "node": node,
            "step": n,
            "at": NOW + minutes,
            "title": title,
        }

    run = {**run_with_names(book), "picks": picks, "marks": [
        at(0, "一次回答を送る", "sent", "一次回答(メール)", 4), at(4, "返金を実行する", "done", "返金を実行する", 22),
        at(5, "返金をお知らせする", "sent", "返金のお知らせ(カード)", 29)]}  # fmt: skip
    state = script.call("KotaeFlow.replay", book, picks)
    rows = script.call("KotaeRecord.record", book, run, state, "料金 > 返金")
    text = script.call("KotaeRecord.text", rows)
    assert text.split("\n")[:7] == [
        "受付\u300011月19日（木）14:02、メール",
        "一次回答\u300014:06（4分）",
        "ご用件\u3000返金のご依頼への対応",
        "判断\u3000ご本人と契約を確認する（はい）、お申し込みから30日以内で、ご利用開始前、30,000円以下",
        "対応\u300014:24 返金を実行する、14:31 「返金のお知らせ(カード)」をお送りした",
        "結果\u3000返金して完了",
        "分類\u3000料金 > 返金",
    ]
    assert text.split("\n")[7].startswith("手順\u3000返金のご依頼への対応 ")
    assert len(rows) == 8
    assert not any(name in text for name in PERSONAL)


def test_the_case_is_filed_as_the_closing_list_says(book_of: Book) -> None:
    assert book_of("billing/refund")["reasons"] == ["料金 > 返金"]
    assert book_of("security/outage")["reasons"] == ["障害 > 全体", "障害 > 一部のお客様"]
    for name in ("billing/refund", "security/outage", "cancel/cancel"):
        assert book_of(name, "ja")["reasons"]


def test_two_runs_tell_their_own_times(script: Any, book_of: Book) -> None:
    refund, outage = book_of("billing/refund"), book_of("security/outage")
    friday = minute("2026-11-20T16:00")
    one = {**run_with_names(refund), "intake": friday, "picks": [], "values": {}}
    two = {**one, "book": "outage", "sha": outage["sha"], "channel": "mail"}
    waits = [
        script.call("KotaeRecord.waiting", book, run, script.call("KotaeFlow.begin", book), friday)
        for book, run in ((refund, one), (outage, two))
    ]
    assert waits[0]["kind"] == "first"
    assert waits[0]["due"] == minute("2026-11-24T11:30")
    assert waits[1]["due"] == friday + 5  # 同じ症状の報告か確かめる
