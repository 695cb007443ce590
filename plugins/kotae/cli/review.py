"""kotae review: write down that somebody read a page, and what exactly was read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, language, today
from kotae.desk.reviews import TRIED


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "pages", nargs="+", metavar="PAGE", help="確かめたページ(ファイルか名前) / pages that were read"
    )
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument(
        "--by",
        metavar="WHO",
        help="確かめた人(名前かメール。既定は git のメール) / who (default: git's mail)",
    )
    parser.add_argument(
        "--tried",
        action="append",
        default=[],
        choices=[*TRIED, *TRIED.values()],
        help="試したこと(何度でも書ける。なくてもよい) / what was tried; may be repeated or left out",
    )
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="確かめた日(既定は今日) / the day it was read"
    )
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Write one record for each page; 0 written, 2 when a page or person is not known."""
    root = readable(args.root)

    from kotae.content.documents import Document
    from kotae.content.library import Library, load
    from kotae.desk.reviews import written
    from kotae.freshness.history import Git
    from kotae.freshness.sealing import person, sealed

    def find(library: Library, name: str) -> Document:
        for base in (Path.cwd(), root):
            path = (base / name).resolve()
            if path.is_relative_to(root) and path.relative_to(root).as_posix() in library.by_path:
                return library.by_path[path.relative_to(root).as_posix()]
        wanted = name.removesuffix(".md")
        found = [
            d
            for d in library
            if f"{d.id}.{d.lang}" in (wanted, f"{wanted}.{library.desk.settings.languages[0]}")
        ]
        if len(found) != 1:
            raise CannotRunError(
                f"「{name}」というページが{'いくつもあります' if found else 'ありません'}。ファイルの場所を書いてください。"
                f" / {'Several pages are' if found else 'No page is'} called {name}; write its path."
            )
        return found[0]

    lang, day = language(args), today(args)
    library = load(root)
    pages = [find(library, name) for name in args.pages]
    who = args.by or Git(root).mail()
    known = person(library, who)
    if args.by and known is None:
        raise CannotRunError(
            f"「{args.by}」は desk/teams.yml のメンバーにいません。名前かメールを teams.yml のとおりに書いてください。"
            f" / {args.by} is no member in desk/teams.yml."
        )
    member = known[0] if known else None
    by = (member.mail or member.name) if member else who
    names = {english: japanese for japanese, english in TRIED.items()}
    tried = list(dict.fromkeys(names.get(each, each) for each in args.tried))
    for document in pages:
        record = sealed(library, document, by, tried, day)
        target = root / record.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(written(record), encoding="utf-8", newline="\n")
        print(f"{document.path} → {record.file}")
    if not by or member is None:
        note = (
            "確かめた人が分かりません。desk/teams.yml にメールを足すか、--by で名前を書いてください。"
            if lang == "ja"
            else "Who read it is not known: add the mail to desk/teams.yml, or name a member with --by."
        )
        print(note, file=sys.stderr)
    return 0
