"""The letters that remain of any text when ways of writing are taken away: what the output scan compares.

Entities, percent-encoding and JSON escapes are resolved, compatibility forms unified (NFKC), upper and lower
case folded, white space and invisible characters dropped.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, cached_property, lru_cache
from urllib.parse import unquote

OPEN, CLOSE = "\x01", "\x02"  # stand for < and > of tags while entities are resolved
_JSON = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*")
TAG = re.compile("\x01[^\x02]*\x02")
_TAGS = re.compile(r"(<[^>]*>)")
_HIDDEN_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_INVISIBLE = dict.fromkeys([0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF])  # fmt: skip


class Views:
    """What a file says, folded, in the ways the scan looks at it. ``words`` is made at once, the others when asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts = _TAGS.split(text)
        self._said = decode(CLOSE.join(self._parts[::2]))
        self._letters = _unified(self._said).encode("utf-8", "surrogatepass")

    @cached_property
    def words(self) -> bytes:
        """The words run together, without tags, so that markup inside a sentence hides nothing; then the tags.

        Text that hides markup itself (HTML in a feed or in JSON, raw Markdown) follows with that markup taken away.
        """
        words = self._letters.translate(_LOWER, _DROPPED + CLOSE.encode())
        return b"\0".join([words, *_without_hidden_tags(words), *_without_links(self._said), self._tags])

    @cached_property
    def apart(self) -> bytes:
        """The words with CLOSE for every tag; then the tags: whoever asks for neighbours looks here."""
        return self._letters.translate(_LOWER, _DROPPED) + b"\0" + self._tags

    @cached_property
    def _tags(self) -> bytes:
        # Each tag once, with its attributes and addresses.
        return fold_bytes(decode("\0".join(dict.fromkeys(self._parts[1::2]))))

    @cached_property
    def spaced(self) -> str:
        """The whole text with its white space, in one way of writing; OPEN and CLOSE stand around its own tags."""
        text = self._text
        if OPEN in text or CLOSE in text:
            text = text.replace(OPEN, " ").replace(CLOSE, " ")
        return spaced(decode(text.replace("<", OPEN).replace(">", CLOSE)))

    @cached_property
    def untagged(self) -> str:
        """The same without its tags."""
        return TAG.sub("", self.spaced)


def _without_hidden_tags(words: bytes) -> list[bytes]:
    if not any(sign in words for sign in _HIDING):
        return []
    parts = (
        p.decode("utf-8", "surrogatepass") for p in words.split(b"\0") if any(sign in p for sign in _HIDING)
    )
    return [_HIDDEN_TAG.sub("", html.unescape(part)).encode("utf-8", "surrogatepass") for part in parts]


_HIDING = (b"<", b"&lt;", b"&#")


def _without_links(said: str) -> list[bytes]:
    if "](" not in said:
        return []
    return [
        fold_bytes(_LINK.sub(r"\1", part.replace(CLOSE, ""))) for part in said.split("\0") if "](" in part
    ]


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
    return fold_bytes(text).decode("utf-8", "surrogatepass")


def fold_bytes(text: str) -> bytes:
    """Return ``fold(text)`` in UTF-8."""
    return _unified(text).encode("utf-8", "surrogatepass").translate(_LOWER, _DROPPED)


_LOWER = bytes(range(256)).lower()
_DROPPED = b"\t\n\v\f\r\x1c\x1d\x1e\x1f " + b"*_`~[]\\"


def spaced(text: str) -> str:
    """Return ``text`` in one way of writing, white space kept."""
    return _unified(text).lower()


def _unified(text: str) -> str:
    """Return ``text`` with every letter outside ASCII in one way of writing and of one case; ASCII is left as it is."""
    if text.isascii():
        return text
    for wide, narrow in _OFTEN:
        text = text.replace(wide, narrow)
    either, changing, combining = _classes()
    if not either.search(text):
        return text
    if combining.search(text):
        text = _composed(text, combining)
    return changing.sub(lambda m: _unify_some(m[0]), text)


_OFTEN = tuple(zip("？！（）：～／＝　", "?!():~/= ", strict=True))


def _composed(text: str, combining: re.Pattern[str]) -> str:
    made, done = [], 0
    for match in combining.finditer(text):
        base = max(done, match.start() - 1)
        made += [text[done:base], _unify(text[base : match.end()])]
        done = match.end()
    return "".join([*made, text[done:]])


def _unify(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold()
    return "".join(" " if c.isspace() else c for c in text)


_unify_some = lru_cache(4096)(_unify)  # of a few signs, the same ones again and again


@cache
def _classes() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    # Normalizing a whole page costs ten times what finding the few letters that change does.
    letters = [chr(code) for code in range(0x80, 0x10000) if not 0xD800 <= code < 0xE000]
    joins = [c for c in letters if unicodedata.combining(c)] + [chr(c) for c in range(0x1100, 0x1200)]
    changing = [c for c in letters if _unify(c) != c]
    classes = (
        f"[{_ranges([*changing, *joins])}{_BEYOND}]",
        f"[{_ranges(changing)}{_BEYOND}]",
        f"[{_ranges(joins)}]",
    )
    # Written twice and not with a plus: the first sign of a pattern is looked for much faster when it is one class.
    either, first, second = (re.compile(f"{each}{each}*") for each in classes)
    return either, first, second


_BEYOND = "\U00010000-\U0010ffff"


def _ranges(letters: list[str]) -> str:
    made: list[list[int]] = []
    for code in sorted(map(ord, letters)):
        if made and made[-1][1] == code - 1:
            made[-1][1] = code
        else:
            made.append([code, code])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in made)
