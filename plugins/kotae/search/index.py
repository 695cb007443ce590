"""The index: a small directory, postings in shards, and what a result shows in chunks.

A query fetches the directory once, the shards of its own terms, and the chunks of its best
pages; the size of the site does not matter to it. Every file is a script of one call,
`KotaeSearchPart("name", JSON);`, so that it can be fetched as text over http and loaded as a
classic script where fetching is not allowed (file://).
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import defaultdict
from collections.abc import Sequence

from kotae.search.entries import Entry
from kotae.search.fields import Prepared, Readings, Synonyms, body_worth, prepare, said
from kotae.search.folding import shape
from kotae.search.postings import encode, impact, shard
from kotae.search.spoken import spoken

VERSION = 1
_SHARD_CHARACTERS = 3_500
_CHUNK_CHARACTERS = 1_500
_LEAST_SHARDS, _MOST_SHARDS = 8, 2048
# A word that every eighth page merely mentions decides nothing and would cost the most bytes.
_COMMON, _COMMON_AT_LEAST, _MENTION = 1 / 8, 50, 5

_STALE = 0.5  # an answer past its date never beats one that holds


def build(
    entries: Sequence[Entry],
    synonyms: Sequence[Sequence[str]] = (),
    readings: Readings | None = None,
    quiet: Sequence[str] = (),
) -> dict[str, bytes]:
    """Every file of the index by name; the same entries in any order give the same bytes.

    `readings` adds kana or other spellings of a wording (a dictionary, if the builder has one).
    `quiet` are words that say nothing on this site, such as the product's own name.
    """
    groups, told = Synonyms(synonyms), with_built_in(readings)
    return assemble([prepare(entry, groups, told) for entry in entries], quiet)


def assemble(prepared: Sequence[Prepared], quiet: Sequence[str] = ()) -> dict[str, bytes]:
    """Every file of the index of pages that were prepared before, in any order."""
    pages = sorted(
        prepared, key=lambda p: (p.entry.type, p.entry.topic, p.entry.lang, p.entry.id, p.entry.href)
    )
    ordered = [page.entry for page in pages]
    terms = _postings(pages)
    lines = {term: encode(_decisive(found, len(ordered))) for term, found in terms.items()}
    count = _LEAST_SHARDS
    while count * _SHARD_CHARACTERS < sum(map(len, lines.values())) and count < _MOST_SHARDS:
        count *= 2
    shards: list[dict[str, str]] = [{} for _ in range(count)]
    for term in sorted(lines):
        if lines[term]:
            shards[shard(term, count)][term] = lines[term]
    parts: dict[str, object] = {f"t{number}": terms for number, terms in enumerate(shards) if terms}
    starts, chunks = _chunks(ordered)
    parts |= {f"r{number}": chunk for number, chunk in enumerate(chunks)}
    files = {f"{name}.js": _script(name, part) for name, part in parts.items()}
    digest = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()[:12]
    directory = {
        "version": VERSION,
        "digest": digest,
        "documents": len(ordered),
        "shards": count,
        "empty": [number for number, terms in enumerate(shards) if not terms],
        "quiet": sorted({shape(word) for word in quiet} - {""}),
        "groups": _groups(ordered),
        "chunks": starts,
    }
    return {"directory.js": _script("directory", directory)} | files


def with_built_in(readings: Readings | None) -> Readings:
    """Return ``readings`` (a dictionary, if there is one) behind the words Kotae brings along."""
    if readings is None:
        return spoken
    return lambda text: [*spoken(text), *readings(text)]


def _postings(pages: Sequence[Prepared]) -> dict[str, array[int]]:
    """Documents and weights of every term, packed: millions of them fit in little memory."""
    lengths = [max(1.0, sum(map(said, page.body.values()))) for page in pages]
    usual = max(1.0, sum(lengths) / max(1, len(lengths)))
    found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, page in enumerate(pages):
        place, worth = number << 4, body_worth(lengths[number] / usual)
        about, body = page.about, page.body
        for term, weight in about.items():
            found[term].append(place | impact(weight + worth * said(body[term]) if term in body else weight))
        for term, count in body.items():
            if term not in about:
                found[term].append(place | impact(worth * said(count)))
    return found


def _decisive(found: array[int], documents: int) -> Sequence[int]:
    """Without mere mentions of a word that is everywhere."""
    if len(found) <= max(_COMMON_AT_LEAST, documents * _COMMON):
        return found
    return [packed for packed in found if packed & 15 > _MENTION]


def _chunks(entries: Sequence[Entry]) -> tuple[list[int], list[list[list[object]]]]:
    """What results show, a few neighbouring pages to a file, and where each file starts."""
    starts: list[int] = []
    chunks: list[list[list[object]]] = []
    room = 0
    for number, entry in enumerate(entries):
        record: list[object] = [entry.id, entry.title, entry.href, entry.answer, list(entry.paraphrases)]
        if entry.facets:
            record.append([[facet.kind, facet.label] for facet in entry.facets])
        size = len(entry.title) + len(entry.answer) + sum(map(len, entry.paraphrases)) * 2
        if size > room or not chunks:
            starts.append(number)
            chunks.append([])
            room = _CHUNK_CHARACTERS
        chunks[-1].append(record)
        room -= size
    return starts, chunks


def _groups(entries: Sequence[Entry]) -> list[list[object]]:
    """Type, topic, language and how many: pages are sorted by them, so filters cost nothing."""
    groups: list[list[object]] = []
    for entry in entries:
        key: list[object] = [entry.type, entry.topic, entry.lang]
        if not groups or groups[-1][:3] != key:
            groups.append([*key, 0])
        groups[-1][3] = int(str(groups[-1][3])) + 1
    return groups


def _script(name: str, part: object) -> bytes:
    text = json.dumps(part, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f'KotaeSearchPart("{name}",{text});\n'.encode()
