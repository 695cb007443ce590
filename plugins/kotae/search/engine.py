"""The browser's engine, run from Python: what the build tests is the code the reader runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kotae.search.entries import Hit

# In the order in which they build on each other; the site ships them as one file.
PARTS = ("fold.js", "romaji.js", "reading.js", "wording.js", "engine.js")
_ASSETS = Path(__file__).parents[1] / "theme" / "assets" / "kotae" / "search"

_BRIDGE = """
var kotaeAnswer;
function kotaeOpen() {
  KotaeSearch.open("", function (name) {
    var text = kotaeFile(name + ".js");
    return text === null ? Promise.reject(new Error(name)) : Promise.resolve(text);
  }).then(function (engine) { globalThis.kotaeEngine = engine; });
}
function kotaeQuery(text, limit, filter) {
  kotaeAnswer = JSON.stringify({ error: "no answer" });
  kotaeEngine.query(text, limit, JSON.parse(filter)).then(
    function (hits) { kotaeAnswer = JSON.stringify({ hits: hits }); },
    function (error) { kotaeAnswer = JSON.stringify({ error: String(error) }); });
}
"""


class EngineMissingError(RuntimeError):
    """The optional library that runs the engine outside a browser is not installed."""


@cache
def script() -> bytes:
    """The engine as the site ships it: one classic script that defines `KotaeSearch`."""
    return b"".join((_ASSETS / part).read_bytes() for part in PARTS)


class Engine:
    """One index, opened once for any number of queries."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        try:
            # quickjs and its maintained successor quickjs-ng share this name.
            import quickjs  # type: ignore[import-untyped,import-not-found,unused-ignore]
        except ImportError as missing:
            raise EngineMissingError("quickjs-ng") from missing
        self._context: Any = quickjs.Context()
        self._context.add_callable("kotaeFile", lambda name: files[name].decode() if name in files else None)
        self._context.eval(script().decode())
        self._context.eval(_BRIDGE)
        self._context.eval("kotaeOpen()")
        self._settle()

    def query(self, text: str, limit: int = 8, **only: str) -> list[Hit]:
        """The best pages, best first; `only` narrows by type, topic or lang."""
        return [_hit(hit) for hit in self._raw(text, limit, only)]

    def explain(self, text: str, limit: int = 8, **only: str) -> list[dict[str, Any]]:
        """The same results with `why`: each word of the query, what it counts and how far it is held."""
        return self._raw(text, limit, only | {"explain": "yes"})

    def _raw(self, text: str, limit: int, only: dict[str, str]) -> list[dict[str, Any]]:
        # A lone surrogate is no text and cannot cross into the engine.
        clean = text.encode("utf-8", "replace").decode()
        self._context.get("kotaeQuery")(clean, limit, json.dumps(only))
        self._settle()
        answer: dict[str, Any] = json.loads(self._context.get("kotaeAnswer"))
        if "error" in answer:
            raise ValueError(f"{text}: {answer['error']}")
        hits: list[dict[str, Any]] = answer["hits"]
        return hits

    def _settle(self) -> None:
        while self._context.execute_pending_job():
            pass


def _hit(hit: dict[str, Any]) -> Hit:
    return Hit(
        id=hit["id"],
        type=hit["type"],
        lang=hit["lang"],
        topic=hit["topic"],
        title=hit["title"],
        asked=hit["asked"],
        asked_parts=tuple((part["text"], part["hit"]) for part in hit["askedParts"]),
        answer=hit["answer"],
        href=hit["href"],
        score=hit["score"],
        sure=hit["sure"],
    )


def search(files: Mapping[str, bytes], query: str, limit: int = 8) -> list[Hit]:
    """One query against one index; open an `Engine` for several."""
    return Engine(files).query(query, limit)
