"""kotae rename: move a page with its translations, its links and its id; as a whole or not at all."""

from __future__ import annotations

import argparse
from pathlib import Path

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, language, today


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("old", metavar="OLD", help="いまのページ(パスか名前) / the page: its path or stem")
    parser.add_argument("new", metavar="NEW", help="新しい場所(パス、ことがら/名前、名前) / where it goes")
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument("--dry-run", action="store_true", help="書かずに見せる / show, write nothing")
    parser.add_argument("--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで / as of that day")
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Move; 0 done, 2 when it cannot be done, and then nothing has changed."""
    root = readable(args.root)
    from kotae.content.library import load
    from kotae.scaffold import changes, moved, trial

    changes.recover(root)
    lang = language(args)
    library = load(root)
    try:
        document = moved.found(library, args.old)
        files = moved.files(library, document, *moved.target(library, document, args.new))
    except moved.CannotMoveError as error:
        raise CannotRunError(f"{error.said.ja} / {error.said.en}") from None
    worse = trial.worse(library, files, today(args))
    if worse:
        seen = "\n".join(f"  {f.path} {f.message.in_(lang)} ({f.rule})" for f in worse[:5])
        raise CannotRunError(
            f"移すと直すところが{len(worse)}か所できるので、何も変えませんでした。 / Moving it would break {len(worse)} things, so nothing was changed.\n{seen}"
        )
    if not args.dry_run:
        changes.apply(root, files)
    for path, data in sorted(files.items()):
        print(f"{'-' if data is None else '+' if path not in library.by_path else ' '} {path}")
    return 0
