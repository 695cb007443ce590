"""kotae new: the start of a new question or playbook, where it belongs."""

from __future__ import annotations

import argparse
import re
from difflib import get_close_matches
from pathlib import Path

from kotae.cli.main import CannotRunError, readable

_STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("kind", choices=("faq", "playbook"), help="質問か手順書か / a question or a playbook")
    parser.add_argument("topic", metavar="TOPIC", help="ことがら(フォルダ) / topic, that is the folder")
    parser.add_argument("stem", metavar="STEM", help="ファイル名(例: refund-when) / the file's name")
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument("--lang", choices=("ja", "en"), help="言語 / language (default: the desk's first)")
    parser.add_argument("--title", default="", help="質問の見出し / the question")


def run(args: argparse.Namespace) -> int:
    """Write the page; 2 when it cannot be, or something stands there already."""
    root = readable(args.root)

    from kotae.desk.lists import load_desk
    from kotae.scaffold import page

    desk = load_desk(root)
    lang = args.lang or desk.settings.languages[0]
    if args.topic not in desk.topics:
        near = get_close_matches(args.topic, list(desk.topics), n=1)
        known = near[0] if near else ", ".join(desk.topics)
        raise CannotRunError(
            f"ことがら {args.topic} は desk/topics.yml にありません({known})。 / {args.topic} is no topic of desk/topics.yml ({known})."
        )
    if not _STEM.fullmatch(args.stem):
        raise CannotRunError(
            f"ファイル名 {args.stem} は、半角の英小文字・数字・ハイフンで書いてください。 / Write the name {args.stem} in lower-case letters, digits and hyphens."
        )
    path = page.path(args.kind, args.topic, args.stem, lang)
    text = page.text(args.kind, desk, args.topic, lang, " ".join(args.title.split()))
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise CannotRunError(f"{path} はもうあります。 / {path} is already there.") from None
    print(path)
    return 0
