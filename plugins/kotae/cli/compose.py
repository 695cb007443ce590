"""kotae compose: the already-cut sources of one site, for another engine."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kotae.cli.main import readable
from kotae.cli.options import as_of, language, today


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--audience", choices=("public", "internal"), required=True, help="だれのため / for whom"
    )
    parser.add_argument("--lang", required=True, metavar="LANG", help="言語(ja など) / the language")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="書き出し先 / where to write")
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで書く / as of that day"
    )
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Check and write; 0 written, 1 something to mend, 2 could not run."""
    from kotae.checking import check
    from kotae.cli.main import CannotRunError
    from kotae.content.library import load
    from kotae.findings import Severity
    from kotae.output.lock import locked
    from kotae.output.swap import NotOursError
    from kotae.reports.text import render
    from kotae.site.build import Order, make_edition
    from kotae.site.compose import InternalWordsError, compose

    root, lang, day = readable(args.root), language(args), today(args)
    library = load(root)
    if args.lang not in library.desk.settings.languages:
        raise CannotRunError(
            f"言語 {args.lang} はありません({', '.join(library.desk.settings.languages)})。 / There is no language {args.lang}."
        )
    findings = check(library, day)
    if any(f.severity is Severity.ERROR for f in findings):
        print(render(findings, lang))
        return 1
    out = args.out.resolve()
    try:
        with locked(out):
            pages = compose(make_edition(library, Order(root, out, day)), args.audience, args.lang, out)
    except InternalWordsError as error:
        for hit in error.hits[:20]:
            print(hit.said.in_(lang))
        return 1
    except NotOursError as error:
        print(error.said.in_(lang), file=sys.stderr)
        return 2
    print(f"{pages}ページの原稿 → {out}" if lang == "ja" else f"{pages} pages of sources → {out}")
    return 0
