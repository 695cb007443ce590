"""The letters that remain of any text when ways of writing are taken away: what the output scan compares.

Entities, percent-encoding and JSON escapes are resolved, compatibility forms unified (NFKC), upper and lower
case folded, white space and invisible characters dropped.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache
from urllib.parse import unquote

OPEN, CLOSE = "\x01", "\x02"  # stand for < and > of tags while entities are resolved
_JSON = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*")
TAG = re.compile("\x01[^\x02]*\x02")
_TAGS = re.compile(r"(<[^>]*>)")
_HIDDEN_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_INVISIBLE = dict.fromkeys([0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF])  # fmt: skip


def views(text: str) -> tuple[str, str]:
    """Return what a file says, folded, in two ways: its words run together, and its parts kept apart.

    In the first, tags are gone, so that markup inside a sentence hides nothing; text that hides markup itself
    (HTML in a feed or in JSON, raw Markdown) appears with that markup taken away too. In the second, CLOSE stands
    for every tag, and each tag with its attributes and addresses follows once.
    """
    parts = _TAGS.split(text)
    said = decode(CLOSE.join(parts[::2]))
    apart = fold(said)
    tags = fold(decode("\0".join(dict.fromkeys(parts[1::2]))))
    words = apart.replace(CLOSE, "")
    extra = ""
    if "<" in words:
        extra = _HIDDEN_TAG.sub("", html.unescape(words))
    if "](" in said:
        extra += "\0" + fold(_LINK.sub(r"\1", said.replace(CLOSE, "")))
    return f"{words if CLOSE in apart else ''}\0{extra}", f"{apart}\0{tags}"


def marked_tags(text: str) -> str:
    """Return ``text`` decoded, with OPEN and CLOSE around its own tags, so that they differ from written-out ones."""
    if OPEN in text or CLOSE in text:
        text = text.replace(OPEN, " ").replace(CLOSE, " ")
    return decode(text.replace("<", OPEN).replace(">", CLOSE))


def decode(text: str) -> str:
    """Return ``text`` with JSON escapes, percent-encoding and HTML entities resolved, in that order."""
    if "\\" in text:
        text = _JSON.sub(_unescape, text)
        if not text.isascii() and _SURROGATE.search(text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "%" in text:
        text = _PERCENT.sub(lambda m: unquote(m[0], errors="replace"), text)
    if "&" in text:
        text = html.unescape(text)
    return text


_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = {"n": "\n", "r": " ", "t": " ", "b": " ", "f": " "}


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _CONTROL.get(match[3], match[3])


def fold(text: str) -> str:
    """Return ``text`` in one way of writing, without white space and without the signs Markdown marks text with."""
    text = spaced(text)
    for mark in _MARKS:
        text = text.replace(mark, "")
    return "".join(text.split())


_MARKS = "*_`~[]\\"


def spaced(text: str) -> str:
    """Return ``text`` in one way of writing, white space kept."""
    if not text.isascii():
        for wide, narrow in _OFTEN:
            text = text.replace(wide, narrow)
        changing, combining = _classes()
        if combining.search(text):
            text = re.sub(f".?{combining.pattern}+", lambda m: _unify(m[0]), text)
        text = changing.sub(lambda m: _unify_some(m[0]), text)
    return text.casefold()


_OFTEN = tuple(zip("？！（）：～／＝　", "?!():~/= ", strict=True))


def _unify(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE)


_unify_some = lru_cache(4096)(_unify)  # of a few signs, the same ones again and again


@cache
def _classes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    # Normalizing a whole page costs ten times what finding the few letters that change does.
    letters = [chr(code) for code in range(0x80, 0x10000) if not 0xD800 <= code < 0xE000]
    joins = [c for c in letters if unicodedata.combining(c)] + [chr(c) for c in range(0x1100, 0x1200)]
    changing = [c for c in letters if ord(c) in _INVISIBLE or unicodedata.normalize("NFKC", c) != c]
    return re.compile(f"[{_ranges(changing)}\U00010000-\U0010ffff]+"), re.compile(f"[{_ranges(joins)}]")


def _ranges(letters: list[str]) -> str:
    made: list[list[int]] = []
    for code in sorted(map(ord, letters)):
        if made and made[-1][1] == code - 1:
            made[-1][1] = code
        else:
            made.append([code, code])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in made)
