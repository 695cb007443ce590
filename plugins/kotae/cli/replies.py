"""kotae replies: the reply texts for a ticket system's macros; --against tells what its macros no longer say right."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, language, today


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument("--format", choices=("csv", "json"), default="csv", help="書き方 / output format")
    parser.add_argument("--out", type=Path, metavar="FILE", help="書き出すファイル(なければ画面に) / where to write; else the terminal")  # fmt: skip
    parser.add_argument("--against", type=Path, metavar="FILE", help="前に書き出したファイルと比べ、違いがあれば1で終わる / compare with an earlier export; 1 when something differs")  # fmt: skip
    parser.add_argument("--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで書き出す / as of that day")  # fmt: skip
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Write the texts, or tell the drift; 1 when something drifted."""
    root, lang = readable(args.root), language(args)
    from kotae.content.library import load
    from kotae.scaffold.replies import UnreadableError, drift, read, replies, written

    found = list(replies(load(root), today(args)))
    code = 0
    if args.against:
        try:
            before = read(args.against.read_bytes().decode("utf-8-sig"))
        except (UnreadableError, UnicodeDecodeError) as error:
            raise CannotRunError(
                f"{args.against} は、kotae replies が書き出したファイルとして読めません。 / {args.against} cannot be read as an export of kotae replies."
            ) from error
        told = drift(before, found)
        code = 1 if told else 0
        if args.format == "json":
            rows = [asdict(d) for d in told]
            print(json.dumps({"drift": rows}, ensure_ascii=False, indent=1))
        elif told:
            print("\n".join(d.said.in_(lang) for d in told))
        else:
            print("文面は書き出したときのままです。" if lang == "ja" else "Every text is as it was exported.")
        if args.out is None:
            return code
    text = written(found, args.format)
    if args.out is None:
        sys.stdout.write(text)
        return 0
    # Excel opens UTF-8 only with the mark.
    args.out.write_bytes(text.encode("utf-8-sig" if args.format == "csv" else "utf-8"))
    said = f"{args.out} に{len(found)}件を書き出しました。", f"{len(found)} texts written to {args.out}."
    print(said[lang == "en"], file=sys.stderr)
    return code
