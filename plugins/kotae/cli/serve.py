"""kotae serve: both sites on this machine, rebuilt at every save."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from kotae.cli.options import as_of, language, today


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument("--host", default="127.0.0.1", help="待ち受けるアドレス / address to listen at")
    parser.add_argument("--port", type=int, default=8000, help="ポート / port")
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで見る / show the site of that day"
    )
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C; 2 when the folder is missing or the port is taken."""
    from kotae.site.build import Order
    from kotae.site.preview import serve

    lang = language(args)
    if not args.root.is_dir():
        print(
            f"{args.root}: フォルダがありません。"
            if lang == "ja"
            else f"{args.root}: there is no such folder.",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory(prefix="kotae-serve-") as folder:
        try:
            serve(
                Order(args.root.resolve(), Path(folder), today(args)),
                args.host,
                args.port,
                lang,
                lambda line: print(line, flush=True),
            )
        except OSError as error:
            print(f"{args.host}:{args.port}: {error.strerror or error}", file=sys.stderr)
            return 2
    return 0
