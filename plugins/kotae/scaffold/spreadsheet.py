"""A spreadsheet as rows of text: CSV in the encodings Excel writes, and xlsx. What cannot be read is said."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kotae.findings import Said
from kotae.scaffold.plain import visible

# What people call the columns, in the order they are written out.
COLUMNS: dict[str, tuple[str, ...]] = {
    "file": ("ファイル", "file", "path"),
    "version": ("版", "version"),
    "lang": ("言語", "lang", "language", "locale"),
    "question": ("質問", "question", "title", "タイトル", "件名", "q"),
    "answer": ("答え", "answer", "回答", "本文", "body", "a"),
    "topic": ("分類", "category", "カテゴリ", "カテゴリー", "topic", "section"),
    "audience": ("公開範囲", "audience", "visibility"),
    "wordings": ("別の聞かれ方", "paraphrases", "wordings", "聞かれ方", "other wordings"),
    "old": ("旧url", "old_url", "old url", "url"),
}
_ENCODINGS = ("utf-8-sig", "cp932")
_CELL = 1_000_000


class UnreadableError(Exception):
    """The file is no spreadsheet we can read; ``said`` tells why."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(said.en)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells by column. ``unseen`` counts letters taken out."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    unseen: int = 0
    extra: int = 0

    def get(self, column: str) -> str:
        """Return a cell without the spaces around it; empty when there is none."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows, the columns that mean something to us by the name they have in the file, and the others."""

    rows: tuple[Row, ...]
    known: dict[str, str]
    others: tuple[str, ...]


def read(path: Path, names: dict[str, str] | None = None) -> Sheet:
    """Read a CSV or xlsx file; ``names`` are further columns by what they mean. Raises UnreadableError, OSError."""
    data = path.read_bytes()
    return sheet(_xlsx(data) if data[:4] == b"PK\x03\x04" else _csv(data), names)


def sheet(lines: Iterable[tuple[int, list[str]]], names: dict[str, str] | None = None) -> Sheet:
    """Turn numbered lines, the first of which names the columns, into a sheet."""
    heads: list[str] | None = None
    rows: list[Row] = []
    meanings = {n: key for key, all_names in COLUMNS.items() for n in all_names} | (names or {})
    for number, cells in lines:
        seen = [visible(cell) for cell in cells]
        texts = [text for text, _ in seen]
        if not any(text.strip() for text in texts):
            continue
        if heads is None:
            heads = [_name(text) for text in texts]
            written = {h: text.strip() for h, text in zip(heads, texts, strict=True)}
            continue
        named: dict[str, str] = {}
        for head, text in zip(heads, texts, strict=False):
            # The first column of a name wins; an empty one leaves the place to the next.
            if head and not named.get(meanings.get(head, head)):
                named[meanings.get(head, head)] = text
        extra = sum(bool(t.strip()) for t in texts[len(heads) :])
        rows.append(Row(number, named, sum(n for _, n in seen), extra))
    if heads is None:
        raise UnreadableError(Said("何も書かれていません。", "It is empty."))
    known = {meanings[h]: written[h] for h in reversed(heads) if h in meanings}
    others = tuple(written[h] for h in heads if h and h not in meanings)
    return Sheet(tuple(rows), known, others)


def _name(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data).replace("\0", "")
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    csv.field_size_limit(_CELL)
    number = 0
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            number += 1
            yield number, cells
    except csv.Error as error:
        raise UnreadableError(
            Said(
                f"{number + 1}行目から先を読み取れません。引用符が閉じているか見てください。",
                f"It cannot be read from row {number + 1} on ({error}).",
            )
        ) from error


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError(
        Said(
            "文字コードがUTF-8でもShift_JIS(cp932)でもありません。Excelで「CSV UTF-8」として保存し直してください。",
            "It is neither UTF-8 nor Shift_JIS (cp932). Save it from Excel as 'CSV UTF-8'.",
        )
    )


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        active = book.worksheets[0]
        rows = [
            (number, ["" if cell is None else str(cell) for cell in cells])
            for number, cells in enumerate(active.iter_rows(values_only=True), 1)
        ]
    except Exception as error:  # A broken workbook fails in the libraries' own ways.
        raise UnreadableError(
            Said(
                "Excelのファイルとして読み取れません。CSVで保存し直してください。",
                f"It cannot be read as an Excel file; save it as CSV. ({type(error).__name__})",
            )
        ) from error
    yield from rows
