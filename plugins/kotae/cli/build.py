"""kotae build: check, print both sites, scan, swap."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kotae.cli.options import as_of, language, today

BUSY = 75  # EX_TEMPFAIL: try again
_STAYS = {
    "ja": "公開しませんでした。前の内容がそのまま残っています。",
    "en": "Nothing was published; the last good site stays.",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument(
        "--out",
        type=Path,
        default=None,
        help="書き出し先(既定は ROOT/site) / where to write (default ROOT/site)",
    )
    parser.add_argument(
        "--audience", choices=("public", "internal"), help="片方だけ作る / build one audience only"
    )
    parser.add_argument("--lang", choices=("ja", "en"), help="1つの言語だけ作る / build one language only")
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで作る / build the site of that day"
    )
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")
    parser.add_argument(
        "--processes", type=int, default=0, metavar="N", help="使うプロセスの数 / how many processes"
    )
    parser.add_argument(
        "--offline",
        action="store_true",
        help="サーバーなしで開ける写しも作る(OUT/offline) / also make copies that open without a server",
    )
    parser.add_argument(
        "--redact",
        action="store_true",
        help="ページの言葉を出さない(公開のログ用) / no word of a page, for public logs",
    )


def run(args: argparse.Namespace) -> int:
    """Build; 0 published, 1 something to mend, 2 could not run, 75 another build is at work."""
    from kotae.cli.progress import Progress
    from kotae.output.lock import BusyError
    from kotae.output.swap import NotOursError
    from kotae.reports.redacted import redact
    from kotae.reports.text import render
    from kotae.site.build import AbsentError, LeakError, Order, build
    from kotae.site.delivery import deliver, offline_folder
    from kotae.site.engine import EngineError
    from kotae.site.watching import StuckError

    lang = language(args)
    if not args.root.is_dir():
        print(
            f"{args.root}: フォルダがありません。"
            if lang == "ja"
            else f"{args.root}: there is no such folder.",
            file=sys.stderr,
        )
        return 2
    audiences = (args.audience,) if args.audience else ("public", "internal")
    languages = (args.lang,) if args.lang else ()
    order = Order(
        args.root.resolve(),
        (args.out or args.root / "site").resolve(),
        today(args),
        audiences,
        languages,
        args.processes,
    )
    progress = Progress("作っています" if lang == "ja" else "Building")
    copies: dict[str, int] = {}
    try:
        built = build(order, progress)
        if built.published:
            copies = deliver(order, args.offline)
    except LeakError as error:
        progress.close()
        for leak in error.leaks[:20]:
            print((leak.redacted if args.redact else leak.said).in_(lang))
        print(_STAYS[lang])
        return 1
    except StuckError as error:
        progress.close()
        print(f"{error.said.in_(lang)}\n{_STAYS[lang]}")
        return 1
    except (AbsentError, EngineError, NotOursError, BusyError) as error:
        progress.close()
        said = getattr(error, "said", None)
        print(said.in_(lang) if said else error, file=sys.stderr)
        return BUSY if isinstance(error, BusyError) else 2
    if not built.published:
        print(render(redact(built.findings) if args.redact else built.findings, lang))
        print(_STAYS[lang])
        return 1
    _say(order.out, built.pages, built.findings, lang)
    for audience, count in copies.items():
        folder = offline_folder(order.out, audience)
        print(
            f"持ち出し用: {count}ページ → {folder}" if lang == "ja" else f"offline: {count} pages → {folder}"
        )
    return 0


def _say(out: Path, pages: dict[str, int], findings: tuple[object, ...], lang: str) -> None:
    names = {
        "public": ("ヘルプ", "help center", "help"),
        "internal": ("対応の手引き", "handbook", "handbook"),
    }
    for audience, count in pages.items():
        ja, en, folder = names[audience]
        print(
            f"{ja}: {count}ページ → {out / folder}"
            if lang == "ja"
            else f"{en}: {count} pages → {out / folder}"
        )
    if findings:
        print(
            f"もっと良くなるところが{len(findings)}件あります(kotae check)。"
            if lang == "ja"
            else f"{len(findings)} things could be better (kotae check)."
        )
