"""Score the search on queries it was never tuned on, and on its own. Prints figures, not queries.

    python tests/search/score.py [--root DIR] [--as-of YYYY-MM-DD] [--own] [--show]

The held-out part stays held out only while nobody reads what went wrong in it: --show is for the day it is
given up and replaced by a new one.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kotae.content.library import Library, load
from kotae.search.dictionary import readings
from kotae.search.engine import Engine
from kotae.search.entries import Hit
from kotae.search.index import build
from kotae.search.pages import entries, quiet

HERE = Path(__file__).parent
_Z = 1.959964


@dataclass(frozen=True)
class Answered:
    """One query and what was found."""

    query: str
    kind: str
    lang: str
    pages: tuple[str, ...]
    hits: tuple[Hit, ...]

    def within(self, places: int) -> bool:
        """Tell whether a right page is among the first."""
        return any(hit.id in self.pages for hit in self.hits[:places])


def wilson(good: int, all_: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson's score)."""
    if not all_:
        return 0.0, 1.0
    p, z2 = good / all_, _Z * _Z
    middle, half = p + z2 / (2 * all_), _Z * math.sqrt(p * (1 - p) / all_ + z2 / (4 * all_ * all_))
    return (middle - half) / (1 + z2 / all_), (middle + half) / (1 + z2 / all_)


def engines(library: Library, today: date, audience: str = "public") -> dict[str, Engine]:
    """Return the engine of each language on the pages of ``library``."""
    return {
        lang: Engine(
            build(
                entries(library, audience, lang, today),
                library.desk.synonyms,
                readings=readings(),
                quiet=quiet(library),
            )
        )
        for lang in library.desk.settings.languages
    }


def answered(engine: dict[str, Engine], path: Path) -> list[Answered]:
    """Ask every query of a file."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    made = []
    for row in rows:
        pages = row.get("ページ", [])
        pages = [pages] if isinstance(pages, str) else pages
        hits = engine[row["言語"]].query(row["聞き方"], 8)
        made.append(Answered(row["聞き方"], row.get("種類", "all"), row["言語"], tuple(pages), tuple(hits)))
    return made


def line(name: str, asked: Iterable[Answered]) -> str:
    """Return one line of figures."""
    of = [a for a in asked if a.pages]
    first, three = sum(a.within(1) for a in of), sum(a.within(3) for a in of)
    low1, high1 = wilson(first, len(of))
    low3, high3 = wilson(three, len(of))
    none = sum(not a.hits for a in of)
    return (
        f"{name:12} n={len(of):3}  first {first / max(1, len(of)):6.1%} [{low1:.1%}, {high1:.1%}]"
        f"  in three {three / max(1, len(of)):6.1%} [{low3:.1%}, {high3:.1%}]  nothing {none}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--root", type=Path, default=HERE.parents[1])
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 22))
    parser.add_argument("--own", action="store_true", help="desk/queries.yml instead of the held-out part")
    parser.add_argument(
        "--show", action="store_true", help="name what went wrong (gives the held-out part up)"
    )
    args = parser.parse_args()
    engine = engines(load(args.root), args.as_of)
    path = args.root / "desk/queries.yml" if args.own else HERE / "heldout-queries.yml"
    asked = answered(engine, path)
    print(line("all", asked))
    for kind in sorted({a.kind for a in asked}):
        print(line(kind, [a for a in asked if a.kind == kind]))
    empty = [a for a in asked if not a.pages]
    if empty:
        sure = sum(any(h.sure for h in a.hits) for a in empty)
        print(f"no page answers {len(empty)}: {sure} show a sure result all the same")
    off = answered(engine, HERE / "offtopic-queries.yml")
    sure = [a for a in off if any(h.sure for h in a.hits)]
    low, high = wilson(len(sure), len(off))
    print(f"off topic    n={len(off)}  with a sure result {len(sure) / len(off):.1%} [{low:.1%}, {high:.1%}]")
    if args.show:
        for a in asked:
            if a.pages and not a.within(1):
                print(f"{a.query} {a.pages} <- {[h.id for h in a.hits[:3]]}")
        for a in sure if not args.own else ():
            print(f"off topic: {a.query} <- {[h.id for h in a.hits if h.sure]}")


if __name__ == "__main__":
    sys.exit(main())
