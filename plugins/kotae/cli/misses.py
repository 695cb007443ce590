"""kotae misses: what people searched for in vain becomes wordings, new pages and lines of desk/queries.yml."""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kotae.cli.main import CannotRunError, readable
from kotae.cli.options import as_of, today

if TYPE_CHECKING:
    from kotae.search.misses import Group

_FEWEST_FOR_A_PAGE = 2


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "file", type=Path, help="見つからなかった言葉(CSVかJSON) / queries in vain, CSV or JSON"
    )
    parser.add_argument("--root", type=Path, default=Path(), help="原稿のフォルダ / the repository")
    parser.add_argument(
        "--format",
        choices=("text", "patch"),
        default="text",
        help="patch は git apply で取り込めます / patch can be taken in with git apply",
    )
    parser.add_argument(
        "--lang", default="", help="言語が書かれていない行の言語 / language of rows without one"
    )
    parser.add_argument(
        "--as-of", type=as_of, metavar="YYYY-MM-DD", help="この日のつもりで探す / search as of that day"
    )


def run(args: argparse.Namespace) -> int:
    """Print what to write; 0 also when there is nothing to write."""
    root = readable(args.root)

    from kotae.content.library import load
    from kotae.search.misses import proposals, read_misses
    from kotae.search.tried import engine_of

    library = load(root)
    languages = library.desk.settings.languages
    try:
        misses = read_misses(args.file.read_bytes().decode("utf-8-sig"), args.lang or languages[0])
    except (ValueError, KeyError, json.JSONDecodeError, UnicodeDecodeError) as trouble:
        raise CannotRunError(
            f"{args.file} を読み取れません。「query,count」の見出しのあるCSVか、JSONにしてください。 / {args.file} cannot be read; give CSV with 'query,count' or JSON. ({trouble})"
        ) from None
    engines = {lang: engine_of(library, "public", lang, today(args)) for lang in languages}
    groups = proposals(library, misses, engines)
    if args.format == "patch":
        sys.stdout.write(patch(root, groups))
    else:
        _print(groups)
    return 0


def patch(root: Path, groups: list[Group]) -> str:
    """Return one unified diff: wordings into the pages that come nearest, stubs for the rest, lines for queries.yml."""
    after: dict[str, str] = {}

    def text(path: str) -> str:
        if path not in after:
            source = root / path
            after[path] = source.read_text(encoding="utf-8") if source.is_file() else ""
        return after[path]

    asked = ""
    for group in groups:
        queries = [miss.query for miss in group.misses]
        first = group.misses[0]
        if not group.path:
            # A draft answers nobody yet: its words become a test when it is published.
            if group.count >= _FEWEST_FOR_A_PAGE:
                after[_stub_path(root, group.topic, first.query, first.lang, after)] = _stub(
                    queries, first.lang
                )
            continue
        after[group.path] = with_wordings(text(group.path), queries)
        for miss in group.misses[:3]:
            asked += f"- 聞き方: {json.dumps(miss.query, ensure_ascii=False)}\n  ページ: {group.page}\n  言語: {miss.lang}\n"
    if asked:
        before = text("desk/queries.yml")
        after["desk/queries.yml"] = (before if before.endswith("\n") or not before else before + "\n") + asked
    return "".join(_diff(root, path, new) for path, new in sorted(after.items()))


def with_wordings(page: str, queries: list[str]) -> str:
    """Return the text of a page with ``queries`` added to its wordings; what it already says is not repeated."""
    lines = page.split("\n")
    at = next((n for n, line in enumerate(lines) if re.match(r"(?:聞かれ方|paraphrases):\s*$", line)), None)
    new = [f"  - {_scalar(query)}" for query in queries]
    if at is None:
        if lines[:1] != ["---"]:
            return "\n".join(["---", "聞かれ方:", *new, "---", *lines])
        return "\n".join([lines[0], "聞かれ方:", *new, *lines[1:]])
    end = at + 1
    while end < len(lines) and re.match(r"\s+-\s", lines[end]):
        end += 1
    known = {re.sub(r"^\s+-\s+", "", line).strip("\"'") for line in lines[at + 1 : end]}
    return "\n".join(
        [*lines[:end], *(n for n, q in zip(new, queries, strict=True) if q not in known), *lines[end:]]
    )


def _scalar(query: str) -> str:
    plain = re.match(r"[^\s\d\"'\[\]{}#&*!|>%@`,?:-]", query) and not re.search(r":\s|\s#|[()（）|｜]", query)
    return query if plain else json.dumps(query, ensure_ascii=False)


def _stub_path(root: Path, topic: str, query: str, lang: str, taken: dict[str, str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", query.lower()).strip("-")[:40] or "new-question"
    ending = ".en.md" if lang == "en" else ".md"
    path, number = f"faq/{topic}/{base}{ending}", 2
    while path in taken or (root / path).exists():
        path, number = f"faq/{topic}/{base}-{number}{ending}", number + 1
    return path


def _stub(queries: list[str], lang: str) -> str:
    listed = "".join(f"  - {_scalar(query)}\n" for query in queries)
    if lang == "en":
        return f"---\naudience: internal\nstatus: draft\nparaphrases:\n{listed}---\n# {queries[0]}\n"
    return f"---\n公開範囲: 社内だけ\n状態: 下書き\n聞かれ方:\n{listed}---\n# {queries[0]}\n"


def _diff(root: Path, path: str, new: str) -> str:
    source = root / path
    old = source.read_text(encoding="utf-8") if source.is_file() else ""
    lines = difflib.unified_diff(
        old.splitlines(keepends=True),
        new.splitlines(keepends=True),
        f"a/{path}" if old else "/dev/null",
        f"b/{path}",
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _print(groups: list[Group]) -> None:
    for group in groups:
        words = "、".join(f"「{miss.query}」{miss.count}" for miss in group.misses[:6])
        print(f"{group.count}件  {words}")
        if group.path:
            print(f"    → {group.path} の聞かれ方に足す / add to the wordings of '{group.title}'")
        else:
            print("    → 答えるページがありません。新しい質問にしますか? / no page answers; a new question?")
    print(
        "取り込むには: kotae misses FILE --format patch | git apply / to take it in: kotae misses FILE --format patch | git apply"
    )
