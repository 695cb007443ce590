"""kotae check: every page, every rule."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, language, today

if TYPE_CHECKING:
    from kotae.baseline import Baseline
    from kotae.checking import Report
    from kotae.content.library import Library


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATHS",
        help="見せるファイルやフォルダ / show only these files or folders",
    )
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help="別の設定で確かめる / settings of a repository not written for Kotae",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github", "junit", "html"),
        default="text",
        help="書き方 / output format",
    )
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで確かめる / judge as of that day"
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="もっと良くなるところがあっても終了コード1にする / exit 1 for warnings, too",
    )
    parser.add_argument("--messages", choices=("ja", "en"), help="メッセージの言語 / language of messages")
    parser.add_argument(
        "--all", action="store_true", help="5件ずつに区切らず全部見せる / show all, not five at a time"
    )
    parser.add_argument(
        "--changed", nargs="?", const="", metavar="BASE",
        help="変えたところと、それに関わるページだけ / only what a change touched and what depends on it",
    )  # fmt: skip
    parser.add_argument(
        "--redact",
        action="store_true",
        help="ページの言葉を出さない(公開のログ用) / no word of a page, for public logs",
    )
    parser.add_argument(
        "--baseline", type=Path, metavar="FILE", help="前からあるものは見せない / hide what FILE knows"
    )
    parser.add_argument(
        "--write-baseline",
        type=Path,
        metavar="FILE",
        help="今あるものを FILE に覚える(減るだけ) / remember what there is; it only shrinks",
    )
    parser.add_argument(
        "--fix", action="store_true", help="かたちだけの直しをする / mend what is safe to mend"
    )
    parser.add_argument(
        "--diff", action="store_true", help="--fix が直すところを見せる / show what --fix would change"
    )
    parser.add_argument(
        "--suggestions",
        type=Path,
        metavar="FILE",
        help="GitHubの提案を書く / write GitHub suggestions of what --fix would change",
    )


def run(args: argparse.Namespace) -> int:
    """Check and print; 0 nothing to mend, 1 something to mend."""
    root = readable(args.root)
    paths = tuple(_below(root, each) for each in args.paths)

    from kotae import checking
    from kotae.cli.progress import Progress
    from kotae.content.library import load
    from kotae.forking import cores, no_collecting
    from kotae.freshness.history import Git, with_history

    lang = language(args)
    progress = Progress("確かめています" if lang == "ja" else "Checking")
    with no_collecting():
        library = load(root, seen=progress, processes=cores(), settings_file=args.settings)
        if args.fix or args.diff or args.suggestions:
            progress.close()
            code = _fix(args, library, paths, lang)
            if code is not None:
                return code
            library = load(root, seen=progress, processes=cores(), settings_file=args.settings)
        library = with_history(library, Git(root), today(args))
        asked = checking.Asked(paths, *_change(args, library), _baseline(args.baseline))
        report = checking.report(library, today(args), asked, progress, cores())
    progress.close()
    if args.write_baseline:
        _remember(args.write_baseline, report)
    sys.stdout.write(_rendered(args, report, lang))
    return checking.exit_code(report.findings, strict=args.strict)


def _rendered(args: argparse.Namespace, report: Report, lang: str) -> str:
    from kotae.reports import github, html, json, junit, redacted, sarif, text

    findings, documents = report.findings, report.documents
    if args.redact:
        findings = redacted.redact(findings)
    if args.format == "json":
        return json.render(findings, lang, documents=documents)
    if args.format == "sarif":
        from importlib.metadata import version

        return sarif.render(findings, lang, version=version("kotae"))
    if args.format == "github":
        return github.render(findings, lang)
    if args.format == "junit":
        return junit.render(findings, lang, documents=documents)
    if args.format == "html":
        return html.render(findings, lang, documents=documents)
    known = text.held_back(report.known, report.mended, lang)
    return text.render(findings, lang, documents=documents, everything=args.all) + known


def _change(args: argparse.Namespace, library: Library) -> tuple[frozenset[str] | None, frozenset[str]]:
    if args.changed is None:
        return None, frozenset()
    from kotae.freshness.touched import NoBaseError, touched
    from kotae.links.dependents import concerned

    try:
        files = touched(library.root, args.changed)
    except NoBaseError as error:
        raise CannotRunError(
            f"比べる元 {error} が見つかりません。git の枝か版の名前を書いてください。 / There is no {error} to compare with; name a branch or commit."
        ) from None
    return files, concerned(library, files)


def _baseline(path: Path | None) -> Baseline | None:
    if path is None:
        return None
    from kotae.baseline import BaselineError, read

    try:
        return read(path.read_text(encoding="utf-8"))
    except (BaselineError, UnicodeDecodeError):
        raise CannotRunError(
            f"{path} を読み取れません。--write-baseline で作り直してください。 / {path} is no baseline; write it again with --write-baseline."
        ) from None


def _remember(path: Path, report: Report) -> None:
    from kotae.baseline import taken

    earlier = _baseline(path) if path.exists() else None
    path.write_text(taken(report.findings, earlier).text(), encoding="utf-8")


def _fix(args: argparse.Namespace, library: Library, paths: tuple[str, ...], lang: str) -> int | None:
    """Mend the pages, or show how; None when the check is to go on."""
    from kotae import fixing
    from kotae.checking import below

    hunks: dict[str, list[tuple[int, int, str]]] = {}
    for document in library:
        if paths and not below(document.path, paths):
            continue
        file = library.file(document.path)
        before = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
        after = fixing.fixed(document.path, before)
        if after == before:
            continue
        if args.diff:
            sys.stdout.write(fixing.diff(document.path, before, after))
        elif args.fix:
            fixing.write(file, after)
            print(f"{document.path} {'mended' if lang == 'en' else 'を整えました'}", file=sys.stderr)
        hunks[document.path] = fixing.hunks(before, after)
    if args.suggestions:
        from kotae.reports.github import suggestions

        args.suggestions.write_text(suggestions(hunks, lang), encoding="utf-8")
    return int(bool(hunks)) if args.diff else None


def _below(root: Path, written: str) -> str:
    """Return a path as findings name it; it may be written relative to here or to the root."""
    for base in (Path.cwd(), root):
        path = (base / written).absolute()
        if path.exists() and path.resolve().is_relative_to(root):
            return path.resolve().relative_to(root).as_posix()
    raise CannotRunError(f"{written} がありません。 / There is no {written} in the repository.")
