"""Readings and normalized forms from Sudachi, where the builder has it: ``pip install kotae[sudachi]``.

Used only while an index is built; the browser carries no dictionary. Without it the list in spoken.py reads the
desk's common words, and a query in kana for a rarer word may miss.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

from kotae.findings import Said
from kotae.search.fields import Readings

ABSENT = Said(
    "Sudachiがないので、かなでの検索は登録ずみの言葉の読みだけで探します。pip install 'kotae[sudachi]' で、ほかの言葉の読みも加わります。",
    "Without Sudachi, queries in kana know the readings of common words only; pip install 'kotae[sudachi]' adds the rest.",
)


@cache
def readings() -> Readings | None:
    """Return what reads a wording aloud and writes it in its usual letters, or None without Sudachi."""
    try:
        tokenizer: Any = import_module("sudachipy").Dictionary(dict="small").create()
    except (ImportError, ModuleNotFoundError):
        return None

    @cache
    def read(text: str) -> Sequence[str]:
        # Sudachi refuses longer texts; no wording is that long.
        words = tokenizer.tokenize(text[:2000])
        return "".join(word.reading_form() for word in words), "".join(
            word.normalized_form() for word in words
        )

    return read
