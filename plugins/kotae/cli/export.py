"""kotae export: the fields of all questions as a spreadsheet; `kotae import csv` takes the edits back."""

from __future__ import annotations

import argparse
from pathlib import Path

from kotae.cli.main import readable
from kotae.cli.options import language


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("kind", choices=("csv",), help="表計算 / a spreadsheet")
    parser.add_argument("file", type=Path, metavar="FILE", help="書き出すファイル / where to write")
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument(
        "--messages", choices=("ja", "en"), help="列の名前とメッセージの言語 / language of the columns"
    )


def run(args: argparse.Namespace) -> int:
    """Write the file."""
    root = readable(args.root)
    from kotae.content.library import load
    from kotae.scaffold.fields import text

    lang = language(args)
    made = text(load(root), lang)
    # Excel opens UTF-8 only with the mark.
    args.file.write_bytes(made.encode("utf-8-sig"))
    print(f"{args.file} に書き出しました。" if lang == "ja" else f"Written to {args.file}.")
    return 0
