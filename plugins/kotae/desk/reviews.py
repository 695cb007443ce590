"""desk/reviews: one small file per review, written by `kotae review`. Who, when, what was tried, and what was read.

A record is read line by line, not as general YAML: a busy desk has thousands of them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kotae.findings import Problem, Said

FOLDER = "desk/reviews"
TRIED = {
    "手順を画面で試した": "steps",
    "リンクを開いた": "links",
    "料金・日付を確かめた": "values",
}
_LINE = re.compile(r"(?:  - (?P<item>\[.*\])|(?P<key>[^\s:#][^:]*):(?: (?P<value>.*))?)")


@dataclass(frozen=True, slots=True)
class Record:
    """One review. ``text`` is the hash of what was read; ``sections`` and ``source`` are its sections and those of
    the page it was translated from, as ``freshness.meaning`` writes them; ``quotes`` is what stood in quotations."""

    file: str
    page: str
    id: str
    lang: str
    day: date
    by: str = ""
    tried: tuple[str, ...] = ()
    text: str = ""
    quotes: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    source: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """Kind, id and language of the page, which outlive its path."""
        return kind_of(self.page), self.id, self.lang


def kind_of(page: str) -> str:
    """Return the kind of document a path holds."""
    return {"faq": "faq", "playbooks": "playbook"}.get(page.split("/")[0], "page")


def load_reviews(root: Path) -> tuple[tuple[Record, ...], dict[str, tuple[Problem, ...]]]:
    """Read every record below ``root``, oldest first; never raises. Problems are given by path."""
    records: list[Record] = []
    problems: dict[str, tuple[Problem, ...]] = {}
    for path in sorted((root / FOLDER).glob("*/*.yml")):
        name = path.relative_to(root).as_posix()
        try:
            records.append(parse(name, path.read_text(encoding="utf-8-sig")))
        except (OSError, ValueError):
            said = Said(
                "見直しの記録を読み取れません。このファイルを消して、kotae review で書き直してください。",
                "This review record cannot be read. Remove it and write it again with 'kotae review'.",
            )
            problems[name] = (Problem("KT113", 1, said),)
    return tuple(sorted(records, key=lambda r: (r.day, r.file))), problems


def parse(name: str, text: str) -> Record:
    """Read one record; raises ValueError when it is none."""
    values: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    key = ""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.rstrip())
        if not match:
            raise ValueError(line)
        if match["item"]:
            items.setdefault(key, []).append(match["item"])
        else:
            key = match["key"].strip()
            values[key] = (match["value"] or "").strip()
    quotes = json.loads(values.get("引用") or "{}")
    tried = json.loads(values.get("試したこと") or "[]")
    if not isinstance(quotes, dict) or not isinstance(tried, list):
        raise ValueError(name)
    return Record(
        file=name,
        page=_needed(values, "ページ"),
        id=_needed(values, "id"),
        lang=_needed(values, "言語"),
        day=date.fromisoformat(_needed(values, "確認日")),
        by=values.get("確認した人", ""),
        tried=tuple(map(str, tried)),
        text=values.get("本文", ""),
        quotes={str(k): str(v) for k, v in quotes.items()},
        sections=tuple(items.get("節", ())),
        source=tuple(items.get("原文", ())),
    )


def _needed(values: Mapping[str, str], key: str) -> str:
    if not values.get(key):
        raise ValueError(key)
    return values[key]


def written(record: Record) -> str:
    """Return the text of a record's file."""

    def flow(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    lines = [
        "# kotae review が書きました。あとから書き換えず、見直すたびに新しい記録を足します。",
        f"ページ: {record.page}",
        f"id: {record.id}",
        f"言語: {record.lang}",
        f"確認日: {record.day.isoformat()}",
    ]
    if record.by:
        lines.append(f"確認した人: {record.by}")
    if record.tried:
        lines.append(f"試したこと: {flow(list(record.tried))}")
    lines.append(f"本文: {record.text}")
    if record.quotes:
        lines.append(f"引用: {flow(dict(sorted(record.quotes.items())))}")
    for key, sections in (("節", record.sections), ("原文", record.source)):
        if sections:
            lines += [f"{key}:", *(f"  - {each}" for each in sections)]
    return "\n".join(lines) + "\n"


def file_of(record: Record) -> str:
    """Return where a record is written: its own file, so that two reviews never meet in a merge."""
    stem = record.page.rpartition("/")[2].removesuffix(".md")
    mark = hashlib.sha256(written(record).encode()).hexdigest()[:8]
    return f"{FOLDER}/{record.day.year}/{record.day.isoformat()}-{stem}-{mark}.yml"
