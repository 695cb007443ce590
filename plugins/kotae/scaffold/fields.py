"""The fields of the questions as a spreadsheet, and back: only what was edited changes in the files."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass, field

from kotae.content.documents import Document, Faq
from kotae.content.front_matter import split
from kotae.content.library import Library
from kotae.content.reading import parse_document
from kotae.content.schema import KEYS, Field, Key
from kotae.findings import Said
from kotae.scaffold.plain import visible
from kotae.scaffold.rows import scalar
from kotae.scaffold.spreadsheet import Row, Sheet

_EDITED = ("audience", "paraphrases", "owner", "status", "applies_to", "related", "playbook", "reviewed", "review_every", "valid_until")  # fmt: skip
FIELDS: dict[str, Key] = {k.en: k for k in KEYS if k.en in _EDITED}
_COLUMN = {"audience": "audience", "paraphrases": "wordings"}  # the columns an import knows by these names
NAMES = {name.lower(): _COLUMN.get(k.en, f"field:{k.en}") for k in FIELDS.values() for name in (k.ja, k.en)}
_FORMULA = "=+-@"
_HEADS = {
    "ja": ("ファイル", "版", "言語", "質問", "答え", "分類"),
    "en": ("file", "version", "language", "question", "answer", "category"),
}


@dataclass
class Edits:
    """The files that change, and what is to tell of rows by their number."""

    files: dict[str, bytes | None] = field(default_factory=dict)
    told: list[tuple[int, Said]] = field(default_factory=list)


class CannotEditError(Exception):
    """Why a cell cannot go into its page."""

    def __init__(self, ja: str, en: str) -> None:
        self.said = Said(ja, en)
        super().__init__(en)


def text(library: Library, lang: str) -> str:
    """Return every question as CSV, in the order of the paths."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    keys = [FIELDS[k] for k in _EDITED]
    writer.writerow([*_HEADS[lang], *((k.ja if lang == "ja" else k.en) for k in keys)])
    for document in library:
        if not isinstance(document, Faq) or not document.clean or document.path in library.private:
            continue
        topic = library.desk.topics.get(document.topic)
        cells = [document.path, _version(document), document.lang, _title(document), _answer(document)]
        cells += [topic.label(lang) if topic else document.topic, *(_cell(document, k) for k in keys)]
        writer.writerow([_guarded(c) for c in cells])
    return out.getvalue()


def edits(library: Library, sheet: Sheet) -> Edits:
    """Return what the rows of an edited spreadsheet change; never raises for what a row holds."""
    made = Edits()
    for row in sheet.rows:
        path = row.get("file")
        document = library.by_path.get(path)
        if not isinstance(document, Faq) or path in library.private:
            made.told.append(
                (
                    row.number,
                    Said(
                        f"{path or '(空)'} という質問はありません。",
                        f"There is no question {path or '(empty)'}.",
                    ),
                )
            )
            continue
        if path in made.files:
            made.told.append(
                (
                    row.number,
                    Said(
                        f"{path} の行が2つあります。はじめの行だけを使いました。",
                        f"{path} stands twice; the first row was used.",
                    ),
                )
            )
            continue
        try:
            data = library.file(path).read_bytes()
            fresh = _edited(library, document, data, row, sheet)
        except CannotEditError as error:
            made.told.append((row.number, Said(f"{path}: {error.said.ja}", f"{path}: {error.said.en}")))
            continue
        if fresh != data:
            made.files[path] = fresh
    return made


def _edited(library: Library, document: Faq, data: bytes, row: Row, sheet: Sheet) -> bytes:
    wanted = _changes(document, row, sheet)
    if "topic" in sheet.known and row.get("topic"):
        topic = library.desk.topics.get(document.topic)
        if topic is not None and library.desk.find("topics", _unguarded(row.get("topic"))) is not topic:
            raise CannotEditError(
                "分類は表では変えられません。kotae rename で移してください。",
                "The topic is the folder; move the page with kotae rename.",
            )
    if not wanted:
        return data
    if row.get("version") and row.get("version") != _version(document):
        raise CannotEditError("書き出したあとに直されています。もう一度書き出してください。", "The page was changed after the export. Export again.")  # fmt: skip
    if not document.clean or b"\r" in data.replace(b"\r\n", b""):
        raise CannotEditError(
            "先にこのページの先頭の項目を直してください。", "Mend the fields of this page first."
        )
    fresh = data
    for column, cell in wanted:
        fresh = _apply(document.path, fresh, column, cell)
    return fresh


def _changes(document: Faq, row: Row, sheet: Sheet) -> list[tuple[str, str]]:
    """Return the cells that say something else than the page, by column."""
    now = {"question": _title(document), "answer": _answer(document)}
    now |= {_COLUMN.get(k.en, f"field:{k.en}"): _cell(document, k) for k in FIELDS.values()}
    found: list[tuple[str, str]] = []
    for column, current in now.items():
        if column in sheet.known and column in row.cells:
            cell = _unguarded(row.get(column))
            if _plain(cell) != _plain(visible(current)[0]):
                found.append((column, cell))
    return found


def _apply(path: str, data: bytes, column: str, cell: str) -> bytes:
    whole = data.decode("utf-8")
    bom = "\ufeff" if whole.startswith("\ufeff") else ""
    end = "\r\n" if "\r\n" in whole else "\n"
    lines = whole.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    document = parse_document(path, data)
    if column == "question":
        if "\n" in cell or not cell:
            raise CannotEditError("質問は1行で書いてください。", "Write the question in one line.")
        lines[document.title_line - 1] = f"# {cell}"
    elif column == "answer":
        block = document.answer if isinstance(document, Faq) else None
        if block is None or block.kind != "paragraph" or not cell or re.search(r"\n\s*\n", cell):
            raise CannotEditError("答えは1つの段落で書いてください。", "Write the answer as one paragraph.")
        first = block.line - 1
        lines[first : first + block.text.count("\n") + 1] = cell.split("\n")
    else:
        key = next(k for k in FIELDS.values() if _COLUMN.get(k.en, f"field:{k.en}") == column)
        lines = _with_field(document, lines, key, cell)
    fresh = (bom + end.join(lines)).encode()
    _proven(parse_document(path, fresh), document, column, cell)
    return fresh


def _proven(now: Document, before: Document, column: str, cell: str) -> None:
    """Refuse a file that does not say what the cell says, or brings a new problem."""
    key = next((k for k in FIELDS.values() if _COLUMN.get(k.en, f"field:{k.en}") == column), None)
    shown = _cell(now, key) if key else (_title(now) if column == "question" else _answer(now))
    known = {(p.rule, p.said) for p in before.problems}
    if _plain(visible(shown)[0]) != _plain(cell) or any((p.rule, p.said) not in known for p in now.problems):
        raise CannotEditError(
            f"「{cell[:30]}」はそのまま書き込めません。", f"'{cell[:30]}' cannot be written as it is."
        )


def _with_field(document: Document, lines: list[str], key: Key, cell: str) -> list[str]:
    matter, _, first = split("\n".join(lines))
    written = next((k for k, _ in matter.pairs if k.text in (key.ja, key.en)), None)
    several = key.kind in ("texts", "choices")
    values = (
        [v.strip() for v in cell.split("\n") if v.strip()]
        if several
        else [" ".join(cell.split())]
        if cell
        else []
    )
    if written is None:
        english = document.lang == "en" if not matter.pairs else matter.pairs[0][0].text.isascii()
        name, at, end = key.en if english else key.ja, first - 2, first - 2
        if first == 1:
            return ["---", *_field_lines(name, values, several, flow=False), "---", *lines]
    else:
        name, at = written.text, written.line - 1
        end = at + 1
        while end < first - 2 and re.match(r"[ \t]+\S|- |-$", lines[end]):
            end += 1
    flow = written is not None and end == at + 1 and "[" in lines[at] and bool(values)
    fresh = _field_lines(name, values, several, flow) if values else []
    note = re.search(r"\s+#.*$", lines[at]) if written is not None and end == at + 1 and not several else None
    if note and fresh and '"' not in lines[at] and "'" not in lines[at]:
        fresh[0] += note[0]
    return [*lines[:at], *fresh, *lines[end:]]


def _field_lines(name: str, values: list[str], several: bool, flow: bool) -> list[str]:
    if not several:
        return [f"{name}: {scalar(values[0])}"]
    if flow and all(re.fullmatch(r"[^,\[\]{}\"'#:]+", v) for v in values):
        return [f"{name}: [{', '.join(values)}]"]
    return [f"{name}:", *(f"  - {scalar(v)}" for v in values)]


def _cell(document: Document, key: Key) -> str:
    found = document.fields.get(key.en)
    if not isinstance(found, Field):
        return ""
    if isinstance(found.value, tuple):
        return "\n".join(str(v) for v in found.value)
    return found.text


def _title(document: Document) -> str:
    line = document.common.split("\n")[document.title_line - document.common_line :][:1]
    return re.sub(r"^#\s+|\s+#+\s*$", "", line[0]) if line and line[0].startswith("# ") else ""


def _answer(document: Document) -> str:
    block = document.answer if isinstance(document, Faq) else None
    return block.text if block is not None and block.kind == "paragraph" else ""


def _version(document: Document) -> str:
    return document.sha256[:12] or hashlib.sha256(b"").hexdigest()[:12]


def _plain(cell: str) -> str:
    return "\n".join(line.strip() for line in cell.strip().split("\n"))


def _guarded(cell: str) -> str:
    # A spreadsheet would run what begins like a formula.
    return f"'{cell}" if cell[:1] and cell[0] in _FORMULA + "'" else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in _FORMULA + "'" else cell
