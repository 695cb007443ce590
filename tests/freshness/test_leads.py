"""今週の確認: every number opens its list, every list ends in something to do, and it needs no script."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from desks import page, write

from kotae.site.leads import week
from workshop import build, kotae

DAY = "2027-04-05"  # A Monday; the fact changed on the Thursday before.
REVIEW = "ページ: faq/billing/fresh.md\nid: fresh\n言語: ja\n確認日: 2027-03-30\n確認した人: yamamoto@tsumugi.example.jp\n本文: x\n"
SETTINGS = "サイト名: つむぎ請求\n公開アドレス: https://help.tsumugi.example.jp\nリポジトリ: https://git.tsumugi.example.jp/support/help\n"


def titled(title: str, body: str, fields: str = "") -> str:
    return page(body, fields).replace("返金はできますか？", title)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository without a history: one page due, one changed, one confirmed by one person, one overdue."""
    root = write(
        tmp_path_factory.mktemp("leads") / "r",
        {
            "desk/settings.yml": SETTINGS,
            "desk/reviews/2027/r.yml": REVIEW,
            "faq/billing/due.md": titled("今週の質問ですか？", "はい。", "確認日: 2026-10-10\n"),
            "faq/billing/price.md": titled(
                "いくらですか？", "月額は{{値:スタンダード月額}}です。", "確認日: 2027-03-01\n"
            ),
            "faq/billing/fresh.md": titled("新しいですか？", "はい。"),
            "faq/billing/late.md": titled("とても古いですか？", "はい。", "確認日: 2026-01-10\n"),
        },
    )
    return build(root, root.parent / "out", day=DAY)


def entries(html: str) -> dict[str, tuple[int, str]]:
    """Return figure and text of each entry by its title."""
    found = {}
    for entry in re.findall(r"<li><span class=\"figure\".*?</li>(?=\s*(?:<li>|</ol>))", html, re.DOTALL):
        title = re.sub("<[^>]+>", "", re.findall(r"<h2>(.*?)</h2>", entry)[0])
        found[title] = (int(re.findall(r'class="figure"[^>]*>(\d+)', entry)[0]), entry)
    return found


def test_every_number_opens_a_list_of_that_many_pages_which_ends_in_something_to_do(site: Path) -> None:
    html = (site / "handbook/week/index.html").read_text(encoding="utf-8")
    found = entries(html)
    assert [n for n, _ in found.values()] == [2, 2, 1, 0]
    for figure, entry in found.values():
        rows = re.findall(r"<tr><td><a href", entry)
        assert len(rows) == figure
        if figure:
            target = re.findall(r'<h2><a href="#([^"]+)"', entry)[0]
            assert f'id="{target}"' in entry
            assert 'class="button"' in entry


def test_what_changed_is_said_at_the_page_that_may_be_old(site: Path) -> None:
    html = (site / "handbook/week/index.html").read_text(encoding="utf-8")
    _, entry = entries(html)["お客様に古い答えを見せているかもしれないページ"]
    assert "スタンダード月額が変わりました(11,800円 → 12,800円)" in entry
    assert "とても古いですか？" in entry


def test_no_person_is_named(site: Path) -> None:
    html = (site / "handbook/week/index.html").read_text(encoding="utf-8")
    assert not re.search("山本|清水|yamamoto|shimizu", html)


def test_without_a_history_nothing_is_claimed_about_switches(site: Path) -> None:
    html = (site / "handbook/week/index.html").read_text(encoding="utf-8")
    assert "履歴が全部そろっていないので、数えていません。" in html


def test_only_the_handbook_has_the_page_and_its_link(site: Path) -> None:
    assert not (site / "help/week").exists()
    assert "今週の確認" not in (site / "help/index.html").read_text(encoding="utf-8")
    assert 'href="./week/"' in (site / "handbook/index.html").read_text(
        encoding="utf-8"
    ) or 'href="week/"' in (site / "handbook/index.html").read_text(encoding="utf-8")


def test_a_customer_reads_the_month_only_while_it_holds(site: Path) -> None:
    fresh = (site / "help/billing/fresh/index.html").read_text(encoding="utf-8")
    assert "2027年3月に内容を確認しました" in fresh
    assert 'data-until="2027-09-26"' in fresh
    for stem in ("price", "late"):
        assert "内容を確認しました" not in (site / f"help/billing/{stem}/index.html").read_text(
            encoding="utf-8"
        )


def test_an_agent_reads_what_changed_on_the_page(site: Path) -> None:
    html = (site / "handbook/billing/price/index.html").read_text(encoding="utf-8")
    assert "スタンダード月額が変わりました" in html


def test_a_weekend_looks_at_the_week_to_come() -> None:
    monday = (date(2026, 11, 23), date(2026, 11, 29))
    assert [week(date(2026, 11, day)) for day in (21, 22, 23, 27)] == [monday] * 4


def test_a_note_stands_on_the_section_that_is_behind_and_on_no_other(tmp_path: Path) -> None:
    english = (
        "# Can I get a refund?\n\nYes.\n\n## Steps\n\nOpen the settings.\n\n## Details\n\nWithin 30 days.\n"
    )
    old = page("はい。\n\n## 手順\n\n設定を開きます。\n\n## 詳しく\n\n30日以内です。")
    root = write(tmp_path / "r", {"faq/billing/refund.md": old, "faq/billing/refund.en.md": english})
    assert (
        kotae("review", "refund.en", "--root", root, "--by", "清水 亮", "--as-of", "2027-03-01").returncode
        == 0
    )
    write(root, {"faq/billing/refund.md": old.replace("30日", "14日")})
    build(root, tmp_path / "out", "--audience", "public", day=DAY)
    html = (tmp_path / "out/help/en/billing/refund/index.html").read_text(encoding="utf-8")
    assert html.count("This part may be older than the Japanese page.") == 1
    assert html.index("Open the settings") < html.index("may be older") < html.index("Within 30 days")
    assert "古いかもしれません" not in (tmp_path / "out/help/billing/refund/index.html").read_text(
        encoding="utf-8"
    )
