"""kotae review, owners and plan as somebody runs them."""

from __future__ import annotations

from pathlib import Path

from desks import page, write

from kotae.content.library import load
from workshop import kotae

PATH = "faq/billing/refund.md"


def test_a_review_is_one_new_file_that_confirms_the_page(tmp_path: Path) -> None:
    root = write(tmp_path, {PATH: page("はい。30日以内です。")})
    done = kotae(
        "review",
        PATH,
        "--root",
        root,
        "--by",
        "山本直子",
        "--tried",
        "links",
        "--tried",
        "手順を画面で試した",
        "--as-of",
        "2026-11-20",
    )
    assert done.returncode == 0, done.stderr
    (record,) = load(root).desk.reviews
    assert record.file in done.stdout
    assert (record.page, record.by, record.day.isoformat()) == (
        PATH,
        "yamamoto@tsumugi.example.jp",
        "2026-11-20",
    )
    assert record.tried == ("リンクを開いた", "手順を画面で試した")


def test_a_page_may_be_named_by_its_stem_and_somebody_unknown_is_refused(tmp_path: Path) -> None:
    root = write(
        tmp_path, {PATH: page("はい。"), "faq/billing/refund.en.md": "# Can I get a refund?\n\nYes.\n"}
    )
    assert kotae("review", "refund.en", "--root", root, "--by", "shimizu@tsumugi.example.jp").returncode == 0
    (record,) = load(root).desk.reviews
    assert (record.lang, bool(record.source)) == ("en", True)
    refused = kotae("review", "refund", "--root", root, "--by", "だれか")
    assert refused.returncode == 2
    assert "teams.yml" in refused.stderr
    assert kotae("review", "nowhere", "--root", root, "--by", "森あかり").returncode == 2


def test_codeowners_is_written_once_and_then_found_right(tmp_path: Path) -> None:
    root = write(tmp_path, {PATH: page("はい。"), ".github/CODEOWNERS": "* @tsumugi/all\n"})
    assert kotae("owners", "--root", root, "--check").returncode == 1
    assert (
        kotae("owners", "--root", root, "--write", "--as-of", "2026-11-22").stdout == ".github/CODEOWNERS\n"
    )
    written = (root / ".github/CODEOWNERS").read_text(encoding="utf-8")
    assert written.startswith("* @tsumugi/all\n")
    assert kotae("owners", "--root", root, "--check", "--as-of", "2026-11-22").returncode == 0
    kotae("owners", "--root", root, "--write", "--as-of", "2026-11-22")
    assert (root / ".github/CODEOWNERS").read_text(encoding="utf-8") == written


def test_owners_and_a_hand_over_are_printed(tmp_path: Path) -> None:
    root = write(tmp_path, {PATH: page("はい。", "確認日: 2026-01-01\n")})
    told = kotae("owners", "--root", root, "--as-of", "2026-11-22").stdout
    assert "請求サポート" in told
    assert "見直しの記録だけで数えました" in told
    assert (
        "山本 直子"
        in kotae("owners", "--root", root, "--leaving", "山本 直子", "--as-of", "2026-11-22").stdout
    )
    assert kotae("owners", "--root", root, "--leaving", "だれか").returncode == 2


def test_a_plan_comes_as_text_csv_and_calendar_and_reads_views(tmp_path: Path) -> None:
    root = write(
        tmp_path / "r", {f"faq/billing/{n}.md": page("はい。", "確認日: 2026-01-01\n") for n in "abc"}
    )
    views = tmp_path / "views.csv"
    views.write_text('ページ,回数\nc,"1,200"\n', encoding="utf-8")
    day = ("--as-of", "2026-11-22")
    told = kotae("plan", "--root", root, "--views", views, *day).stdout
    assert told.index("c.md") < told.index("a.md")
    assert "2026年11月24日(火)" in told  # Monday is a holiday
    assert kotae("plan", "--root", root, "--format", "csv", *day).stdout.count("faq/billing/") == 3
    assert kotae("plan", "--root", root, "--format", "ics", *day).stdout.startswith("BEGIN:VCALENDAR")
    assert kotae("plan", "--root", root, "--weeks", "0").returncode == 2
    assert kotae("plan", "--root", root, "--team", "だれか").returncode == 2
