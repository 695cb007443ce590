"""Which sections of a translation may be older than the page they were made from. No writer has to note anything:
a review of the translation records what the source said, and the full history knows it without any review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.freshness.meaning import Difference, Section, decode, differences, sections
from kotae.freshness.review import records
from kotae.freshness.sealing import INTERNAL


@dataclass(frozen=True, slots=True)
class Behind:
    """One section of a translation: ``section`` counts from 0 (what stands above the first ``##``), ``line`` is its
    line in the file, ``changes`` is what changed in the source since, facts before wording."""

    section: int
    title: str
    line: int
    changes: tuple[Difference, ...]


def behind(library: Library, document: Document, today: date) -> tuple[Behind, ...]:
    """Return the sections of ``document`` whose source changed in meaning since they were written or reviewed."""
    source = library.source(document)
    then = _then(library, document, today) if source is not document else ()
    if not then:
        return ()
    now = _common(sections(source.common))
    changed: dict[int, list[Difference]] = {}
    for each in differences(then, now):
        changed.setdefault(each.section, []).append(each)
    if not changed:
        return ()
    heads = [(document.title, document.title_line)]
    heads += [(h.text, h.line) for h in document.outline.headings if h.level == 2]
    found: dict[int, list[Difference]] = {}
    for number, all_ in changed.items():
        # Sections correspond by their order; where there are fewer, the last one answers for the rest.
        found.setdefault(min(number, len(heads) - 1), []).extend(all_)
    return tuple(Behind(n, *heads[n], tuple(sorted(found[n]))) for n in sorted(found))


def _then(library: Library, document: Document, today: date) -> Sequence[Section]:
    """Return the source as it stood when the translation was last read; empty when nobody knows, or nothing moved."""
    kept = [r for r in records(library, document) if r.day <= today and r.source]
    past = (library.past or {}).get(document.path)
    if past is not None and (not kept or kept[-1].day < (past.changed or past.written)):
        return _common([decode(line) for line in past.source])
    return _common([decode(line) for line in kept[-1].source]) if kept else ()


def _common(found: Sequence[Section]) -> list[Section]:
    """Leave the internal section out: it need not be translated."""
    made: list[Section] = []
    for each in found:
        if each.title in INTERNAL:
            break
        made.append(each)
    return made
