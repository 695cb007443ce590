"""kotae init: one's own company in five pages and a desk."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kotae.cli.main import CannotRunError
from kotae.cli.options import as_of, today

if TYPE_CHECKING:
    from kotae.scaffold.start import Company

PRIVATE = {
    "ja": "はじめに: このフォルダを置くリポジトリは、非公開にしてください。\n手引きと「社内メモ」は原稿の中にそのまま入っています。リポジトリを公開すると、社内の文章も公開されます。\n",
    "en": "First: keep the repository of this folder private.\nThe handbook and every internal note stand in it as plain text. If the repository is public, they are public.\n",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="作るフォルダ / the folder to make")
    parser.add_argument(
        "--lang", choices=("ja", "en"), default="ja", help="会社の言語 / language of the company"
    )
    parser.add_argument("--yes", action="store_true", help="質問せずに作る / ask nothing")
    parser.add_argument("--company", help="会社の名前 / name of the company")
    parser.add_argument("--product", help="製品の名前 / name of the product")
    parser.add_argument("--mail", help="メールアドレス / mail address for customers")
    parser.add_argument("--phone", help="電話番号 / phone number")
    parser.add_argument("--hours", help="平日の受付時間(9:30-18:00) / hours on weekdays")
    parser.add_argument("--url", help="ヘルプのアドレス / address of the help center")
    parser.add_argument("--repository", help="リポジトリのアドレス / address of the repository")
    parser.add_argument("--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日に作る / the day it is made")


def run(args: argparse.Namespace) -> int:
    """Write the folder; 2 when something stands there already."""
    folder: Path = args.folder
    lang: str = args.lang
    if folder.exists() and (not folder.is_dir() or any(e.name != ".git" for e in folder.iterdir())):
        raise CannotRunError(
            f"{folder} には、もうファイルがあります。空のフォルダか新しい名前を書いてください。 / {folder} already holds something; name a new or empty folder."
        )

    from importlib.metadata import version

    from kotae.scaffold.start import made

    print(PRIVATE[lang], flush=True)
    answers = _answers(args, None if args.yes or not sys.stdin.isatty() else input)
    for path, data in made(answers, lang, today(args), version("kotae")).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        if path.startswith("scripts/"):
            target.chmod(0o755)
    print(_next(folder, answers.mail, lang))
    return 0


def _answers(args: argparse.Namespace, ask: Callable[[str], str] | None) -> Company:
    """Return the answers: from the options, else asked for, else a company that everybody sees is an example."""
    from kotae.scaffold.start import QUESTIONS, Company, fault

    ja = args.lang == "ja"
    name = args.folder.resolve().name
    before = {
        "company": "自分の会社" if ja else "Our company",
        "product": name if fault("product", name) is None else ("ヘルプ" if ja else "Help"),
        "mail": "support@example.jp",
        "hours": "9:30-18:00",
    }
    values: dict[str, str] = {}
    for key, said in QUESTIONS:
        written = getattr(args, key)
        usual = before.get(key, "")
        while True:
            if written is None and ask is not None:
                shown = f" [{usual}]" if usual else ""
                value = ask(f"{said.in_(args.lang)}{shown}: ").strip() or usual
            else:
                value = usual if written is None else written.strip()
            wrong = fault(key, value)
            if wrong is None:
                break
            if written is not None or ask is None:
                raise CannotRunError(f"--{key} {value}: {wrong.ja} / {wrong.en}")
            print(wrong.in_(args.lang))
        values[key] = value
    return Company(**values)


def _next(folder: Path, mail: str, lang: str) -> str:
    example = mail.endswith("example.jp")
    if lang == "ja":
        later = (
            f"\nメールアドレスはまだ見本({mail})です。desk/contacts.yml を直してください。" if example else ""
        )
        return f"{folder} に、ページ5枚と desk/ を作りました。{later}\n\n次は:\n  cd {folder}\n  kotae serve        書きながら見る\n  kotae import csv   表計算の質問と答えを取り込む"
    later = f"\nThe mail address is still an example ({mail}): see desk/contacts.yml." if example else ""
    return f"{folder} now holds five pages and a desk.{later}\n\nNext:\n  cd {folder}\n  kotae serve        look while writing\n  kotae import csv   move in with a spreadsheet of answers"
