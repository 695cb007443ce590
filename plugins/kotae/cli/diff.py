"""kotae diff: what a change does to the playbooks, in words."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import language

if TYPE_CHECKING:
    from kotae.flow.difference import Change


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("base", metavar="BASE", help="比べる版(main、HEAD~1 など) / the git revision to compare with")  # fmt: skip
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="書き方 / output format")
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Print what changed since BASE; 0, or 2 when the revision cannot be read."""
    root, lang = readable(args.root), language(args)
    found, titles = _compared(root, args.base)
    if args.format == "json":
        rows = [
            {"path": path, "kind": c.kind, "line": c.line, "ja": c.said.ja, "en": c.said.en, "lines": c.lines}
            for path, changes in found.items()
            for c in changes
        ]
        print(json.dumps({"changes": rows}, ensure_ascii=False, indent=1))
    else:
        print(_told(found, titles, lang))
    return 0


def _compared(root: Path, base: str) -> tuple[dict[str, list[Change]], dict[str, str]]:
    from tempfile import TemporaryDirectory

    from kotae.content.library import load
    from kotae.flow.difference import differences
    from kotae.flow.parse import flows
    from kotae.site.evidence import RevisionError, at_revision

    with TemporaryDirectory(prefix="kotae-base-") as folder:
        try:
            at_revision(root, base, Path(folder))
        except RevisionError as error:
            raise CannotRunError(
                f"{base} の版を読めません({error})。 / The revision {base} cannot be read."
            ) from error
        before, after = flows(load(Path(folder))), flows(load(root))
        titles = {path: flow.document.title for each in (before, after) for path, flow in each.items()}
        return differences(before, after), titles


def _told(found: dict[str, list[Change]], titles: dict[str, str], lang: str) -> str:
    if not found:
        return "手順書の流れは変わりません。" if lang == "ja" else "No playbook works differently."
    lines = []
    for path, changes in found.items():
        lines.append(f"{titles[path]}  {path}")
        for change in changes:
            lines += [f"  {change.said.in_(lang)}", *(f"    {line}" for line in change.lines)]
    return "\n".join(lines)
