"""Records, days, facts and the past: what a page's state is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desks import TODAY, History, desk, page, write
from hypothesis import given, settings
from hypothesis import strategies as st

from kotae.content.library import Library, load
from kotae.desk.reviews import file_of, parse, written
from kotae.freshness.history import with_history
from kotae.freshness.review import State, review
from kotae.freshness.sealing import sealed
from kotae.freshness.translations import behind

PATH = "faq/billing/refund.md"


def recorded(root: Path, day: date, path: str = PATH, by: str = "yamamoto@tsumugi.example.jp") -> Library:
    """Record a review of ``path`` on ``day`` and read everything again."""
    library = load(root)
    record = sealed(library, library.by_path[path], by, ["リンクを開いた"], day)
    target = root / record.file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(written(record), encoding="utf-8")
    return load(root)


def state(library: Library, today: date, path: str = PATH) -> State:
    return review(library, library.by_path[path], today).state


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    root = desk(tmp_path, refund=page("はい。月額は{{値:スタンダード月額}}です。"))
    library = load(root)
    record = sealed(library, library.by_path[PATH], "山本 直子", ["手順を画面で試した"], TODAY)
    assert parse(record.file, written(record)) == record
    assert file_of(record) == record.file
    assert record.quotes == {"値:スタンダード月額": "11,800円"}


def test_two_reviews_of_one_page_on_one_day_are_two_files(tmp_path: Path) -> None:
    root = desk(tmp_path, refund=page("はい。"))
    recorded(root, TODAY)
    library = recorded(root, TODAY, by="shimizu@tsumugi.example.jp")
    assert len(library.desk.reviews) == 2


def test_a_record_confirms_a_page_without_a_day_of_its_own(tmp_path: Path) -> None:
    root = desk(tmp_path, refund=page("はい。"))
    assert state(load(root), TODAY) is State.UNDATED
    library = recorded(root, date(2026, 11, 1))
    assert state(library, TODAY) is State.FRESH
    assert state(library, date(2026, 10, 31)) is State.UNDATED
    assert state(library, date(2027, 4, 20)) is State.SOON
    assert state(library, date(2027, 4, 30)) is State.DUE
    assert state(library, date(2027, 5, 30)) is State.OVERDUE


def test_the_newer_of_day_and_record_counts(tmp_path: Path) -> None:
    root = desk(tmp_path, refund=page("はい。", "確認日: 2026-11-10\n"))
    library = recorded(root, date(2026, 11, 1))
    assert review(library, library.documents[0], TODAY).reviewed == date(2026, 11, 10)


def test_a_typo_keeps_the_seal_and_a_number_breaks_it_where_there_is_no_history(tmp_path: Path) -> None:
    root = desk(tmp_path, refund=page("はい。30日以内に、くわしい事情をお知らせください。"))
    recorded(root, date(2026, 11, 1))
    desk(root, refund=page("はい。30日以内に、詳しい事情をお知らせください。"))
    assert state(load(root), TODAY) is State.FRESH
    desk(root, refund=page("はい。14日以内に、詳しい事情をお知らせください。"))
    found = review(load(root), load(root).documents[0], TODAY)
    assert found.state is State.CHANGED
    assert found.reasons[0].said.ja == "数字や日付が変わりました(30日 → 14日)"


def test_a_changed_fact_reopens_page_message_and_translation_on_its_very_day(tmp_path: Path) -> None:
    fields = "確認日: 2027-03-01\n"
    book = "---\n重要度: 通常\n連絡手段: [メール]\n確認日: 2027-03-01\n---\n# 料金のご案内\n\n```メール\n月額は{{値:スタンダード月額}}です。\n```\n"
    root = write(
        tmp_path,
        {
            PATH: page("月額は{{値:スタンダード月額}}です。", fields),
            "faq/billing/refund.en.md": "# How much is it?\n\nIt is ¥11,800 a month.\n",
            "faq/billing/other.md": page("はい。", fields),
            "playbooks/billing/price.md": book,
        },
    )
    library = load(root)
    states = {
        d.path: [state(library, day, d.path) for day in (date(2027, 3, 31), date(2027, 4, 1))]
        for d in library
    }
    changed, same = [State.FRESH, State.CHANGED], [State.FRESH, State.FRESH]
    assert states == {
        PATH: changed,
        "faq/billing/refund.en.md": changed,
        "faq/billing/other.md": same,
        "playbooks/billing/price.md": changed,
    }
    said = review(library, library.by_path[PATH], date(2027, 4, 1)).reasons[0].said
    assert said.ja == "スタンダード月額が変わりました(11,800円 → 12,800円)"


def test_a_fact_mended_without_a_day_breaks_the_seal_of_a_record(tmp_path: Path) -> None:
    root = desk(tmp_path, refund=page("月額は{{値:スタンダード月額}}です。"))
    recorded(root, date(2026, 11, 1))
    facts = (root / "desk/facts.yml").read_text(encoding="utf-8").replace("11,800円", "11,000円")
    (root / "desk/facts.yml").write_text(facts, encoding="utf-8")
    assert state(load(root), TODAY) is State.CHANGED


def test_a_changed_answer_reopens_what_quotes_it(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            PATH: page("はい。30日以内なら返金します。"),
            "playbooks/billing/reply.md": "# 返信\n\n```メール\n{{答え:refund}}\n```\n",
        },
    )
    recorded(root, date(2026, 11, 1), "playbooks/billing/reply.md")
    desk(root, refund=page("はい。14日以内なら返金します。"))
    found = review(load(root), load(root).by_path["playbooks/billing/reply.md"], TODAY)
    assert found.state is State.CHANGED
    assert "返金はできますか" in found.reasons[0].said.ja


def test_a_page_that_ended_is_not_asked_for_a_review(tmp_path: Path) -> None:
    root = desk(tmp_path, refund=page("はい。", "確認日: 2020-01-01\n有効期限: 2026-10-31\n"))
    assert state(load(root), TODAY) is State.ENDED


def test_a_merged_change_of_meaning_is_a_reading_and_a_typo_is_none(tmp_path: Path) -> None:
    old, typo, new = (
        page(f"はい。{text}", "確認日: 2026-03-01\n")
        for text in ("30日以内です。", "30日以内ですよ。", "14日以内です。")
    )
    root = desk(tmp_path, refund=new)
    history = History(
        (PATH, "2026-11-10", "a@x", new), (PATH, "2026-10-10", "a@x", old), (PATH, "2026-01-10", "b@x", old)
    )
    library = with_history(load(root), history, TODAY)
    assert review(library, library.documents[0], TODAY).reviewed == date(2026, 11, 10)
    desk(root, refund=typo)
    history = History((PATH, "2026-11-10", "a@x", typo), (PATH, "2026-01-10", "b@x", old))
    library = with_history(load(root), history, TODAY)
    assert review(library, library.documents[0], TODAY).reviewed == date(2026, 3, 1)


def test_a_shallow_clone_guesses_nothing(tmp_path: Path) -> None:
    root = desk(tmp_path, refund=page("はい。"))
    history = History((PATH, "2026-11-10", "a@x", page("はい。")), full=False)
    assert state(with_history(load(root), history, TODAY), TODAY) is State.UNDATED
    whole = History((PATH, "2026-11-10", "a@x", page("はい。")))
    assert state(with_history(load(root), whole, TODAY), TODAY) is State.FRESH


def test_a_day_that_was_moved_alone_is_noticed(tmp_path: Path) -> None:
    old, new = (page("はい。", f"確認日: {day}\n") for day in ("2026-03-01", "2026-11-10"))
    root = desk(tmp_path, refund=new)
    history = History((PATH, "2026-11-11", "a@x", new), (PATH, "2026-03-01", "a@x", old))
    library = with_history(load(root), history, TODAY)
    assert library.past is not None
    assert library.past[PATH].moved == date(2026, 11, 11)
    rewritten = page("いいえ。返金はしていません。", "確認日: 2026-11-10\n")
    desk(root, refund=rewritten)
    history = History((PATH, "2026-11-11", "a@x", rewritten), (PATH, "2026-03-01", "a@x", old))
    library = with_history(load(root), history, TODAY)
    assert library.past is not None
    assert library.past[PATH].moved is None


ENGLISH = "faq/billing/refund.en.md"
TRANSLATED = "# Can I get a refund?\n\nYes.\n\n## Details\n\nWithin 30 days.\n"


@pytest.mark.parametrize("by", ["record", "history"])
def test_only_the_section_whose_source_changed_is_behind(tmp_path: Path, by: str) -> None:
    old = page("はい。\n\n## 詳しく\n\n30日以内です。")
    new = page("はい。\n\n## 詳しく\n\n14日以内です。")
    root = write(tmp_path, {PATH: old, ENGLISH: TRANSLATED})
    if by == "record":
        recorded(root, date(2026, 11, 1), ENGLISH)
    write(root, {PATH: new})
    library = load(root)
    if by == "history":
        history = History(
            (PATH, "2026-11-10", "a@x", new),
            (ENGLISH, "2026-11-01", "a@x", TRANSLATED),
            (PATH, "2026-10-01", "a@x", old),
        )
        library = with_history(library, history, TODAY)
    (found,) = behind(library, library.by_path[ENGLISH], TODAY)
    assert (found.section, found.title, found.line) == (1, "Details", 5)
    assert (found.changes[0].before, found.changes[0].after) == ("30日", "14日")


def test_a_translation_renewed_after_its_source_is_not_behind(tmp_path: Path) -> None:
    old, new = page("はい。30日以内です。"), page("はい。14日以内です。")
    root = write(tmp_path, {PATH: new, ENGLISH: TRANSLATED.replace("30", "14")})
    history = History(
        (ENGLISH, "2026-11-12", "a@x", TRANSLATED.replace("30", "14")), (PATH, "2026-11-10", "a@x", new),
        (ENGLISH, "2026-11-01", "a@x", TRANSLATED), (PATH, "2026-10-01", "a@x", old),
    )  # fmt: skip
    library = with_history(load(root), history, TODAY)
    assert behind(library, library.by_path[ENGLISH], TODAY) == ()


def test_an_internal_note_need_not_be_translated(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {PATH: page("はい。\n\n## 社内メモ\n\n30日まで。"), ENGLISH: "# Can I get a refund?\n\nYes.\n"},
    )
    recorded(root, date(2026, 11, 1), ENGLISH)
    write(root, {PATH: page("はい。\n\n## 社内メモ\n\n14日まで。")})
    library = load(root)
    assert behind(library, library.by_path[ENGLISH], TODAY) == ()


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_as_a_record_is_a_record_or_a_value_error(text: str) -> None:
    try:
        parse("desk/reviews/2026/x.yml", text)
    except ValueError:
        return


def test_an_unreadable_record_is_a_finding_and_stops_nothing(tmp_path: Path) -> None:
    root = write(tmp_path, {PATH: page("はい。"), "desk/reviews/2026/broken.yml": "ページ: x\n"})
    library = load(root)
    assert [p.rule for p in library.desk.problems["desk/reviews/2026/broken.yml"]] == ["KT113"]
    assert state(replace(library), TODAY) is State.UNDATED
