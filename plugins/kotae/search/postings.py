"""Postings as text: what each term found, where, and how much it counts there.

A posting is the step to the next document in digits of base 77, then one letter `a` to `o`
for its weight. The letter ends the number, so no length is stored and a step of one costs
nothing. Plain printable text: it lives in JSON, in a script file, and compresses well.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

WEIGHTS = "abcdefghijklmno"
# Printable ASCII without what JSON or HTML would have to escape, and without the weights.
DIGITS = "".join(c for c in map(chr, range(0x20, 0x7F)) if c not in WEIGHTS and c not in '"\\<')


def impact(weight: float) -> int:
    """A document's weight for one term as 1 to 15: full weight is approached, never passed."""
    return max(1, min(15, round(16 * weight / (2.0 + weight))))


def encode(postings: Iterable[int]) -> str:
    """Text of postings packed as `document * 16 + impact`, documents ascending."""
    out: list[str] = []
    last = -1
    for packed in postings:
        document = packed >> 4
        step, digits = document - last - 1, ""
        while step:
            step, digit = divmod(step, len(DIGITS))
            digits = DIGITS[digit] + digits
        out.append(digits + WEIGHTS[(packed & 15) - 1])
        last = document
    return "".join(out)


def shard(term: str, shards: int) -> int:
    """Which file a term lives in: FNV-1a over UTF-16 units, because JavaScript sees those."""
    value = 0x811C9DC5
    for unit in array("H", term.encode("utf-16-le")):
        value = ((value ^ unit) * 0x01000193) & 0xFFFFFFFF
    return (value ^ value >> 15) & (shards - 1)
