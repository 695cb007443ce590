"""Split a file into its front matter and its text, keeping the line of every key."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kotae.findings import Problem, Said
from kotae.strict_yaml import Node, Pairs, Text, read

UNREADABLE = "KT112"
_ALMOST = re.compile(r"\A\s*(?:---|‐‐‐|−−−|ーーー|———)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the ``---`` lines. ``problems`` not empty means: trust none of it."""

    pairs: tuple[tuple[Text, Node], ...] = ()
    problems: tuple[Problem, ...] = ()


def split(text: str) -> tuple[FrontMatter, str, int]:
    """Return the front matter, the text after it, and the line on which that text begins. Never raises."""
    if not text.startswith("---\n"):
        return _without(text)
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        problem = Problem(
            UNREADABLE,
            1,
            Said(
                "先頭の「---」が閉じていません。項目の終わりに「---」の行を足してください。",
                "The '---' on the first line is never closed. Add a line '---' after the fields.",
            ),
        )
        return FrontMatter(problems=(problem,)), "", 1
    matter = _matter("\n".join(lines[1:end]))
    return matter, "\n".join(lines[end + 1 :]), end + 2


def _without(text: str) -> tuple[FrontMatter, str, int]:
    # A blank line, a space or a long dash before the fields: MkDocs would print them in the page.
    if _ALMOST.match(text) or text.startswith(("---", " ---")):
        line = len(text) - len(text.lstrip("\n")) + 1
        problem = Problem(
            UNREADABLE,
            line,
            Said(
                "項目の始まりの「---」は、1行目に半角3つだけで書いてください。",
                "The '---' that opens the fields must be the whole first line.",
            ),
        )
        return FrontMatter(problems=(problem,)), text, 1
    return FrontMatter(), text, 1


def _matter(yaml_text: str) -> FrontMatter:
    node, faults = read(yaml_text, first_line=2)
    problems = [Problem(UNREADABLE, f.line, f.said, f.column) for f in faults]
    if isinstance(node, Pairs):
        return FrontMatter(node.pairs, tuple(problems))
    if node is not None:
        hint = Said("「:」は半角で、後ろに空白を1つ入れます。", "Use a half-width colon followed by a space.")
        problems.append(
            Problem(
                UNREADABLE,
                node.line,
                Said("「項目: 値」の形になっていません。", "It is not written as 'key: value'."),
                node.column,
                hint,
            )
        )
    return FrontMatter((), tuple(problems))
