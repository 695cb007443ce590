"""kotae rules: list and explain the rules; write and prove the reference made from them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kotae.cli.main import CannotRunError
from kotae.cli.options import language


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", nargs="?", metavar="ID", help="1つだけ説明する(例: KT601) / explain one rule")
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")
    parser.add_argument(
        "--write", type=Path, metavar="DIR", help="リファレンスを書く / write the reference pages"
    )
    parser.add_argument(
        "--check",
        type=Path,
        metavar="DIR",
        help="リファレンスが新しいか確かめる / prove the reference pages fresh",
    )


def run(args: argparse.Namespace) -> int:
    """List, explain, write or prove; 1 when the reference is not fresh."""
    from kotae.rules.registry import RETIRED
    from kotae.scaffold import reference

    lang = language(args)
    if args.write:
        _write(args.write, reference.pages())
        return 0
    if args.check:
        return _check(args.check, reference.pages(), lang)
    if args.id:
        wanted = args.id.upper()
        found = next(
            (r for rules in reference.families().values() for r in rules if wanted in (r.id, r.name.upper())),
            None,
        )
        if found is None:
            gone = RETIRED.get(wanted, "")
            raise CannotRunError(f"{args.id} はありません。{gone} / There is no {args.id}. `kotae rules`")
        about = reference.explained(found)
        bad, good = ("Bad", "Good") if lang == "en" else ("直す前", "直したあと")
        said = found.sentence(lang)
        print(f"{found.id} {found.name} ({found.severity.value})\n{said}\n\n{about.why.in_(lang)}\n")
        print(f"{bad}:\n{reference.shown(about.bad)}\n\n{good}:\n{reference.shown(about.good)}")
        return 0
    for family, rules in reference.families().items():
        print(family)
        for each in rules:
            print(f"  {each.id} {each.name:<24} {each.severity.value:<8} {each.sentence(lang)}")
    return 0


def _write(folder: Path, pages: dict[str, str]) -> None:
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in _left_over(folder, pages):
        path.unlink()


def _check(folder: Path, pages: dict[str, str], lang: str) -> int:
    stale = [name for name, text in pages.items() if _read(folder / name) != text]
    stale += [path.relative_to(folder).as_posix() for path in _left_over(folder, pages)]
    for name in stale:
        said = (
            "is not fresh. Run: kotae rules --write"
            if lang == "en"
            else "が古くなっています。次で直ります: kotae rules --write"
        )
        print(f"{folder / name} {said} {folder}", file=sys.stderr)
    return int(bool(stale))


def _left_over(folder: Path, pages: dict[str, str]) -> list[Path]:
    # Only below rules/ and schemas/: every file there is ours, beside them others may stand.
    ours = [*(folder / "rules").glob("*.md"), *(folder / "schemas").glob("*.json")]
    return sorted(p for p in ours if p.relative_to(folder).as_posix() not in pages)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
