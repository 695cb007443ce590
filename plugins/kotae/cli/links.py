"""kotae links: ask every site our pages lead to, slowly, and name the links that are gone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kotae.cli.main import readable
from kotae.cli.options import as_of, language, today

WORDS = {
    "broken": ("切れています", "is broken"),
    "failing": (
        "今回はつながりませんでした。日を変えて3回続いたら「切れています」と言います",
        "did not answer this time",
    ),
    "private": ("社内や手元のアドレスなので、確かめません", "is a private address and was not asked"),
    "unknown": ("断られたので、分かりません", "turned us away, so nothing is known"),
}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument(
        "--internal",
        action="store_true",
        help="社内の文章のリンクも確かめる(社内の機械だけで) / internal text, too; only from inside the company",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        metavar="FILE",
        help="結果を覚えるファイル(既定は ROOT/.kotae/links.json) / what earlier runs learned",
    )
    parser.add_argument("--as-of", type=as_of, metavar="YYYY-MM-DD", help=argparse.SUPPRESS)
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Ask what is due; 0 nothing is broken, 1 a link is."""
    root = readable(args.root)

    from kotae.content.library import load
    from kotae.outside.asking import Asker
    from kotae.outside.external import Known, check_external, external_links, read_known, write_known

    lang, day, library = language(args), today(args), load(root)
    cache = args.cache or root / ".kotae/links.json"
    places = external_links(library, day, args.internal).found
    asker = Asker(internal_hosts=frozenset(h.lower() for h in library.desk.settings.internal_hosts))
    before = {address: k for address, k in read_known(cache).items() if address in places}
    known = check_external(places, before, asker.ask, day)
    write_known(cache, known)
    for state, (ja, en) in WORDS.items():
        for address in (a for a in places if known[a].state == state):
            why = str(known[address].status or known[address].reason)
            where = ", ".join(f"{path}:{line}" for path, line in places[address][:3])
            print(f"{where} {address} {ja if lang == 'ja' else en} ({why})")
    if places and all(known[a] == before.get(a, Known()) and known[a].due(day) for a in places):
        print(
            "今日は、どこからも答えがありませんでした。この機械のネットワークを確かめてください。"
            if lang == "ja"
            else "Nobody answered today. See this machine's network.",
            file=sys.stderr,
        )
    broken = sum(k.state == "broken" for k in known.values())
    print(
        f"ほかのサイトへのリンク {len(known)}件、切れているもの {broken}件。"
        if lang == "ja"
        else f"{len(known)} links to other sites, {broken} broken."
    )
    return 1 if broken else 0
