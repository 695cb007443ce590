"""kotae verify --site DIR: search a finished public site for everything internal, whatever engine made it."""

from __future__ import annotations

import argparse
from pathlib import Path

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, language, today


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--site", type=Path, required=True, metavar="DIR", help="公開するフォルダ / the folder to publish"
    )
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument(
        "--theme", type=Path, action="append", default=[], metavar="DIR",
        help="そのままサイトに出るひな形のフォルダ(言葉は秘密ではない) / templates of the other engine; what they say is no secret",
    )  # fmt: skip
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで確かめる / judge as of that day"
    )
    parser.add_argument(
        "--redact",
        action="store_true",
        help="見つけた言葉を出さない(公開のログ用) / name no internal word, for public logs",
    )
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Search; 0 nothing internal in it, 1 something is, or a file cannot be searched, 2 could not run."""
    from kotae.content.library import load
    from kotae.forking import cores
    from kotae.site.scan import count_files, fingerprints, scan
    from kotae.site.wall.fingerprints import THEME

    if not args.site.is_dir():
        raise CannotRunError(
            f"フォルダ {args.site} がありません。公開するフォルダを --site に書いてください。 / There is no folder {args.site}; name the folder to publish with --site."
        )
    site, root, lang = readable(args.site), readable(args.root), language(args)
    themes = [THEME, *(readable(theme) for theme in args.theme)]
    patterns = fingerprints(load(root, processes=cores()), today(args), themes)
    hits = scan(site, patterns, cores())
    for hit in hits:
        print((hit.redacted if args.redact else hit.said).in_(lang))
    files = count_files(site)
    if not files or not patterns.phrases:
        # An empty folder, or the wrong one: silence must not read as proof.
        print(
            "調べるものがありません。--site と --root を確かめてください。"
            if lang == "ja"
            else "There is nothing to search. See --site and --root."
        )
        return 2
    if not hits:
        print(
            f"{files}個のファイルに、社内だけの言葉({len(patterns.phrases)}件)はありません。"
            if lang == "ja"
            else f"None of {len(patterns.phrases)} internal phrases stands in {files} files."
        )
    return int(bool(hits))
