"""kotae plan: the reviews of the coming weeks, spread over working days."""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, language, today


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument(
        "--weeks", type=_weeks, default=13, metavar="N", help="何週間分か(既定は13) / how many weeks (13)"
    )
    parser.add_argument(
        "--format", choices=("text", "csv", "ics"), default="text", help="書き方 / output format"
    )
    parser.add_argument("--team", help="このチームの分だけ / this team only")
    parser.add_argument(
        "--views",
        type=Path,
        metavar="CSV",
        help="「ページ,回数」のCSV。よく見られるページを先にする / a CSV of page,views: often-read pages come first",
    )
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで組む / plan as of that day"
    )
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Print the plan; 0."""
    root = readable(args.root)
    views = read_views(args.views) if args.views else {}

    from kotae.content.library import load
    from kotae.freshness.history import Git, with_history
    from kotae.freshness.plan import plan
    from kotae.reports import plans

    lang, day = language(args), today(args)
    library = with_history(load(root), Git(root), day)
    made = plan(library, day, args.weeks, views)
    if args.team:
        team = library.desk.find("teams", args.team)
        if team is None:
            raise CannotRunError(
                f"チーム「{args.team}」は desk/teams.yml にありません。 / There is no team '{args.team}'."
            )
        made = [p for p in made if p.team is not None and p.team.id == team.id]
    settings = library.desk.settings
    name = (
        f"{settings.site_name} 見直しの予定"
        if lang == "ja"
        else f"{settings.site_name_en or settings.site_name}: reviews"
    )
    if args.format == "csv":
        sys.stdout.write(plans.table(made, lang))
    elif args.format == "ics":
        sys.stdout.write(plans.calendar(made, lang, day, name))
    else:
        sys.stdout.write(plans.text(made, lang))
    return 0


def read_views(path: Path) -> dict[str, int]:
    """Read a CSV of page (path or id) and number of views; a heading and lines without a number are passed over."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"{path} を開けません。 / {path} cannot be opened ({error}).") from None
    found: dict[str, int] = {}
    for row in csv.reader(text.splitlines()):
        if len(row) > 1 and row[1].strip().replace(",", "").isdecimal():
            page = row[0].strip().strip("/")
            found[page] = found.get(page, 0) + int(row[1].strip().replace(",", ""))
    return found


def _weeks(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 104:
        raise argparse.ArgumentTypeError("1-104")
    return int(text)
