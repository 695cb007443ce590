"""What each part of a page is worth, term by term."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kotae.search.entries import Entry
from kotae.search.folding import HIRAGANA, KANJI, KATAKANA, LATIN, shape
from kotae.search.terms import light_terms, pieces, sounds, strong_terms, words

Readings = Callable[[str], Sequence[str]]
_KANJI = re.compile(f"[{KANJI}]")
Terms = Callable[[str], Iterable[str]]

# A question in the writer's or the customer's words says what a page is about; a long text
# only mentions things. So the first kinds count once however often they repeat a word.
WEIGHTS = {
    "title": 6.0,
    "paraphrases": 4.5,
    "extra": 2.5,
    "title synonyms": 3.0,
    "synonyms": 1.5,
    "title readings": 2.5,
    "readings": 2.0,
    "pieces": 2.0,
    "answer": 1.4,
    "headings": 1.2,
    "body": 0.45,
}
_LENGTH = 0.6
"""How much a body longer than the others is discounted, 0 to 1."""
_RARE, _USUAL = 0.45, 0.12
"""What a term counts that stands in one wording of very many, and the share of wordings from which it counts in full."""
_REPEATED = 4
"""How often a body may say a word for it to count more."""


class Synonyms:
    """The site's groups of words that mean the same."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._groups = [[(word, _finder(word)) for word in group] for group in groups]

    def of(self, wordings: Iterable[str]) -> list[str]:
        """The words a page's own wordings imply: the rest of every group they touch."""
        text = " ".join(shape(wording) for wording in wordings)
        found: list[str] = []
        for group in self._groups:
            said = [finder(text) for _, finder in group]
            if any(said):
                found.extend(word for (word, _), known in zip(group, said, strict=True) if not known)
        return found


def _finder(word: str) -> Callable[[str], bool]:
    """Finds a word in shaped text; a short one only by itself, エラ of エラー is not in えられます."""
    shaped = shape(word)
    for script in (LATIN, KATAKANA, HIRAGANA):
        if re.fullmatch(f"[{script}]+", shaped) and (script == LATIN or len(shaped) < 4):
            pattern = re.compile(f"(?<![{script}]){shaped}(?![{script}])")
            return lambda text: pattern.search(text) is not None
    return lambda text: bool(shaped) and shaped in text


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page ready for any index: what its terms count outside its body, and how often its body says each."""

    entry: Entry
    about: dict[str, float]
    body: Counter[str]


def prepare(entry: Entry, synonyms: Synonyms, readings: Readings) -> Prepared:
    """Work out the terms of a page; the work that does not depend on the other pages of an index."""
    fields = field_terms(entry, synonyms, readings)
    del fields["body"]
    return Prepared(entry, weights(fields), Counter(light_terms(entry.body)))


def says_the_same(one: Entry, other: Entry) -> bool:
    """Tell whether two entries differ at most in their bodies and in what only filters them."""
    return all(getattr(one, name) == getattr(other, name) for name in _TOLD)


_TOLD = ("id", "type", "lang", "title", "paraphrases", "extra", "answer", "headings")


def with_body(prepared: Prepared, entry: Entry) -> Prepared:
    """Return the same page as ``entry`` has it for another audience; what its body adds is counted alone."""
    before = prepared.entry.body
    if entry.body == before:
        return Prepared(entry, prepared.about, prepared.body)
    if before and entry.body.startswith(f"{before} "):
        body = prepared.body + Counter(light_terms(entry.body[len(before) :]))
    else:
        body = Counter(light_terms(entry.body))
    return Prepared(entry, prepared.about, body)


def said(count: int) -> float:
    """How much a term counts in a body that says it so often."""
    return float(min(count, _REPEATED) ** 0.5)


def field_terms(entry: Entry, synonyms: Synonyms, readings: Readings) -> dict[str, dict[str, float]]:
    """The terms of every field of a page and how much each counts there; the reasons behind its place in a result."""
    told = (entry.title, *entry.paraphrases)
    about = synonyms.of([entry.title])
    implied = [word for word in synonyms.of((*told, *entry.extra)) if word not in about]
    return {
        "title": _each([entry.title]),
        "paraphrases": _shared(entry.paraphrases, strong_terms),
        "extra": _each(entry.extra),
        "title synonyms": _each(about),
        "synonyms": _each([*implied, *_normal(told, readings)]),
        "title readings": _each(_read((entry.title, *about), readings), sounds),
        "readings": _shared([" ".join(_read([w], readings)) for w in (*entry.paraphrases, *implied)], sounds),
        "pieces": _each((*told, *entry.extra, *about, *implied), _pieces),
        "answer": _each([entry.answer], light_terms),
        "headings": _each([entry.headings], light_terms),
        "body": {term: said(count) for term, count in Counter(light_terms(entry.body)).items()},
    }


def _each(texts: Iterable[str], terms: Terms = strong_terms) -> dict[str, float]:
    return dict.fromkeys((term for text in texts for term in terms(text)), 1.0)


def _shared(texts: Sequence[str], terms: Terms) -> dict[str, float]:
    """Terms by the share of the wordings that use them: what nearly all say is what the page is about."""
    counts = Counter(term for text in texts for term in set(terms(text)))
    usual = max(1.0, _USUAL * len(texts))
    return {term: _RARE + (1 - _RARE) * min(1.0, count / usual) for term, count in counts.items()}


def _read(texts: Iterable[str], readings: Readings) -> list[str]:
    return [reading for text in texts for reading in (text, *readings(text))]


def _normal(texts: Iterable[str], readings: Readings) -> list[str]:
    """The usual spellings a dictionary gives beside the readings: 問い合わせ for 問合せ."""
    return [form for text in texts for form in readings(text) if _KANJI.search(form)]


def _pieces(text: str) -> list[str]:
    return [piece for word in words(text) for piece in pieces(word)]


def weights(fields: dict[str, dict[str, float]]) -> dict[str, float]:
    """One weight a term: the sum over its fields, the body left out."""
    total: dict[str, float] = {}
    for name, counts in fields.items():
        worth = WEIGHTS[name]
        for term, count in counts.items():
            total[term] = total.get(term, 0.0) + worth * count
    return total


def body_worth(body_length: float) -> float:
    """What a term in a body is worth, discounted by the body's length beside the usual one."""
    return WEIGHTS["body"] / (1 - _LENGTH + _LENGTH * body_length)
