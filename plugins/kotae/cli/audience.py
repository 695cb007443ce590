"""kotae audience: who sees every document; with --diff, what a change makes public, word for word."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, language, today

if TYPE_CHECKING:
    from kotae.site.evidence import Change, Seen

_NAMES = {
    "public": ("お客様", "customers"), "internal": ("社内だけ", "internal"),
    "nobody": ("だれにも出ない", "nobody"), "absent": ("なし", "absent"),
}  # fmt: skip


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument(
        "--diff", metavar="BASE",
        help="この版から、公開になるもの・公開でなくなるもの / what became public, or stopped being so, since a git revision",
    )  # fmt: skip
    parser.add_argument("--format", choices=("text", "json"), default="text", help="書き方 / output format")
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで答える / answer as of that day"
    )
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Print the list, or the changes; 0, or 2 when the revision cannot be read."""
    from kotae.content.library import load
    from kotae.site.evidence import audiences

    root, lang, day = readable(args.root), language(args), today(args)
    library = load(root)
    if args.diff is None:
        seen = audiences(library, day)
        print(_json({"documents": [asdict(s) for s in seen]}) if args.format == "json" else _list(seen, lang))
        return 0
    found = _compared(root, args.diff, library, day)
    print(_json({"changes": [asdict(c) for c in found]}) if args.format == "json" else _told(found, lang))
    return 0


def _compared(root: Path, base: str, library: object, day: object) -> list[Change]:
    from tempfile import TemporaryDirectory

    from kotae.content.library import load
    from kotae.site.evidence import RevisionError, at_revision, changes

    with TemporaryDirectory(prefix="kotae-base-") as folder:
        try:
            at_revision(root, base, Path(folder))
        except RevisionError as error:
            raise CannotRunError(
                f"{base} の版を読めません({error})。 / The revision {base} cannot be read."
            ) from error
        return changes(load(Path(folder)), library, day)  # type: ignore[arg-type]  # imported only when asked


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _name(audience: str, lang: str) -> str:
    return _NAMES[audience][lang == "en"]


def _list(seen: list[Seen], lang: str) -> str:
    lines = [f"{_name(s.audience, lang)}\t{s.path}\t{s.title}" for s in seen]
    counts = {a: sum(s.audience == a for s in seen) for a in ("public", "internal", "nobody")}
    return "\n".join([*lines, " · ".join(f"{_name(a, lang)} {n}" for a, n in counts.items())])


def _told(found: list[Change], lang: str) -> str:
    if not found:
        return (
            "公開範囲は変わりません。"
            if lang == "ja"
            else "Nothing becomes public, and nothing stops being so."
        )
    lines = []
    for each in found:
        lines.append(f"{each.path}  {_name(each.before, lang)} → {_name(each.after, lang)}  {each.title}")
        if each.text and each.before == "public":
            lines.append(
                "  社内だけだった次の行が公開されます。"
                if lang == "ja"
                else "  Lines that were internal go out:"
            )
        elif each.text:
            lines.append("  次の文章が公開されます。" if lang == "ja" else "  This text goes out:")
        lines += [f"  | {line}" for line in each.text.splitlines()]
    return "\n".join(lines)
