"""kotae import: move in from a spreadsheet or from exported articles."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, language, today

if TYPE_CHECKING:
    from kotae.content.library import Library
    from kotae.findings import Finding
    from kotae.scaffold.moving import Plan
    from kotae.scaffold.rows import Item
    from kotae.scaffold.spreadsheet import Sheet

BASELINE = "desk/baseline.json"
_MOST_HTML = 50_000_000


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "kind", choices=("csv", "html"), help="表計算か、記事のHTMLか / a spreadsheet or articles"
    )
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="CSV、xlsx、HTML、HTMLのフォルダ / what to take in",
    )
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument("--topic", default="", help="分類の名前(HTML) / topic of the articles")
    parser.add_argument(
        "--dry-run", action="store_true", help="書かずに、記録だけ見せる / show the report, write nothing"
    )
    parser.add_argument("--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで / as of that day")
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")


def run(args: argparse.Namespace) -> int:
    """Take in; 0 the repository is publishable, 1 something is to mend, 2 nothing could be read."""
    root = readable(args.root)
    from kotae.content.library import load
    from kotae.scaffold.changes import recover

    recover(root)
    library = load(root)
    if any(p.rule == "KT113" for p in library.desk.problems.get("desk/topics.yml", ())):
        raise CannotRunError(
            "desk/topics.yml を読み取れません。kotae init で始めるか、先に直してください。 / desk/topics.yml cannot be read; start with kotae init, or mend it first."
        )
    if args.kind == "csv":
        return _spreadsheets(args, library)
    return _articles(args, library)


def _spreadsheets(args: argparse.Namespace, library: Library) -> int:
    from kotae.scaffold.fields import NAMES
    from kotae.scaffold.spreadsheet import UnreadableError, read

    code = 0
    for path in args.files:
        try:
            sheet = read(path, NAMES)
        except UnreadableError as error:
            raise CannotRunError(f"{path}: {error.said.ja} / {error.said.en}") from None
        if "file" in sheet.known:
            code = max(code, _edit(args, library, sheet))
            continue
        missing = [ja for key, ja in (("question", "質問"), ("answer", "答え")) if key not in sheet.known]
        if missing:
            seen = "、".join([*sheet.known.values(), *sheet.others]) or "-"
            raise CannotRunError(
                f"{path}: 列「{'」「'.join(missing)}」がありません(1行目にあるのは {seen})。 / The first row must name the columns 'question' and 'answer'; it names {seen}."
            )
        from kotae.scaffold.rows import from_sheet

        code = max(code, _take_in(args, library, from_sheet(sheet), path.name, _others(sheet)))
    return code


def _others(sheet: Sheet) -> tuple[str, ...]:
    fields = tuple(name for key, name in sheet.known.items() if key.startswith("field:") or key == "version")
    return (*fields, *sheet.others)


def _articles(args: argparse.Namespace, library: Library) -> int:
    from kotae.scaffold.articles import gather, name_of, pictures

    found = gather(args.files, args.topic, _MOST_HTML)
    for name in found.unread:
        print(f"{name}: HTMLの記事ではないので、読んでいません。 / It is no HTML article and was not read.")
    if not found.items:
        raise CannotRunError("HTMLの記事が見つかりません。 / No HTML article was found.")
    return _take_in(args, library, found.items, name_of(args.files), (), lambda made: pictures(found, made))


def _take_in(
    args: argparse.Namespace,
    library: Library,
    items: list[Item],
    name: str,
    others: tuple[str, ...],
    beside: Callable[[Plan], dict[str, bytes]] = lambda made: {},
) -> int:
    from kotae.scaffold import changes, moving, told, trial

    lang, day = language(args), today(args)
    made = moving.plan(library, items)
    findings, elsewhere = trial.settled(library, made, day, beside)
    report = told.report(made, name, others, elsewhere, lang)
    if args.dry_run:
        print(report, end="")
        return int(bool(elsewhere))
    files: dict[str, bytes | None] = {**moving.files(library, made), **beside(made)}
    if made.pages:
        files[BASELINE] = _baseline(library.root, findings, frozenset(made.pages))
    if made.pages or any(t.held or t.notes for t in made.told):
        files[told.PATH] = report.encode()
    changes.apply(library.root, files)
    print(told.summary(made, lang))
    if told.PATH in files:
        print(f"{'くわしくは' if lang == 'ja' else 'see'} {told.PATH}")
    for each in elsewhere[:5]:
        print(f"{each.path} {each.message.in_(lang)} ({each.rule})")
    return int(bool(elsewhere))


def _baseline(root: Path, findings: tuple[Finding, ...], pages: frozenset[str]) -> bytes:
    """Remember what the new pages could do better, beside what the baseline knew before."""
    from kotae import baseline

    try:
        earlier = baseline.read((root / BASELINE).read_text(encoding="utf-8")).counts
    except (OSError, baseline.BaselineError):
        earlier = {}
    new = baseline.taken(f for f in findings if f.path in pages).counts
    old = {key: count for key, count in earlier.items() if key[0] not in pages}
    return baseline.Baseline({**old, **new}).text().encode()


def _edit(args: argparse.Namespace, library: Library, sheet: Sheet) -> int:
    from kotae.scaffold import changes, fields

    lang = language(args)
    edits = fields.edits(library, sheet)
    for number, said in edits.told:
        print(f"{number}行目 {said.ja}" if lang == "ja" else f"row {number}: {said.en}")
    if not args.dry_run:
        changes.apply(library.root, dict(edits.files))
    print(
        f"{len(edits.files)}ページを書き換えました。"
        if lang == "ja"
        else f"{len(edits.files)} pages were changed."
    )
    return int(bool(edits.told))
