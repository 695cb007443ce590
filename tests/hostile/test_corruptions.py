"""Damaged pages never become public by the damage, and no damage that changes what a page says passes without a word.

KOTAE_CORRUPTIONS=10000 runs the full number (scripts/audit does).
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import yaml
from corrupting import AUDIENCES, corruptions

import casefile
from kotae.audience import is_public, visible
from kotae.checking import check
from kotae.content.documents import Document
from kotae.content.library import Library, load
from kotae.content.reading import parse_document
from kotae.desk.lists import Desk

PATH = "faq/billing/refund.md"
COUNT = int(os.environ.get("KOTAE_CORRUPTIONS", "1000"))


def plainly_public(data: bytes) -> bool:
    """Read the page as a person would, with another reader: the fields are plain YAML and one line says public."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return False
    match = re.match(r"---\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if match is None:
        return False
    said = re.findall(
        r"^['\"]?(?:公開範囲|audience)['\"]?[ \t\u3000]*:[ \t\u3000]+(.*?)[ \t\u3000]*(?:[ \t]#.*)?$",
        match[1],
        re.MULTILINE,
    )
    try:
        fields = yaml.load(match[1], getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, ValueError):
        return False
    if not isinstance(fields, dict):
        return False
    values = [
        str(v).strip().casefold() for k, v in fields.items() if str(k).strip() in ("公開範囲", "audience")
    ]
    # Once in each language is allowed when both say the same; once more than once in one language is not.
    return len(said) == len(values) and bool(values) and set(values) <= set(AUDIENCES["public"])


def meaning(document: Document) -> tuple[object, ...]:
    fields = {key: each.value for key, each in document.fields.items()}
    return (fields, document.common, document.tail)


def test_no_damage_makes_a_page_public_and_every_damage_is_told(tmp_path: Path) -> None:
    desk: Desk = load(casefile.Case([], casefile.TODAY, set()).write(tmp_path)).desk
    seen: Counter[str] = Counter()
    silent: list[bytes] = []
    leaks: list[bytes] = []
    for audience, whole, broken in corruptions(COUNT):
        before, after = parse_document(PATH, whole), parse_document(PATH, broken)
        library = Library(Path("/nowhere"), desk, (after,))
        public = visible(library, after, "public", casefile.TODAY)
        if public and not plainly_public(broken):
            leaks.append(broken)
        found = {f.rule for f in check(library, casefile.TODAY)}
        usual = {f.rule for f in check(Library(Path("/nowhere"), desk, (before,)), casefile.TODAY)}
        says = is_public(library, after)
        if found - usual:
            seen["told"] += 1
        elif says == (audience == "public") and (not says or plainly_public(broken)):
            seen["still says what it said"] += 1
        elif says and plainly_public(broken):
            seen["now plainly says public"] += 1
        elif not says and after.clean and "audience" in after.fields:
            seen["now plainly says internal"] += 1
        else:
            silent.append(broken)
        if meaning(before) == meaning(after):
            seen["means the same"] += 1
    print(f"{COUNT} corruptions: {dict(seen)}, {len(leaks)} leaks, {len(silent)} silent")
    assert leaks == []
    assert silent == []
    assert seen["told"] > COUNT // 2
