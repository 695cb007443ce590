"""kotae search: ask the site's own search, with the engine that runs in the reader's browser."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, today


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("query", help="お客様の言葉 / what the customer types")
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument(
        "--audience",
        choices=("public", "internal"),
        default="public",
        help="ヘルプか手引きか / help center or handbook",
    )
    parser.add_argument("--lang", help="サイトの言語 / language of the site")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="書き方 / output format")
    parser.add_argument("--limit", type=int, default=8, help="何件まで / how many results")
    parser.add_argument("--explain", action="store_true", help="順番の理由も見せる / say why, word by word")
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで探す / search as of that day"
    )


def run(args: argparse.Namespace) -> int:
    """Search and print; 0 when something was found, 1 when nothing was."""
    root = readable(args.root)

    from kotae.content.library import load
    from kotae.search.dictionary import ABSENT, readings
    from kotae.search.tried import engine_of

    library = load(root)
    languages = library.desk.settings.languages
    lang = args.lang or languages[0]
    if lang not in languages:
        raise CannotRunError(
            f"言語「{lang}」のサイトはありません({'、'.join(languages)})。 / There is no site in '{lang}' ({', '.join(languages)})."
        )
    if args.limit < 1:
        raise CannotRunError("--limit は1以上で書いてください。 / --limit must be 1 or more.")
    hits = engine_of(library, args.audience, lang, today(args)).explain(args.query, args.limit)
    if args.format == "json":
        found = {"query": args.query, "results": [_plain(hit, args.explain) for hit in hits]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print(args.query, hits, args.explain)
        if args.explain and readings() is None:
            print(f"{ABSENT.ja} / {ABSENT.en}")
    return 0 if hits else 1


def _plain(hit: dict[str, Any], explain: bool) -> dict[str, Any]:
    told = {
        "id": hit["id"],
        "type": hit["type"],
        "title": hit["title"],
        "matched": hit["asked"] or hit["title"],
        "score": hit["score"],
        "sure": hit["sure"],
        "lang": hit["lang"],
    }
    return told | {"why": hit["why"]} if explain else told


def _print(query: str, hits: list[dict[str, Any]], explain: bool) -> None:
    if not hits:
        print(f"「{query}」では何も見つかりません。 / Nothing is found for '{query}'.")
    for place, hit in enumerate(hits, 1):
        mark = "" if hit["sure"] else " (近いだけ / only near)"
        print(f"{place}. {hit['title']}  [{hit['type']} {hit['id']}] {hit['score']:.2f}{mark}")
        if hit["asked"]:
            print(f"   「{hit['asked']}」")
        if explain:
            for word in hit["why"]:
                print(f"   {word['word']}: 重み {word['counts']:.2f} × {word['held']:.0%}")
