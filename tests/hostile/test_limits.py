"""What would hold up a whole site is counted and named in the blink of an eye; what passes the count is printed in seconds."""

from __future__ import annotations

import os
import resource
import time
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kotae.checking import check
from kotae.content.library import Library, load
from kotae.content.reading import parse_document
from kotae.content.weight import Limits, too_heavy
from kotae.site.edition import Edition, load_words
from kotae.site.engine import load_engine
from kotae.site.press import Press
from workshop import DAY, REPOSITORY, SITES

HEAD = (
    "---\n公開範囲: お客様に公開\n---\n# 返金はできますか？\n\nはい。30日以内なら、全額を返金いたします。\n\n"
)
MOST_SECONDS, MOST_MEMORY = 5, 512 * 1024
TODAY = date.fromisoformat(DAY)


def lines(text: str, each: int, count: int) -> str:
    return (text * each + "\n") * count


HEAVY = {
    "20,000 brackets in one line": "[" * 20_000,
    "20,000 brackets in lines": lines("[", 100, 200),
    "open pictures": lines("![", 200, 50),
    "open brackets before a long paragraph": "[" * 400 + "\n" + lines("あ", 99, 300),
    "open addresses": lines("[a](b", 90, 20),
    "open pointed addresses": lines("[a](<b", 80, 20),
    "300 nested lists": "".join(" " * 4 * n + "- a\n" for n in range(300)),
    "300 nested lists, narrow": "".join(" " * 2 * n + "- a\n" for n in range(300)),
    "300 nested lists in one line": "- " * 300 + "a",
    "300 nested numbers": "".join(" " * 4 * n + "1. a\n" for n in range(300)),
    "300 nested quotations": "\n".join(">" * n + " a" for n in range(1, 300)),
    "5,000 quotations in one line": ">" * 5000 + " a",
    "100,000 open tags": "<b>" * 100_000,
    "100,000 tags in lines": "<div>\n" * 100_000,
    "100,000 closed tags": lines("<b></b>", 100, 1000),
    "10 MB": "あいうえお\n" * 655_360,
    "a line of 200,000 characters": "あ" * 200_000,
    "200,000 lines": "a\n" * 200_000,
    "5,000 headings": "## a\n" * 5000,
    "5,000 rules": "---\n" * 5000,
    "a table of 400,000 cells": "|".join("a" * 2000) + "\n" + "|".join("-" * 2000) + "\n" + ("a|" * 2000 + "\n") * 200,
    "quotations of 198,000 lists": lines("- ", 20, 4000),
    "100,000 fences": "```\na\n```\n" * 3300,
    "back ticks": lines("`a ", 100, 300),
    "includes": lines("{{値:a}} ", 50, 200),
}  # fmt: skip
# The patterns of PYSEC-2026-3654 and their kin: caret, tilde, emphasis, marks, magic links, code, entities.
SLOW_PATTERNS = (
    "*a ", "**a ", "***a** b*", "_a ", "__a ", "_a*", "~a ", "~~a ", "~a~~", "^a ", "^^a ", "==a ", "`a ", "``a", "&a;", "&#1", "\\[", "!",
    "[x ] ", "![x] ", "[a](b) ", "[a][b] ", "[^a] ", "<a href=x>", "<b>", "<![CDATA[", "<?", "<!--", "{{ ", "http://a ", "www.a.", "a@b.c ",
    "a@", "{: #a } ", '"a" ', "(c)", ":a:", "a:b ", "| a ", "-- ", "*_", "**__", "~^",
)  # fmt: skip


@cache
def press() -> Press:
    return Press(Edition(load(SITES / "small"), TODAY, load_engine(REPOSITORY, "public"), load_words()))


def in_a_child(data: bytes) -> tuple[float, int, bool]:
    """Read, check and print one page in a process of its own: processor seconds, memory in KiB, whether it was printed."""
    made, library = press(), press().edition.library
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        began = time.process_time()
        document = parse_document("faq/login/x.md", data)
        check(replace(library, documents=(*library.documents, document)), TODAY)
        printed = not document.problems
        if printed:
            made.parts(document)
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        os.write(writer, f"{time.process_time() - began} {used} {int(printed)}".encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read().split()
    assert os.waitpid(pid, 0)[1] == 0
    return float(said[0]), int(said[1]), said[2] == "1"


@pytest.mark.parametrize("kind", HEAVY)
def test_a_page_too_heavy_is_one_finding_in_no_time(kind: str) -> None:
    data = (HEAD + HEAVY[kind] + "\n").encode()
    document = parse_document("faq/login/x.md", data)
    assert [p.rule for p in document.problems] == ["KT115"]
    assert document.problems[0].line >= 1
    seconds, memory, _ = in_a_child(data)
    assert seconds < MOST_SECONDS
    assert memory < MOST_MEMORY


def test_every_other_page_is_still_checked(tmp_path: Path) -> None:
    folder = tmp_path / "faq/login"
    folder.mkdir(parents=True)
    for number, text in enumerate(HEAVY.values()):
        (folder / f"heavy-{number}.md").write_text(HEAD + text + "\n", encoding="utf-8")
    (folder / "good.md").write_text(HEAD + "[なし](nowhere.md)\n", encoding="utf-8")
    library = load(tmp_path)
    found = check(library, TODAY)
    assert {f.path for f in found if f.rule == "KT115"} == {
        f"faq/login/heavy-{n}.md" for n in range(len(HEAVY))
    }
    assert [f.line for f in found if f.rule == "KT901" and f.path == "faq/login/good.md"] == [8]


@pytest.mark.parametrize("pattern", SLOW_PATTERNS)
def test_what_passes_the_count_is_printed_in_seconds(pattern: str) -> None:
    most = Limits()
    each = min(most.marks // 10 // max(pattern.count(c) for c in set(pattern)), most.line // len(pattern))
    text, step = "", lines(pattern, each, 1)
    for count in (1000, 300, 100, 40, 20, 10, 5, 2, 1):
        text = HEAD + step * count
        if len(text.encode()) <= most.size and too_heavy(text, most) is None:
            break
    seconds, memory, _ = in_a_child(text.encode())
    assert seconds < MOST_SECONDS
    assert memory < MOST_MEMORY


def test_bombs_in_the_fields_are_findings(tmp_path: Path) -> None:
    bombs = {
        "alias": "a: &a [x, x, x, x]\n" + "".join(f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, x]\n" for n in range(50)),
        "merge": "x: &x {a: 1}\n" + "".join(f"y{n}: &y{n}\n  <<: [*x, *x]\n" for n in range(50)),
        "nested": "関連: " + "[" * 390,
        "keys": "".join(f"確認{n}: a\n" for n in range(3000)),
        "a long key": "確認" * 4000 + ": a\n",
        "names": "聞かれ方:\n" + "".join(f"  - パスワード(を|が|は|も|の)(忘れた|違う|ない){n}\n" for n in range(3000)),
    }  # fmt: skip
    for fields in bombs.values():
        data = f"---\n公開範囲: お客様に公開\n{fields}---\n# 返金はできますか？\n\nはい。\n".encode()
        seconds, memory, _ = in_a_child(data)
        assert seconds < MOST_SECONDS
        assert memory < MOST_MEMORY
        document = parse_document("faq/login/x.md", data)
        found = check(Library(tmp_path, press().edition.library.desk, (document,)), TODAY)
        assert [
            f
            for f in found
            if f.path == document.path and f.rule in ("KT104", "KT112", "KT115", "KT606", "KT608")
        ]


def test_the_documents_of_this_repository_weigh_little() -> None:
    pages = (REPOSITORY / "docs").rglob("*.md")
    assert [p for p in pages if too_heavy(p.read_text(encoding="utf-8"), Limits())] == []
