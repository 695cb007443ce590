"""The same blocks on the code host and in both sites: where CommonMark and Python-Markdown part ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from kotae.content.documents import Document
from kotae.findings import Said
from kotae.rules.playbooks import shown
from kotae.rules.registry import ERROR, WARNING, Context, Found, rule

_MAY_PART = re.compile(
    r"^(?![-*+][ \t]|\d{1,9}\.[ \t])[^\s>|#`~!].*\n {0,3}(?:[-*+]|\d{1,9}\.)[ \t]+\S|^[-*+][ \t].*\n\d{1,9}\.[ \t]|^\d{1,9}\.[ \t].*\n[-*+][ \t]"
    r"|^#{1,6}[^#\s]|^ {0,3}\d{1,9}\)[ \t]|^ {1,3}(?:```|~~~)|^[^|\s].*\n.*\|.*\n[ \t|]*:?-+:?[ \t]*\|",
    re.MULTILINE,
)
_ITEM = re.compile(r" {0,3}(?:([-*+])|(\d{1,9})\.)[ \t]+\S")
_ROW = re.compile(r"[ \t]*\|")
_DELIMITER = re.compile(
    r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*|\|[ \t]*:?-+:?[ \t]*\|[ \t]*"
)
_GLUED = re.compile(r"#{1,6}[^#\s]")
_ROUND = re.compile(r" {0,3}\d{1,9}\)[ \t]")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_STRONG = re.compile(r"(?<![*\\])\*\*(?=[^\s*])([^\n]*?[^\s*])\*\*(?!\*)")
_NOTE = re.compile(r"(?:!!!|\?\?\?)")


@rule(
    "KT803", "blocks-differ", ERROR,
    "サイトでは違う形になります。{what}",
    "The site shows something else. {what}",
)  # fmt: skip
def blocks_differ(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: コードホストでは箇条書きに見えるのに、サイトでは1つの段落になることがあります。書いた人は気づけません。

    Why: a list on the code host may be one paragraph in the site, and the writer never sees it.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。次のときに返金いたします。
    - 30日以内のとき <!-- error: KT803 -->
    - 二重にお支払いのとき
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。次のときに返金いたします。

    - 30日以内のとき
    - 二重にお支払いのとき
    ````
    """
    for text, first in ((document.common, document.common_line), (document.tail, document.tail_line)):
        if text and _MAY_PART.search(text):
            yield from _parting(text, first)


def _parting(text: str, first: int) -> Iterator[Found]:
    clear = shown(text)
    yield from _loose_fences(text, first)
    for at, line in enumerate(clear):
        before = clear[at - 1] if at else ""
        if _GLUED.match(line):
            yield _differs(
                first + at,
                "「#」のあとに空白がありません。「# 見出し」のように1つ空けてください。",
                "There is no space after '#'. Write '# heading'.",
            )
        elif _ROUND.match(line):
            yield _differs(
                first + at,
                "「1)」の並びは、サイトでは並びになりません。「1.」に直してください。",
                "'1)' is no list in the site. Write '1.'.",
            )
        elif (
            before.strip()
            and _DELIMITER.fullmatch(line)
            and at > 1
            and clear[at - 2].strip()
            and not _ROW.match(clear[at - 2])
        ):
            yield _differs(
                first + at - 1,
                "表の上に空の行がありません。1行空けてください。",
                "There is no blank line above the table. Add one.",
            )
        else:
            match = _ITEM.match(line)
            if match and before.strip() and _joins(clear, at, numbered=bool(match[2]), number=match[2] or ""):
                yield _differs(
                    first + at,
                    "並びの上に空の行がありません。1行空けてください。",
                    "There is no blank line above the list. Add one.",
                )


def _loose_fences(text: str, first: int) -> Iterator[Found]:
    opened = ""
    for at, line in enumerate(text.split("\n")):
        match = _FENCE.match(line)
        if opened:
            opened = "" if match and match[1].startswith(opened) else opened
        elif match:
            opened = match[1]
            if 0 < _width(line) < 4:
                yield _differs(
                    first + at,
                    "コードの囲みの頭に空白があります。行の頭に移すか、並びの中では4つ下げてください。",
                    "The fence is indented. Begin at the line's start, or indent by four inside a list.",
                )


def _joins(lines: Sequence[str], at: int, *, numbered: bool, number: str) -> bool:
    """Tell whether the list item at ``at`` follows a paragraph, or a list of the other kind, without a blank line."""
    before = lines[at - 1]
    if before[0] in "#>|!?" or before.startswith(("    ", "\t", "---", "***", "<")):
        return False
    up, inside = at - 1, False
    while up >= 0 and lines[up].strip():
        above = _ITEM.match(lines[up])
        if above and _width(lines[up]) == _width(lines[at]):
            return bool(above[2]) != numbered
        inside = inside or bool(above)
        up -= 1
    return not inside and (not numbered or number == "1")


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _differs(line: int, ja: str, en: str) -> Found:
    return Found(line, {"what": Said(ja, en)})


@rule(
    "KT804", "bold-never-closes", WARNING,
    "「{seen}」の太字は、コードホストでは閉じません。かぎかっこや「。」を太字の外に出すか、前後に空白を入れてください。",
    "The bold '{seen}' is never closed on the code host. Put the brackets outside the bold, or add a space.",
)  # fmt: skip
def bold_never_closes(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 「**「返金」**は」のように記号と文字が隣り合うと、CommonMarkは太字の始まりや終わりと見ません。別の場所が太字になります。

    Why: where a bracket and a letter meet at the marks, CommonMark sees no end of the bold, and other words become bold.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    **「返金」**はできません。これは**返金(全額)**のことです。 <!-- warning: KT804 -->
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    「**返金**」はできません。これは**返金**(全額)のことです。
    ````
    """
    for text, first in ((document.common, document.common_line), (document.tail, document.tail_line)):
        if "**" not in text:
            continue
        for at, line in enumerate(shown(text)):
            for match in _STRONG.finditer(line) if "**" in line else ():
                before, after = line[: match.start()][-1:], line[match.end() :][:1]
                opens = not _sign(match[1][0]) or not before or before.isspace() or _sign(before)
                closes = not _sign(match[1][-1]) or not after or after.isspace() or _sign(after)
                if not (opens and closes):
                    yield Found(first + at, {"seen": match[0]}, column=match.start() + 1)
                    break


def _sign(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


@rule(
    "KT805", "too-little-indent", ERROR,
    "字下げが{count}つしかありません。{what}は4つ下げてください。",
    "It is indented by {count}. Indent {what} by four.",
)  # fmt: skip
def too_little_indent(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: サイトでは4つ下げないと入れ子になりません。下げたつもりの行が、囲みや手順の外へ出てしまいます。

    Why: the site nests by four; what is indented by two jumps out of its step or its note.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    1. 「請求」を開く。
      - 対象の行を選ぶ。 <!-- error: KT805 -->
    2. 「返金」を押す。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    1. 「請求」を開く。
        - 対象の行を選ぶ。
    2. 「返金」を押す。
    ````
    """
    for text, first in ((document.common, document.common_line), (document.tail, document.tail_line)):
        if _MAY_JUMP.search(text):
            yield from _jumping(shown(text), first)


_MAY_JUMP = re.compile(r"^ {1,3}\S|^(?:!!!|\?\?\?)", re.MULTILINE)


def _jumping(lines: Sequence[str], first: int) -> Iterator[Found]:
    in_list, base = False, 0
    for at, line in enumerate(lines):
        width = _width(line)
        before = lines[at - 1] if at else ""
        if _NOTE.match(before) and line.strip() and width < 4 and not line.startswith("\t"):
            yield Found(first + at, {"count": width, "what": Said("囲みの中身", "the body of a note")})
        elif not line.strip():
            continue
        elif in_list and base < width < 4:
            # A lazy line right below its item stays in it everywhere; after a blank line it does not.
            if _ITEM.match(line) or not before.strip():
                yield Found(
                    first + at, {"count": width, "what": Said("並びの中の行", "what stands inside a list")}
                )
        elif _ITEM.match(line) and width < 4:
            in_list, base = True, width
        elif width == 0 and not before.strip():
            in_list = False
