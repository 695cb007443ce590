"""Out into a spreadsheet and back: what was edited changes, every other byte stays."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from inside import page

from kotae.cli.main import main
from kotae.content.library import load
from kotae.scaffold import fields
from kotae.scaffold.spreadsheet import sheet
from workshop import REPOSITORY, tree


def out(root: Path, file: Path) -> list[list[str]]:
    """Run `kotae export csv` and read what it wrote."""
    assert main(["export", "csv", str(file), "--root", str(root), "--messages", "ja"]) == 0
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


def back(root: Path, file: Path, table: list[list[str]]) -> int:
    """Write the edited spreadsheet and run `kotae import csv`."""
    with file.open("w", encoding="cp932", errors="replace", newline="") as text:
        csv.writer(text).writerows(table)
    return main(["import", "csv", str(file), "--root", str(root), "--messages", "ja"])


def set_cell(table: list[list[str]], path: str, column: str, value: str) -> None:
    """Edit one cell."""
    row = next(r for r in table if r[0] == path)
    row[table[0].index(column)] = value


def test_out_and_back_without_an_edit_changes_no_byte(small_site: Path, tmp_path: Path) -> None:
    before = tree(small_site)
    assert back(small_site, tmp_path / "a.csv", out(small_site, tmp_path / "a.csv")) == 0
    assert tree(small_site) == before


def test_the_whole_sample_comes_back_unchanged() -> None:
    library = load(REPOSITORY)
    rows = list(csv.reader(fields.text(library, "ja").splitlines(keepends=True)))
    made = fields.edits(library, sheet(list(enumerate(rows, 1)), fields.NAMES))
    assert (made.files, made.told) == ({}, [])
    assert len(rows) > 60


def test_only_the_edited_field_changes_and_comments_stay(small_site: Path, tmp_path: Path) -> None:
    path = "faq/billing/note.md"
    text = "---\n# まず読む\n公開範囲: 社内だけ   # まだ\n聞かれ方:\n  - 一つ目\n  # 間\n  - 二つ目\n# 終わりに\n関連: [refund, change-card]\n---\n# 料金はいくらですか？\n\n月に100円です。\n二行目です。\n\n## 詳しく\n\n*  そのまま  \n"
    page(small_site, path, text)
    table = out(small_site, tmp_path / "a.csv")
    set_cell(table, path, "公開範囲", "お客様に公開")
    set_cell(table, path, "関連", "refund\npassword")
    set_cell(table, path, "答え", "月に200円です。")
    set_cell(table, path, "状態", "下書き")
    before = tree(small_site)
    assert back(small_site, tmp_path / "a.csv", table) == 0
    after = tree(small_site)
    assert {p for p in after if after[p] != before.get(p)} == {path}
    wanted = text.replace("社内だけ   # まだ", "お客様に公開   # まだ").replace(
        "[refund, change-card]", "[refund, password]"
    )
    wanted = wanted.replace("月に100円です。\n二行目です。", "月に200円です。").replace(
        "password]\n---", "password]\n状態: 下書き\n---"
    )
    assert (small_site / path).read_text(encoding="utf-8") == wanted


def test_windows_lines_and_an_empty_cell(small_site: Path, tmp_path: Path) -> None:
    path = "faq/billing/note.md"
    (small_site / path).write_bytes(
        "---\r\n公開範囲: 社内だけ\r\n状態: 下書き\r\n---\r\n# 料金はいくらですか？\r\n\r\n100円です。\r\n".encode()
    )
    table = out(small_site, tmp_path / "a.csv")
    set_cell(table, path, "状態", "")
    set_cell(table, path, "質問", "料金を教えてください")
    assert back(small_site, tmp_path / "a.csv", table) == 0
    assert (
        (small_site / path).read_bytes()
        == "---\r\n公開範囲: 社内だけ\r\n---\r\n# 料金を教えてください\r\n\r\n100円です。\r\n".encode()
    )


@pytest.mark.parametrize(("column", "value", "told"), [
    ("公開範囲", "みんな", "そのまま書き込めません"), ("質問", "", "1行で"), ("答え", "a\n\nb", "1つの段落"), ("答え", "- 一覧", "そのまま"),
    ("分類", "ログイン", "kotae rename"), ("ファイル", "faq/none.md", "という質問はありません"), ("版", "000000000000", "書き出したあとに"),
])  # fmt: skip
def test_what_cannot_be_taken_back_is_told_and_changes_nothing(
    small_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], column: str, value: str, told: str
) -> None:
    table = out(small_site, tmp_path / "a.csv")
    before = tree(small_site)
    if column == "版":
        set_cell(table, "faq/billing/refund.md", "状態", "下書き")
    set_cell(table, "faq/billing/refund.md", column, value)
    assert back(small_site, tmp_path / "a.csv", table) == 1
    assert told in capsys.readouterr().out
    assert tree(small_site) == before


def test_a_cell_is_no_formula(small_site: Path, tmp_path: Path) -> None:
    page(small_site, "faq/billing/note.md", "---\n公開範囲: 社内だけ\n---\n# =1+1 はいくつですか？\n\n@SUM\n")
    table = out(small_site, tmp_path / "a.csv")
    row = next(r for r in table if r[0] == "faq/billing/note.md")
    assert row[3] == "'=1+1 はいくつですか？"
    assert row[4] == "'@SUM"
    before = tree(small_site)
    assert back(small_site, tmp_path / "a.csv", table) == 0
    assert tree(small_site) == before
