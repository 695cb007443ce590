"""Teams: their load, CODEOWNERS, and what is handed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desks import TEAMS, TODAY, page, write

from kotae.content.library import load
from kotae.freshness.codeowners import BEGIN, END, Patterns, lines, renewed, strays
from kotae.freshness.owners import hand_over, loads

SECOND = (
    TEAMS
    + "- id: sv\n  名前: SV\n  コードホスト: '@tsumugi/sv'\n  メンバー: [{名前: 中村, メール: nakamura@tsumugi.example.jp}]\n"
)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*", "faq/billing/a.md", True),
        ("*.md", "faq/billing/a.md", True),
        ("/faq/", "faq/billing/a.md", True),
        ("faq/", "docs/faq/a.md", True),
        ("/faq/", "docs/faq/a.md", False),
        ("/faq/*", "faq/a.md", True),
        ("/faq/*", "faq/billing/a.md", False),
        ("/faq/**", "faq/billing/a.md", True),
        ("/faq/**/a.md", "faq/billing/deep/a.md", True),
        ("/faq/billing", "faq/billing/a.md", True),
        ("/faq/bill", "faq/billing/a.md", False),
        ("billing", "faq/billing/a.md", True),
        ("/faq/billing/a.md", "faq/billing/a.md", True),
        ("/faq/bill?ng/", "faq/billing/a.md", True),
        ("/faq/bil\\ ling/", "faq/bil ling/a.md", True),
    ],
)
def test_a_pattern_means_what_it_means_to_the_code_hosts(pattern: str, path: str, matches: bool) -> None:
    assert (Patterns(f"{pattern} @team").owners(path) == ("@team",)) is matches


def test_the_last_line_decides_and_a_line_may_name_nobody() -> None:
    patterns = Patterns("* @all\n/faq/ @faq # note\n/faq/free/\n[Section]\n")
    assert patterns.owners("docs/a.md") == ("@all",)
    assert patterns.owners("faq/a.md") == ("@faq",)
    assert patterns.owners("faq/free/a.md") == ()


def test_what_is_written_sends_every_page_to_its_team(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "desk/teams.yml": SECOND,
            "faq/billing/a.md": page("はい。"),
            "faq/billing/b.md": page("はい。", "担当チーム: SV\n"),
            "docs/handbook/standards.md": "---\n担当チーム: SV\n---\n# 基準\n",
        },
    )
    library = load(root)
    made = lines(library, TODAY)
    assert [line.split() for line in made] == [
        ["/faq/billing/", "yamamoto@tsumugi.example.jp", "shimizu@tsumugi.example.jp"],
        ["/docs/handbook/standards.md", "@tsumugi/sv"],
        ["/faq/billing/b.md", "@tsumugi/sv"],
    ]
    assert not list(strays(library, "\n".join(made), TODAY))


def test_only_what_stands_between_the_marks_is_renewed() -> None:
    text = f"* @all\n\n{BEGIN}\n/old/ @x\n{END}\n/mine/ @y\n"
    new = renewed(text, ["/new/ @z"])
    assert new == f"* @all\n\n{BEGIN}\n/new/ @z\n{END}\n/mine/ @y\n"
    assert renewed(new, ["/new/ @z"]) == new
    assert renewed(renewed("* @all\n", ["/a/ @b"]), ["/a/ @b"]) == renewed("* @all\n", ["/a/ @b"])


def test_a_load_counts_pages_by_team_and_not_by_person(tmp_path: Path) -> None:
    days = {"a": "2026-11-01", "b": "2026-05-01", "c": "2025-05-01"}
    root = write(
        tmp_path, {f"faq/billing/{stem}.md": page("はい。", f"確認日: {day}\n") for stem, day in days.items()}
    )
    (found,) = loads(load(root), TODAY)
    assert (found.pages, found.due, found.overdue, found.members) == (3, 2, 1, 2)


def test_a_hand_over_names_pages_reviews_and_roles(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "faq/billing/a.md": page("はい。", "確認日: 2026-05-01\n"),
            "desk/roles.yml": "- {id: agent, 名前: 担当者, チーム: billing-support}\n- {id: lead, 名前: SV, チーム: none}\n",
            "desk/reviews/2026/r.yml": "ページ: faq/billing/a.md\nid: a\n言語: ja\n確認日: 2026-06-01\n確認した人: Yamamoto@tsumugi.example.jp\n本文: x\n",
        },
    )
    library = load(root)
    member = library.desk.teams["billing-support"].members[0]
    found = hand_over(library, member, date(2026, 11, 22))
    assert [h.document.stem for h in found.alone] == ["a"]
    assert [h.document.stem for h in found.upcoming] == ["a"]
    assert [h.document.stem for h in found.read] == ["a"]
    assert [(r.id, left) for r, left in found.roles] == [("agent", 1)]
