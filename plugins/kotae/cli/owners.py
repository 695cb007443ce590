"""kotae owners: load of each team, CODEOWNERS, and what somebody who leaves hands over."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, language, today


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true", help="CODEOWNERS を書く / write CODEOWNERS")
    what.add_argument(
        "--check",
        action="store_true",
        help="CODEOWNERS が今のとおりか確かめる / check that CODEOWNERS is as it should be",
    )
    what.add_argument(
        "--leaving", metavar="MEMBER", help="この人が引き継ぐものを並べる / what this member hands over"
    )
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで見る / as of that day"
    )
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Print or write; 0 done, 1 CODEOWNERS is not as it should be, 2 could not run."""
    root = readable(args.root)

    from kotae.content.library import load
    from kotae.freshness import codeowners, owners
    from kotae.freshness.history import Git, with_history
    from kotae.freshness.sealing import person
    from kotae.reports import teams

    lang, day = language(args), today(args)
    library = load(root)
    if args.write or args.check:
        path, text = codeowners.place(root)
        renewed = codeowners.renewed(text, codeowners.lines(library, day))
        if args.check:
            same = renewed == text
            if not same:
                print(
                    f"{path} が desk/ の担当と違います。kotae owners --write で書き直してください。"
                    if lang == "ja"
                    else f"{path} differs from the owners in desk/. Renew it with 'kotae owners --write'."
                )
            return int(not same)
        if renewed != text:
            (root / path).write_text(renewed, encoding="utf-8", newline="\n")
        print(path)
        return 0
    library = with_history(library, Git(root), day)
    if args.leaving:
        found = person(library, args.leaving)
        if found is None:
            raise CannotRunError(
                f"「{args.leaving}」は desk/teams.yml のメンバーにいません。 / {args.leaving} is no member in desk/teams.yml."
            )
        sys.stdout.write(teams.hand_over(owners.hand_over(library, found[0], day), lang))
        return 0
    pages = owners.held(library, day)
    alone = list(owners.alone(library, day, pages))
    sys.stdout.write(teams.loads(owners.loads(library, day, pages), alone, library.past is not None, lang))
    return 0
