"""The levelled plan: no mountain, no Sunday, no holiday, the same every time."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from desks import TODAY, page, write

from kotae.content.documents import Faq
from kotae.content.library import Library, load
from kotae.content.schema import Field
from kotae.desk.workdays import workdays
from kotae.freshness.plan import plan
from kotae.reports.plans import calendar, table, text

SUNDAY = TODAY


def many(root: Path, count: int, reviewed: list[date | None]) -> Library:
    """Return a library of ``count`` pages of one team, confirmed on these days in turn."""
    library = load(write(root, {}))
    documents = []
    for n in range(count):
        day = reviewed[n % len(reviewed)]
        fields = {"reviewed": Field(day, 2, "確認日")} if day else {}
        documents.append(Faq(f"faq/billing/p{n:04}.md", "faq", "ja", "billing", f"p{n:04}", fields=fields))
    return replace(library, documents=tuple(documents))


@pytest.mark.parametrize(
    "reviewed",
    [
        [date(2026, 6, 3)],  # all due on Monday, 30 November
        [None],  # never confirmed: the first day with Kotae
        [date(2020, 1, 1)],  # all long overdue
        [date(2026, 6, 3), None, date(2020, 1, 1), date(2026, 8, 1)],
    ],
)
def test_1600_pages_of_a_team_never_fall_on_one_day(tmp_path: Path, reviewed: list[date | None]) -> None:
    library = many(tmp_path, 1600, reviewed)
    made = plan(library, TODAY)
    days = list(workdays(library.desk.calendars["weekdays"], TODAY, TODAY + timedelta(days=90)))
    load_of = Counter(p.day for p in made)
    assert len(made) == 1600
    assert len({p.document.path for p in made}) == 1600
    assert set(load_of) <= set(days)
    assert max(load_of.values()) == -(-1600 // len(days))


def test_a_plan_keeps_to_working_days_and_holidays(tmp_path: Path) -> None:
    made = plan(many(tmp_path, 1600, [None]), date(2026, 12, 20), weeks=6)
    days = {p.day for p in made}
    assert not [d for d in days if d.weekday() > 4]
    assert not days & {date(2026, 12, 29), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 11)}
    assert date(2026, 12, 28) in days


def test_a_page_that_can_wait_is_not_late_and_not_needlessly_early(tmp_path: Path) -> None:
    library = many(tmp_path, 20, [date(2026, 7, 15) + timedelta(days=n) for n in range(20)])
    for p in plan(library, TODAY):
        assert p.review.due is not None
        assert timedelta(0) <= p.review.due - p.day <= timedelta(days=35)


def test_weight_brings_the_changed_and_the_often_read_to_the_front(tmp_path: Path) -> None:
    files = {f"faq/billing/p{n}.md": page("はい。", "確認日: 2026-01-01\n") for n in range(30)}
    files["faq/billing/price.md"] = page("{{値:スタンダード月額}}です。", "確認日: 2027-03-01\n")
    library = load(write(tmp_path, files))
    made = plan(library, date(2027, 4, 1), views={"p17": 5000, "faq/billing/p18.md": 900})
    assert [p.document.stem for p in made][:3] == ["price", "p17", "p18"]


def test_the_plan_does_not_depend_on_the_order_of_files(tmp_path: Path) -> None:
    library = many(tmp_path, 200, [date(2026, 6, 3), None, date(2020, 1, 1), date(2026, 8, 1)])
    mixed = list(library.documents)
    random.Random(1).shuffle(mixed)
    shown = [(p.day, p.document.path) for p in plan(library, TODAY)]
    assert shown == [(p.day, p.document.path) for p in plan(replace(library, documents=tuple(mixed)), TODAY)]


def test_an_icalendar_has_whole_days_and_short_lines(tmp_path: Path) -> None:
    made = plan(many(tmp_path, 120, [None]), TODAY)
    told = calendar(made, "ja", TODAY, "見直し; 予定, その1")
    assert told.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in told.split("\r\n"))
    assert "\n" not in told.replace("\r\n", "")
    unfolded = told.replace("\r\n ", "")
    assert "X-WR-CALNAME:見直し\\; 予定\\, その1" in unfolded
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == len({p.day for p in made})
    uids = [line for line in unfolded.split("\r\n") if line.startswith("UID:")]
    assert len(uids) == len(set(uids))
    assert told == calendar(made, "ja", TODAY, "見直し; 予定, その1")


def test_a_csv_can_be_read_back_and_runs_no_formula(tmp_path: Path) -> None:
    library = load(write(tmp_path, {"faq/billing/a.md": page("はい。").replace("# 返金は", "# =SUM(A1)は")}))
    rows = list(csv.reader(io.StringIO(table(plan(library, TODAY), "ja").removeprefix("\ufeff"))))
    assert rows[0][:4] == ["確認する日", "チーム", "ページ", "ファイル"]
    assert rows[1][1:4] == ["請求サポート", "'=SUM(A1)はできますか？", "faq/billing/a.md"]


def test_nothing_to_do_is_said_in_words() -> None:
    assert text([], "ja") == "確認する予定のページはありません。\n"
