"""The same Markdown on the code host, in both sites and on every machine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from kotae.content.documents import Document
from kotae.content.schema import Field
from kotae.findings import Said
from kotae.rules.code import without_code
from kotae.rules.registry import ERROR, Context, Found, library_rule, rule, told

_SLUGIFY = re.compile(r"^[ \t]*(?!#)[^#\n]*\bslugify[\"']?\s*[:=]\s*(.+)$", re.MULTILINE)
_UNICODE = ("pymdownx.slugs", "kotae.")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_JOINED_EMOJI = re.compile(
    "(?<=[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])\u200d(?=[\U0001f000-\U0001faff\u2600-\u27bf])"
)
_NAMES = {
    "\u200b": Said("幅のない空白", "zero-width space"), "\ufeff": Said("BOM", "BOM"),
    "\u00ad": Said("見えないハイフン", "soft hyphen"),
}  # fmt: skip


@library_rule(
    "KT802", "ascii-anchors", ERROR,
    "見出しのアドレスに日本語を残せない設定です(slugify: {value})。この行を消してください。Kotaeが日本語のまま付けます。",
    "This slugify ({value}) drops Japanese from anchors. Remove the line; Kotae keeps them.",
)  # fmt: skip
def ascii_anchors(context: Context) -> Iterator[Found]:
    """なぜ: 初期設定のままでは、日本語の見出しのアドレスが `_1` `_2` になり、見出しを1つ足すだけで送ったリンクがずれます。

    Why: the default turns Japanese headings into `_1`, `_2`; one more heading and every link sent before points elsewhere.

    Bad:
    ````markdown
    === mkdocs.yml
    site_name: ヘルプ
    markdown_extensions:
      - toc:
          slugify: markdown.extensions.toc.slugify <!-- error: KT802 -->
    === docs/help/index.md
    # ヘルプ
    ````

    Good:
    ````markdown
    === mkdocs.yml
    site_name: ヘルプ
    markdown_extensions:
      - toc:
          permalink: true
    === docs/help/index.md
    # ヘルプ
    ````
    """
    if not any(d.lang == "ja" for d in context.library):
        return
    for name in ("handbook.yml", "mkdocs.yml"):
        try:
            # Read as text: the file may hold tags that only MkDocs' own loader knows.
            text = (Path(context.library.root) / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        for match in _SLUGIFY.finditer(text):
            value = match[1].strip()
            if not any(known in value for known in _UNICODE):
                line = text.count("\n", 0, match.start(1)) + 1
                yield Found(line, {"value": value}, path=name)


@rule(
    "KT809", "unseen-character", ERROR,
    "目に見えない文字({name})があります。消してください。",
    "There is a character that cannot be seen ({name}). Delete it.",
    broken=True,
)  # fmt: skip
def unseen_character(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 見えない文字や分解された文字があると、見た目が同じでも検索に出ず、リンクも合いません。向きを変える文字は、文を別の意味に見せます。

    Why: text that looks alike is not found and links do not match; characters that turn the direction make a line read as another.

    Bad:
    ````markdown
    === faq/billing/refund.md (escapes)
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を\\u200b返金いたします。 <!-- error: KT809 -->
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    yield from told(document, "KT809")
    yield from _in_name(document.path)
    for each in document.fields.values():
        yield from _in_field(each)
    for text, line in ((document.common, document.common_line), (document.tail, document.tail_line)):
        if text and _UNSEEN.search(text):
            yield from _in_text(text, line)
    for heading in (*document.outline.headings, *document.tail_outline.headings):
        if _decomposed(heading.text):
            said = Said(
                f"見出し「{unicodedata.normalize('NFC', heading.text)}」に、濁点などが分かれた文字があります。打ち直してください。",
                f"The heading '{heading.text}' holds letters whose marks are separate (NFD). Type it again.",
            )
            yield Found(heading.line, said=said)


def _in_name(path: str) -> Iterator[Found]:
    if path.isascii():
        return
    if _UNSEEN.search(path) or _decomposed(path) or not path.isprintable():
        yield Found(said=Said(
            "ファイル名に、見えない文字か濁点などが分かれた文字があります。名前を打ち直してください。",
            "The file name holds characters that cannot be seen, or letters whose marks are separate. Type the name again.",
        ))  # fmt: skip


def _in_field(each: Field) -> Iterator[Found]:
    values = each.value if isinstance(each.value, tuple) else (each.value,)
    for value in values:
        if isinstance(value, str) and not value.isascii():
            for sign in _signs(value):
                yield Found(getattr(value, "line", each.line), {"name": _name(sign)})


def _in_text(text: str, first_line: int) -> Iterator[Found]:
    for at, line in enumerate(without_code(text).split("\n")):
        for match in _signs_at(line):
            yield Found(first_line + at, {"name": _name(line[match])}, column=match + 1)


def _signs(text: str) -> list[str]:
    return [text[at] for at in _signs_at(text)]


def _signs_at(text: str) -> list[int]:
    joined = {m.start() for m in _JOINED_EMOJI.finditer(text)}
    return [m.start() for m in _UNSEEN.finditer(text) if m.start() not in joined]


def _name(sign: str) -> Said:
    code = f"U+{ord(sign):04X}"
    known = _NAMES.get(sign, Said("", unicodedata.name(sign, "control").lower()))
    return Said(f"{known.ja} {code}".strip(), f"{known.en} {code}")


def _decomposed(text: str) -> bool:
    return not text.isascii() and len(unicodedata.normalize("NFC", text)) < len(text)
