"""What of a folded text becomes a term of the index: character pairs for Japanese, words for Latin."""

from __future__ import annotations

import re

from kotae.search.folding import HIRAGANA, KANJI, KATAKANA, LATIN, hiragana, shape, stem

_RUN = re.compile(f"[{LATIN}]+|[{KANJI}{HIRAGANA}{KATAKANA}]+")
_LETTERS = re.compile(f"[{LATIN}]")
_NUMBER = re.compile("[0-9]+$")
_KANJI = re.compile(f"[{KANJI}]")
_STEM = re.compile(f"(?:^|[^{KANJI}])([{KANJI}])(?![{KANJI}])")
_NOT = re.compile(f"([{KANJI}])[{HIRAGANA}]{{0,4}}?(?:な[いくかけ]|ませ)")
_KANA = re.compile(f"[{HIRAGANA}{KATAKANA}]{{2,}}")
_HEAVY = re.compile(f"[{KANJI}]+|[{KATAKANA}]+|[{LATIN}]+")


def strong_terms(text: str) -> list[str]:
    """Every term of a wording: pairs, single kanji, words, a number with what it counts, what is denied."""
    found: list[str] = []
    shaped = shape(text)
    for run in _RUN.finditer(shaped):
        word = run.group()
        if _LETTERS.match(word):
            found.append(stem(word))
            number, end = _NUMBER.search(word), run.end()
            if number and end < len(shaped) and shaped[end] != " ":
                found.append(number.group() + hiragana(shaped[end]))
            continue
        folded = hiragana(word)
        found.extend(folded[i : i + 2] for i in range(len(folded) - 1))
        found.extend(_KANJI.findall(word))
        # 届かない and 届きません share only this: a kanji that is a word by itself, or its stem.
        found.extend(stem + "." for stem in _STEM.findall(word))
        # 入れない is not 入れたい: what does not happen is what people write about.
        found.extend(stem + "!" for stem in _NOT.findall(word))
    return found


def sounds(text: str) -> list[str]:
    """The terms of a text read aloud: kana alone tell words apart only three at a time."""
    found: list[str] = []
    for run in _KANA.findall(shape(text)):
        folded = hiragana(run)
        found.extend("+" + folded[i : i + 2] for i in range(len(folded) - 1))
        found.extend("+" + folded[i : i + 3] for i in range(len(folded) - 2))
    return found


def light_terms(text: str) -> list[str]:
    """The terms of running text: only what a reader would search for, no kana glue."""
    found: list[str] = []
    for run in _HEAVY.finditer(shape(text)):
        word = run.group()
        if _LETTERS.match(word):
            found.append(stem(word))
        else:
            folded = hiragana(word)
            found.extend(folded[i : i + 2] for i in range(len(folded) - 1))
    return found


def pieces(word: str) -> list[str]:
    """Parts of a Latin word, for a word still being typed or typed wrong."""
    if len(word) < 2:
        return []
    return ["^" + word[:2]] + ["~" + word[i : i + 3] for i in range(len(word) - 2)]


def words(text: str) -> list[str]:
    """The Latin words of a text as typed, before stemming; `pieces` are cut from these."""
    return [run for run in _RUN.findall(shape(text)) if _LETTERS.match(run)]
