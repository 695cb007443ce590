"""`kotae audience` tells who sees what; against a revision, every word that goes out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from workshop import DAY, kotae


def git(root: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@example.jp", *words], check=True, capture_output=True
    )  # fmt: skip


def ask(root: Path, *words: str) -> Any:
    done = kotae("audience", "--root", root, "--as-of", DAY, "--format", "json", *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def repository(small_site: Path) -> Path:
    git(small_site, "init", "-q")
    git(small_site, "add", ".")
    git(small_site, "commit", "-qm", "first")
    return small_site


def edit(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def test_every_document_has_one_audience(small_site: Path) -> None:
    seen = {d["path"]: d["audience"] for d in ask(small_site)["documents"]}
    assert seen["faq/billing/refund.md"] == "public"
    assert seen["faq/billing/discount.md"] == "internal"
    assert seen["playbooks/billing/refund.md"] == "internal"
    assert seen["faq/login/sso.md"] == "nobody"
    assert len(seen) == len(list(small_site.rglob("*.md")))


def test_nothing_changed_is_said(repository: Path) -> None:
    assert ask(repository, "--diff", "HEAD") == {"changes": []}
    done = kotae("audience", "--root", repository, "--as-of", DAY, "--diff", "HEAD")
    assert "変わりません" in done.stdout


def test_a_page_that_becomes_public_is_shown_word_for_word(repository: Path) -> None:
    edit(
        repository,
        "faq/billing/discount.md",
        "公開範囲: 社内だけ",
        "公開範囲: お客様に公開\n聞かれ方: [安くして]",
    )
    (change,) = ask(repository, "--diff", "HEAD")["changes"]
    assert (change["path"], change["before"], change["after"]) == (
        "faq/billing/discount.md",
        "internal",
        "public",
    )
    assert "値引きは上長の決裁なしに約束しない" in change["text"]
    assert "安くして" in change["text"]
    assert "朝会" not in change["text"]  # its internal notes stay inside


def test_quotations_are_filled_in(repository: Path) -> None:
    (repository / "faq/billing/new.md").write_text(
        "---\n公開範囲: お客様に公開\n---\n# 新しい質問ですか？\n\nはい。{{値:返金を受け付ける日数}}です。\n"
    )
    (change,) = ask(repository, "--diff", "HEAD")["changes"]
    assert (change["before"], change["after"]) == ("absent", "public")
    assert "{{" not in change["text"]


def test_notes_that_lose_their_heading_are_shown_as_going_out(repository: Path) -> None:
    edit(repository, "faq/billing/refund.md", "## 社内メモ", "## 補足")
    (change,) = ask(repository, "--diff", "HEAD")["changes"]
    assert change["before"] == change["after"] == "public"
    assert "鳥籠札-返金メモ: 経理の承認は三万円から" in change["text"]
    assert "全額を返金" not in change["text"]


def test_what_stops_being_public_is_told(repository: Path) -> None:
    edit(repository, "faq/billing/change-card.md", "お客様に公開", "社内だけ")
    (repository / "faq/login/password.md").unlink()
    found = {
        c["path"]: (c["before"], c["after"], c["text"]) for c in ask(repository, "--diff", "HEAD")["changes"]
    }
    assert found["faq/billing/change-card.md"] == ("public", "internal", "")
    assert found["faq/login/password.md"] == ("public", "absent", "")


def test_a_page_that_only_moved_is_no_change(repository: Path) -> None:
    (repository / "faq/billing/change-card.md").rename(repository / "faq/login/change-card.md")
    assert ask(repository, "--diff", "HEAD") == {"changes": []}


@pytest.mark.parametrize("base", ["nonsense", "--output=x", "HEAD:faq", ""])
def test_a_revision_that_cannot_be_read_is_one_line_and_2(repository: Path, base: str) -> None:
    done = kotae("audience", "--root", repository, "--as-of", DAY, f"--diff={base}")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (repository / "x").exists()
