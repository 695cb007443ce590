"""kotae check --fix: what is safe to mend, once; the words stay, and doubt leaves a file alone."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotae.cli.main import main
from kotae.content.reading import parse_document
from kotae.fixing import diff, fixed, hunks, write

PATH = "faq/billing/a.md"
HEAD = "---\n公開範囲: お客様に公開\n---\n"
PIECES = st.lists(
    st.sampled_from(
        ["---\n", "公開範囲: お客様に公開\n", "確認日: 2026-11-01 \n", "聞かれ方:\n  - a\n", "# 質問か\u3099？\n", "\n", "文  \n", "文 \n", "\t\n",
         "- a\n", "- b \n", "1. c\n", "  - d\n", "> q\n", "```\n", "    x \n", "|a|b|\n", "|-|-|\n", "## 社内メモ\n", "[a](か\u3099.md)\n", "`か\u3099`\n",
         "\ufeff", "\r\n", "\r", "# c\n", "例外: [\n", "a: |\n  b \n", "<div> \n", "\u3000\n", "か\u3099\u200b\n", "ᄀ\u1161\n", "神\ufa19\n"]
    ),
    max_size=30,
)  # fmt: skip


def mended(text: str, path: str = PATH) -> str:
    return fixed(path, text.encode()).decode()


def words(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).replace("\ufeff", "").split())


@given(PIECES)
@settings(max_examples=500, deadline=None)
def test_a_second_fix_changes_nothing(pieces: list[str]) -> None:
    once = fixed(PATH, "".join(pieces).encode())
    assert fixed(PATH, once) == once


@given(PIECES)
@settings(max_examples=500, deadline=None)
def test_no_word_is_lost_and_the_meaning_stays(pieces: list[str]) -> None:
    text = "".join(pieces)
    after = mended(text)
    assert sorted(words(text)) == sorted(words(after))
    old, new = (parse_document(PATH, t.encode()) for t in (text.lstrip("\ufeff"), after))
    assert set(old.fields) == set(new.fields)
    assert [words(h.text) for h in old.outline.headings] == [words(h.text) for h in new.outline.headings]
    assert words(old.common) == words(new.common)
    assert words(old.tail) == words(new.tail)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_mended_or_left(data: bytes) -> None:
    once = fixed(PATH, data)
    assert fixed(PATH, once) == once


MENDED = {
    "marks are joined": (f"{HEAD}# か\u3099\n", f"{HEAD}# が\n"),
    "a BOM goes": (f"\ufeff{HEAD}# a\n", f"{HEAD}# a\n"),
    "mixed ends become one": (f"{HEAD}# a\r\n\r\nb\n", f"{HEAD}# a\n\nb\n"),
    "a blank line above a list": (f"{HEAD}# a\n\nb\n- c\n- d\n", f"{HEAD}# a\n\nb\n\n- c\n- d\n"),
    "spaces at the end": (f"{HEAD}# a \n\nb \n \nc\t\n", f"{HEAD}# a\n\nb\n\nc\n"),
    "fields in one order": (
        "---\n確認日: 2026-11-01\n# なぜ社内か\n公開範囲: 社内だけ\n聞かれ方:\n  - a\n---\n# a\n",
        "---\n# なぜ社内か\n公開範囲: 社内だけ\n聞かれ方:\n  - a\n確認日: 2026-11-01\n---\n# a\n",
    ),
}
LEFT = {
    "a line break": f"{HEAD}# a\n\nb  \nc\n",
    "code": f"{HEAD}# a\n\n```text\nx \nか\u3099\n```\n",
    "an address": f"{HEAD}# a\n\n[が](か\u3099.md)\n",
    "CRLF throughout": f"{HEAD}# a\n".replace("\n", "\r\n"),
    "old kanji": f"{HEAD}# 神\ufa19と\ufa11\n",
    "a lazy line in a list": f"{HEAD}# a\n\n- b\nc\n- d\n",
    "fields nobody can read": "---\n公開範囲: [\n確認日: 2026-11-01\n---\n# a\n",
    "no fields": "# a\n\nb\n",
}


@pytest.mark.parametrize("what", MENDED)
def test_it_mends(what: str) -> None:
    before, after = MENDED[what]
    assert mended(before) == after


@pytest.mark.parametrize("what", LEFT)
def test_it_leaves(what: str) -> None:
    assert mended(LEFT[what]) == LEFT[what]


def test_no_id_is_ever_written() -> None:
    assert "id:" not in mended("---\n確認日: 2026-11-01\n公開範囲: お客様に公開\n---\n# か\u3099\n\nb\n- c\n")


def test_a_file_is_replaced_in_one_step_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_hunks_turn_the_old_text_into_the_new() -> None:
    for before, after in MENDED.values():
        old = before.encode().decode().splitlines()
        for first, last, text in reversed(hunks(before.encode(), after.encode())):
            assert 1 <= first <= last
            old[first - 1 : last] = text.split("\n") if text else []
        assert old == after.splitlines()


def test_the_command_shows_then_mends_then_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / PATH
    page.parent.mkdir(parents=True)
    page.write_text(f"{HEAD}# 返金できますか？\n\nはい。\n- a\n", encoding="utf-8")
    before = page.read_bytes()
    assert main(["check", "--root", str(tmp_path), "--fix", "--diff"]) == 1
    assert capsys.readouterr().out == diff(PATH, before, fixed(PATH, before))
    assert page.read_bytes() == before
    assert main(["check", "--root", str(tmp_path), "--fix", "faq/login"]) == 2
    assert page.read_bytes() == before
    main(["check", "--root", str(tmp_path), "--fix", "faq"])
    assert page.read_bytes() == fixed(PATH, before) != before
    assert main(["check", "--root", str(tmp_path), "--diff"]) == 0
