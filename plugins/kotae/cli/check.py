"""kotae check: every page, every rule."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, language, today


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATHS",
        help="見せるファイルやフォルダ / show only these files or folders",
    )
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="書き方 / output format")
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで確かめる / judge as of that day"
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="もっと良くなるところがあっても終了コード1にする / exit 1 for warnings, too",
    )
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")
    parser.add_argument(
        "--all", action="store_true", help="5件ずつに区切らず全部見せる / show all, not five at a time"
    )


def run(args: argparse.Namespace) -> int:
    """Check and print; 0 nothing to mend, 1 something to mend."""
    root = readable(args.root)
    paths = [_below(root, each) for each in args.paths]

    from kotae import checking
    from kotae.cli.progress import Progress
    from kotae.content.library import load
    from kotae.freshness.history import Git, with_history
    from kotae.reports import json, text

    lang = language(args)
    progress = Progress("確かめています" if lang == "ja" else "Checking")
    library = with_history(load(root, seen=progress), Git(root), today(args))
    report = checking.report(library, today(args), paths, progress)
    progress.close()
    if args.format == "json":
        rendered = json.render(report.findings, lang, documents=report.documents)
    else:
        rendered = text.render(report.findings, lang, documents=report.documents, everything=args.all)
    sys.stdout.write(rendered)
    return checking.exit_code(report.findings, strict=args.strict)


def _below(root: Path, written: str) -> str:
    """Return a path as findings name it; it may be written relative to here or to the root."""
    for base in (Path.cwd(), root):
        path = (base / written).absolute()
        if path.exists() and path.resolve().is_relative_to(root):
            return path.resolve().relative_to(root).as_posix()
    raise CannotRunError(f"{written} がありません。 / There is no {written} in the repository.")
