"""kotae preflight URL: ask the handbook's address without a login, and the help center's for its headers."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

from kotae.cli.main import CannotRunError
from kotae.cli.options import language


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("url", metavar="URL", help="手引きのアドレス / the handbook's address")
    parser.add_argument("--public", metavar="URL", help="ヘルプのアドレス / the help center's address")
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Ask and print one line for each address; 0 all closed, 1 something can be read or is missing."""
    for address in filter(None, (args.url, args.public)):
        if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
            raise CannotRunError(
                f"{address}: https:// から始まるアドレスを書いてください。 / Write an address that begins with https://."
            )

    from kotae.outside.preflight import closed, sends_headers

    lang = language(args)
    lines = closed(args.url) + (sends_headers(args.public) if args.public else [])
    for line in lines:
        print(f"{'○' if line.good else '×'} {line.said.in_(lang)}")
    return 0 if all(line.good for line in lines) else 1
