"""What is internal stands in no byte of the public site, and all of it in the handbook."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from workshop import REPOSITORY, build, copy_sample, holding, mkdocs

# Every internal text of the small repository holds one of these; the last is in a draft, which nobody sees.
SMALL = [
    "鳥籠札-返金メモ", "鳥籠札-カードメモ", "鳥籠札-値引き本文", "鳥籠札-値引きメモ", "鳥籠札-秋割メモ",
    "鳥籠札-手順書", "鳥籠札-手引き一面", "鳥籠札-言い回し", "CAGETAG-refund-note",
]  # fmt: skip
NOTES = re.compile(r"^## (社内メモ|Internal notes)\s*$", re.MULTILINE)


def plant(root: Path) -> dict[str, str]:
    """Write a word of its own into every internal text below ``root``; return the words by path."""
    planted = {}
    for path in sorted(root.rglob("*.md")):
        name = path.relative_to(root).as_posix()
        text = path.read_text()
        note = NOTES.search(text)
        internal = (
            name.startswith(("playbooks/", "docs/handbook/"))
            or "公開範囲: 社内だけ" in text
            or "audience: internal" in text
        )
        if not (
            name.startswith(("faq/", "playbooks/", "docs/handbook/", "docs/help/")) and (note or internal)
        ):
            continue
        word = f"canary-{len(planted):03}-feather"
        planted[name] = word
        lines = text.rstrip("\n").split("\n")
        at = 1 + next(
            n for n, line in enumerate(lines) if (line == note[0].strip() if note else line.startswith("# "))
        )
        path.write_text("\n".join([*lines[:at], "", f"{word}。", *lines[at:], ""]))
    return planted


def test_a_canary_in_every_internal_text_of_the_sample(tmp_path: Path, sample_built: Path) -> None:
    root = copy_sample(tmp_path / "sample")
    planted = plant(root)
    assert len(planted) > 60
    out = build(root, tmp_path / "out", day=(sample_built / "day.txt").read_text())
    everything = b"".join(p.read_bytes() for p in (out / "help").rglob("*") if p.is_file())
    assert b"feather" not in everything
    pages = "".join(p.read_text() for p in (out / "handbook").rglob("*.html"))
    assert [path for path, word in planted.items() if word not in pages] == []


@pytest.mark.parametrize("word", SMALL)
def test_a_word_of_an_internal_text_stands_only_in_the_handbook(small_built: Path, word: str) -> None:
    assert holding(small_built / "help", word) == []
    assert [path for path in holding(small_built / "handbook", word) if path.endswith(".html")]


def test_nothing_of_an_internal_page_is_named_in_public(small_built: Path) -> None:
    for word in (
        "discount",
        "値引き",
        "playbook",
        "手順書",
        "phrases",
        "内線",
        "9110",
        "高橋",
        "cs-sv",
        "git.tsumugi",
    ):
        found = [path for path in holding(small_built / "help", word) if not path.startswith("assets/")]
        assert found == [], word


def test_a_draft_stands_nowhere(small_built: Path) -> None:
    for site in ("help", "handbook"):
        assert holding(small_built / site, "下書籠札") == []
        assert holding(small_built / site, "統合認証") == []
        assert not (small_built / site / "login/sso").exists()
        assert not (small_built / site / "a/sso").exists()


def test_an_expired_page_leaves_a_short_note_at_its_addresses(small_built: Path) -> None:
    for word in ("半額", "秋割", "初月"):
        assert holding(small_built / "help", word) == []
    for path in ("billing/campaign/index.html", "a/campaign/index.html"):
        text = (small_built / "help" / path).read_text()
        assert "このページは" in text
        assert 'name="robots" content="noindex"' in text
        assert "contact/" in text
    assert "初月を半額" in (small_built / "handbook/billing/campaign/index.html").read_text()
    assert "campaign" not in (small_built / "help/sitemap.xml").read_text()


def test_of_a_retired_page_no_word_is_left_in_either_site(small_built: Path) -> None:
    for site in ("help", "handbook"):
        assert holding(small_built / site, "旧合言葉") == []
        assert "旧い合言葉" not in (small_built / site / "login/code/index.html").read_text()


def without_plugin(root: Path) -> None:
    for name in ("mkdocs.yml", "handbook.yml"):
        text = (root / name).read_text()
        (root / name).write_text(
            re.sub(r"plugins:\n  - kotae:\n(      .*\n)*", "plugins: []\n", text).replace(
                "strict: true\n", ""
            )
        )


@pytest.mark.parametrize("config", ["mkdocs.yml", "handbook.yml"])
def test_without_the_plugin_mkdocs_prints_no_sentence_of_what_lies_outside_docs_help(
    tmp_path: Path, config: str
) -> None:
    root = copy_sample(tmp_path / "sample")
    without_plugin(root)
    assert "kotae" not in (root / config).read_text().replace("Kotae", "").replace("desk/", "")
    done = mkdocs(root, "build", "-f", config, "-d", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    printed = "".join(
        p.read_text(errors="replace")
        for p in (tmp_path / "out").rglob("*")
        if p.suffix in (".html", ".json", ".xml", ".txt")
    )
    known = "".join(p.read_text() for p in (REPOSITORY / "docs/help").rglob("*.md"))
    hidden = {
        sentence.strip(" -#|>*0123456789.[]")
        for folder in ("faq", "playbooks", "docs/handbook")
        for path in (REPOSITORY / folder).rglob("*.md")
        for sentence in re.split("[\n。]", path.read_text())
    }
    sentences = {s for s in hidden if len(s) >= 10 and s not in known}
    assert len(sentences) > 2000
    assert [s for s in sentences if s in printed] == []


def test_without_the_plugin_a_small_site_is_closed_as_well(small_site: Path, tmp_path: Path) -> None:
    without_plugin(small_site)
    done = mkdocs(small_site, "build", "-f", "handbook.yml", "-d", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    for word in (*SMALL, "返金はできますか"):
        assert holding(tmp_path / "out", word) == []
    shutil.rmtree(tmp_path / "out")
