"""Messages as text: filled with their examples, squeezed for comparing, and how much two are alike."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kotae.flow.messages import BLANK
from kotae.flow.model import Flow, Message


def filled(flow: Flow, message: Message) -> str:
    """Return the body with every item replaced by its example, or by its name."""
    examples = {name: item.example or item.name for item in flow.inputs for name in (item.name, *item.names)}
    return BLANK.sub(lambda m: examples.get(m[1], m[1]), message.body)


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """Return ``text`` as it is compared: widths alike, small letters, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def alike(texts: Sequence[str], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (earlier, later, share) for each text that shares ``least`` of its four-letter pieces with an earlier one.

    Only pieces that few texts share are looked up (prefix filter after Bayardo, Ma and Srikant, 2007), so that
    thousands of messages cost little more than one pass.
    """
    pieces = [frozenset(t[i : i + 4] for i in range(max(1, len(t) - 3))) for t in map(squeezed, texts)]
    often = Counter(piece for each in pieces for piece in each)
    holding: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(pieces):
        rare = sorted(each, key=lambda piece: (often[piece], piece))
        # Two sets this much alike must share a piece among the rarest of each.
        first = rare[: len(rare) - int(least * len(rare)) + 1]
        candidates = {other for piece in first for other in holding[piece]}
        for other in sorted(candidates):
            both = len(each & pieces[other])
            share = both / (len(each) + len(pieces[other]) - both)
            if share >= least:
                yield other, at, share
                break
        for piece in first:
            holding[piece].append(at)
