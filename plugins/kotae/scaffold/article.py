"""An answer as it comes out of a spreadsheet or a help center, as the parts of a page; and what was odd about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kotae.content.markdown import plain
from kotae.findings import Said
from kotae.scaffold.html import to_markdown
from kotae.scaffold.plain import escaped

HTML = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|table|tr|td|th|img|font|blockquote|pre|code|hr|iframe|script|style)\b[^<>]*>|<!--",
    re.IGNORECASE,
)
_MEMO = re.compile(
    r"^[\W_]*(?:社内\s*(?:メモ|用|向け|限り|のみ|だけ|共有)|社外秘|内部\s*(?:メモ|用|向け|資料)|対外秘|internal[\s_-]*(?:notes?|memo|use|only)|confidential)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\s*(?:[・●○◆◇■□▪‣•\-*]|(?P<number>\(?\d{1,2}[.)．）、]|[①-⑳]))\s*(?P<text>\S.*)$")
_SENTENCE = re.compile(r"(?<=[。！？!?])(?![。！？!?」』）)])|(?<=\.)(?=\s)")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠々]")
_ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,'’-]+[A-Za-z]+){4,}")

BREAKS = Said("答えに改行があります", "the answer has line breaks")
WAS_HTML = Said("答えがHTMLでした。Markdownに直しました", "the answer was HTML and became Markdown")
TWO_LANGUAGES = Said("2つの言語が入っています", "two languages in one answer")
TOO_LONG = Said(
    "答えが長いので、1文目を短い答えにして、残りを「詳しく」に移しました",
    "the answer is long: its first sentence is the short answer, the rest stands under Details",
)
STILL_LONG = Said(
    "1文目が長く、短い答えになっていません", "the first sentence is too long for a short answer"
)
NO_SENTENCE = Said(
    "文で始まっていません。はじめの言葉を短い答えにしました",
    "it does not begin with a sentence; its first words became the short answer",
)
HAD_MEMO = Said(
    "社内向けの言葉から後ろを「社内メモ」に移しました",
    "from the internal words on, it was moved to the internal notes",
)


@dataclass(frozen=True, slots=True)
class Article:
    """The parts of a page as Markdown, and what a person should look at."""

    answer: str = ""
    rest: str = ""
    memo: str = ""
    notes: tuple[Said, ...] = ()


def read(
    text: str, lang: str, limit: int, link: Callable[[str], str] = str, *, html: bool | None = None
) -> Article:
    """Turn the text of an answer into its parts; never raises. ``link`` says where a link leads in the new pages."""
    notes: list[Said] = []
    was_html = bool(HTML.search(text)) if html is None else html
    if was_html:
        made = to_markdown(text, link)
        body = made.text
        notes += [*([] if html else [WAS_HTML]), *made.notes]
    else:
        body = _from_plain(text, link)
        if "\n" in text.strip():
            notes.append(BREAKS)
    body, memo = _memo(body)
    if memo:
        notes.append(HAD_MEMO)
    if two_languages(text):
        notes.append(TWO_LANGUAGES)
    answer, rest, more = _short(_blocks(body), limit)
    return Article(answer, _under_headings(rest, lang), memo, (*notes, *more))


def language(question: str, answer: str) -> str:
    """Return the language of a row: Japanese where the question, or an answer without one, holds Japanese."""
    return "ja" if _JAPANESE.search(question or answer) or not re.search("[A-Za-z]", question) else "en"


def two_languages(text: str) -> bool:
    """Tell whether a text holds whole sentences of both languages."""
    text = re.sub(r"<[^<>]*>|https?://\S+", " ", text)
    return bool(re.search("[ぁ-んァ-ヶ一-龠々]{5,}", text) and _ENGLISH.search(text))


def _from_plain(text: str, link: Callable[[str], str]) -> str:
    """Return plain text as Markdown: a line is a paragraph, lines with a mark or a number are a list."""
    out: list[str] = []
    kind = ""
    for line in text.split("\n"):
        line = line.strip()
        item = _ITEM.match(line) if line else None
        # 3.5%, 2024. and a lone mark are no items.
        if item and item["number"] and not item["text"].strip():
            item = None
        now = "" if not line else ("1. " if item and item["number"] else "- " if item else "p")
        if now != kind or now == "p":
            out.append("")
        kind = now
        if item:
            out.append(f"{now}{_linked(item['text'].strip(), link)}")
        elif line:
            out.append(_linked(line, link))
    return _numbered("\n".join(out).strip("\n"))


def _linked(line: str, link: Callable[[str], str]) -> str:
    def moved(match: re.Match[str]) -> str:
        address = match[1]
        target = link(address)
        if target in ("", "#", address):
            return match[0]
        return f"[{_signless(address)}]({target})"

    return re.sub(r"<(https?://[^<>\s]+)>", moved, escaped(line))


def _signless(address: str) -> str:
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", address)


def _numbered(text: str) -> str:
    count, lines = 0, []
    for line in text.split("\n"):
        count = count + 1 if line.startswith("1. ") else 0
        lines.append(f"{count}. {line[3:]}" if count else line)
    return "\n".join(lines)


def _memo(body: str) -> tuple[str, str]:
    lines = body.split("\n")
    for at, line in enumerate(lines):
        if _MEMO.match(plain(line.lstrip("#>-*| ").replace("|", " "))):
            return "\n".join(lines[:at]).strip("\n"), "\n".join(lines[at:]).strip("\n")
    return body, ""


def _blocks(body: str) -> list[str]:
    blocks: list[list[str]] = [[]]
    fence = ""
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip().startswith(fence) and fence:
            fence = ""
        if not line.strip() and not fence:
            blocks.append([])
        elif line.startswith("    ") and not blocks[-1] and len(blocks) > 1:
            # A paragraph inside a list item belongs to the list.
            blocks.pop()
            blocks[-1] += ["", line]
        else:
            blocks[-1].append(line)
    return ["\n".join(b) for b in blocks if b]


def _is_sentence(block: str) -> bool:
    return not re.match(
        r"\s*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||```|~~~|---|\*\*\*|!\[)|    ", block
    ) and bool(plain(block).strip())


def _short(blocks: list[str], limit: int) -> tuple[str, list[str], list[Said]]:
    if not blocks:
        return "", [], []
    if not _is_sentence(blocks[0]):
        # What came first stays where it is: a list without its beginning would be another list.
        first = next((b for b in blocks if _is_sentence(b)), "")
        words = first or next((w for b in blocks if (w := _words(b))), "")
        if not words:
            return "", blocks, []
        return _cut(words, limit)[0], blocks, [NO_SENTENCE]
    answer, left = _cut(blocks[0], limit)
    notes = [TOO_LONG] if left else []
    if len(plain(answer)) > limit:
        notes.append(STILL_LONG)
    return answer, [*([left] if left else []), *blocks[1:]], notes


def _words(block: str) -> str:
    lines = (plain(re.sub(r"^\s*(?:#{1,6}|[-*+>]|\d+[.)])\s*|^\||\|$", "", x)) for x in block.split("\n"))
    return escaped(next((x.replace("|", " ").strip() for x in lines if re.search(r"\w", x)), ""))


def _cut(block: str, limit: int) -> tuple[str, str]:
    """Split off as many whole sentences as the short answer may hold, and one at least."""
    block = " ".join(block.split("\n")) if len(block.split("\n")) > 1 else block
    if len(plain(block)) <= limit:
        return block, ""
    ends = [m.start() for m in _SENTENCE.finditer(block) if _whole(block[: m.start()])]
    ends = [e for e in ends if block[e:].strip()]
    fitting = [e for e in ends if len(plain(block[:e])) <= limit]
    if not ends:
        return block, ""
    end = max(fitting) if fitting else ends[0]
    return block[:end].strip(), _line_start(block[end:].strip())


def _line_start(text: str) -> str:
    # The second sentence now begins a paragraph: what was no mark inside the line may be one here.
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", re.sub(r"^([#+\-=>|:])", r"\\\1", text))


def _whole(text: str) -> bool:
    """Tell whether no link, code or emphasis is open at the end of ``text``."""
    bare = re.sub(r"\\.", "", text)
    return (
        bare.count("[") == bare.count("]")
        and bare.count("(") == bare.count(")")
        and bare.count("`") % 2 == 0
        and bare.count("*") % 2 == 0
        and bare.count("<") == bare.count(">")
        and bare.count("「") == bare.count("」")
    )


def _under_headings(blocks: list[str], lang: str) -> str:
    if not blocks:
        return ""
    text = "\n\n".join(blocks)
    if re.match(r"#{2,6} ", blocks[0]):
        return text
    steps = len(blocks) == 1 and re.match(r"\d+[.)] ", blocks[0])
    names = ("手順", "詳しく") if lang == "ja" else ("Steps", "Details")
    return f"## {names[0 if steps else 1]}\n\n{text}"
