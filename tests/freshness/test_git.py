"""The adapter against real repositories of git."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from desks import TODAY, page, write

from kotae.content.library import load
from kotae.freshness.history import Git, with_history
from kotae.freshness.owners import alone, knowing
from kotae.freshness.review import review

PATH = "faq/billing/refund.md"


def git(root: Path, *words: str, day: str = "2026-01-10", mail: str = "yamamoto@tsumugi.example.jp") -> None:
    """Run git as somebody on a day, without anybody's settings."""
    who = {"NAME": "somebody", "EMAIL": mail, "DATE": f"{day}T09:30:00+0900"}
    env = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    subprocess.run(
        ["git", "-C", str(root), "-c", "commit.gpgsign=false", *words],
        check=True, capture_output=True, env={**os.environ, **env, "GIT_CONFIG_GLOBAL": os.devnull},
    )  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A page written, moved, then changed in meaning by a second person; another only ever touched by one."""
    root = write(
        tmp_path / "repository",
        {"faq/billing/money-back.md": page("はい。30日以内です。"), "faq/billing/料金.md": page("はい。")},
    )
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "first")
    git(root, "mv", "faq/billing/money-back.md", PATH)
    git(root, "commit", "-q", "-m", "move", day="2026-02-10", mail="mori@tsumugi.example.jp")
    write(root, {PATH: page("はい。14日以内です。")})
    git(root, "commit", "-qam", "change", day="2026-03-10", mail="Shimizu@tsumugi.example.jp")
    return root


def test_the_history_follows_a_page_that_moved(repository: Path) -> None:
    library = with_history(load(repository), Git(repository), TODAY)
    assert library.past is not None
    past = library.past[PATH]
    assert (past.written, past.changed) == (date(2026, 1, 10), date(2026, 3, 10))
    assert past.people == {
        "yamamoto@tsumugi.example.jp",
        "mori@tsumugi.example.jp",
        "shimizu@tsumugi.example.jp",
    }


def test_only_members_of_today_know_a_page(repository: Path) -> None:
    library = with_history(load(repository), Git(repository), TODAY)
    assert knowing(library, library.by_path[PATH], TODAY) == {
        "yamamoto@tsumugi.example.jp",
        "shimizu@tsumugi.example.jp",
    }
    assert [h.document.stem for h in alone(library, TODAY)] == ["料金"]


def test_the_past_ends_on_the_day_asked_about(repository: Path) -> None:
    library = with_history(load(repository), Git(repository), date(2026, 2, 20))
    assert review(library, library.by_path[PATH], date(2026, 2, 20)).reviewed == date(2026, 1, 10)


def test_a_shallow_clone_says_nothing(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")
    assert with_history(load(tmp_path / "shallow"), Git(tmp_path / "shallow"), TODAY).past is None


def test_a_folder_without_git_says_nothing(tmp_path: Path) -> None:
    root = write(tmp_path, {PATH: page("はい。")})
    assert with_history(load(root), Git(root), TODAY).past is None


def test_a_machine_without_git_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    root = write(tmp_path, {PATH: page("はい。")})
    assert with_history(load(root), Git(root), TODAY).past is None


def test_a_switch_of_audience_is_remembered_for_a_week(repository: Path) -> None:
    write(repository, {PATH: page("はい。14日以内です。").replace("お客様に公開", "社内だけ")})
    git(repository, "commit", "-qam", "close", day="2026-11-20")
    for day, expected in ((TODAY, (date(2026, 11, 20), "public", "internal")), (date(2026, 11, 27), None)):
        library = with_history(load(repository), Git(repository), day)
        assert library.past is not None
        assert library.past[PATH].audience == expected


def test_the_repository_may_be_a_folder_of_a_larger_one(tmp_path: Path) -> None:
    write(tmp_path / "help", {PATH: page("はい。")})
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "first")
    library = with_history(load(tmp_path / "help"), Git(tmp_path / "help"), TODAY)
    assert set(library.past or {}) == {PATH}
