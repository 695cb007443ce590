"""The closing table of inputs, the desk's shared inputs, and the cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kotae.desk.lists import NO, YES
from kotae.desk.model import Input
from kotae.findings import Problem, Said
from kotae.flow.blocks import Block
from kotae.flow.model import Case, Item, Way, Word
from kotae.flow.vocabulary import COLUMN_OF, THROUGH, TYPE_OF, fold
from kotae.flow.ways import Targets, split

_CHOICE = re.compile(r"([^()（）]{1,30}?)\s*[(（](.*)[)）]\s*")
_VALUES = re.compile(r"[・、,/|]")
_THROUGH = re.compile(rf"\s*[(（]\s*(?:{'|'.join(THROUGH)})\s*[:：]\s*(.*)[)）]\s*", re.IGNORECASE)
_NAMED = re.compile(r"\s*([^:：]{1,80})[:：]\s*(.*)", re.DOTALL)


@lru_cache(maxsize=1024)
def read_type(written: str) -> tuple[str, tuple[str, ...]]:
    """Return type and values of 文章, 選択(a・b) …; the type is empty when there is none called so."""
    kind = TYPE_OF.get(fold(written), "")
    if kind == "yesno":
        return kind, tuple(v.strip() for v in re.split(r"[・/]| or ", written) if v.strip())
    if kind or len(written) > 2000:
        return kind, ()
    match = _CHOICE.fullmatch(written.strip())
    if match and TYPE_OF.get(fold(match[1])) == "choice":
        return "choice", tuple(v.strip() for v in _VALUES.split(match[2]) if v.strip())
    return "", ()


def inputs(block: Block) -> Iterator[Item]:
    """Yield the items of the closing table."""
    columns = [COLUMN_OF.get(fold(cell), "") for cell in block.rows[0]] if block.rows else []
    for row, where in zip(block.rows[1:], block.items[1:], strict=False):
        cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False) if name}
        if not cells.get("name"):
            continue
        kind, values = read_type(cells.get("type", ""))
        yield Item(
            _bare(cells["name"]), kind, cells.get("example", ""), cells.get("where", ""), where.line, values,
            cells.get("pattern", ""), _yes(cells.get("each_time", "")), _yes(cells.get("at_intake", "")),
            written_type=cells.get("type", ""), names=(_bare(cells["name"]),),
        )  # fmt: skip


def is_inputs(block: Block) -> bool:
    """Tell whether a table is one of inputs: it has a column for the item."""
    return bool(block.rows) and any(COLUMN_OF.get(fold(cell)) == "name" for cell in block.rows[0])


def shared(rows: Iterable[Input], lang: str) -> Iterator[Item]:
    """Yield the desk's inputs, labelled in ``lang``; every name they go by is in ``names``."""
    for row in rows:
        kind, values = read_type(row.type)
        english = lang == "en"
        yield Item(
            (row.name_en or row.input) if english else row.input, kind,
            (row.example_en or row.example) if english else row.example,
            (row.where_en or row.where) if english else row.where,
            row.line, values, row.pattern, row.each_time, row.at_intake, True, row.type,
            tuple(dict.fromkeys(n for n in (row.input, row.name_en, row.id) if n)),
        )  # fmt: skip


def _bare(name: str) -> str:
    return name.strip().removeprefix("{{").removesuffix("}}").strip()


def _yes(text: str) -> bool:
    return fold(text) in YES and fold(text) not in NO


def case(item: Word, targets: Targets, problems: list[Problem]) -> Case | None:
    """Return the case a line describes: 名前: 答え > 答え → 結末 (通る: 見出し)."""
    text = item.text.split("\n")[0]
    through: tuple[Way, ...] = ()
    opened = max(text.rfind("("), text.rfind("（"))
    if opened >= 0 and (match := _THROUGH.fullmatch(text[opened:])):
        through = tuple(targets.way(name, item.line) for name in re.split(r"[、,]", match[1]) if name.strip())
        text = text[:opened]
    named = _NAMED.fullmatch(text)
    answers, target = split(named[2]) if named else ("", None)
    if named is None or target is None:
        problems.append(Problem("KT320", item.line, Said(
            f"想定ケース「{text[:40]}」を読み取れません。「名前: 答え > 答え → 結末」のように書いてください。",
            f"The case '{text[:40]}' is not understood. Write it like 'name: answer > answer → outcome'.",
        )))  # fmt: skip
        return None
    given = tuple(a.strip() for a in re.split(r"[>＞]", answers) if a.strip())
    return Case(named[1].strip(), given, targets.way(target, item.line), through, item.line)
