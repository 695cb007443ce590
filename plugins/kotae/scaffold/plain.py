"""Text that was written as text, as Markdown that shows exactly that text."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*\[\]<>|~])|(?<!\w)(_)|(_)(?!\w)|\{\{|&(?=#?\w+;)|!(?=\[)")
_START = re.compile(r"^([#+\-=:]+)|^(\d+)([.)])(?=\s|$)")
_ADDRESS = re.compile(r"https?://[^\s<>\"'「」『』（）()、。｜|\\^`{}\[\]]+")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]"
)


def escaped(text: str) -> str:
    """Return one line of plain text as Markdown; addresses become links."""
    out, end = [], 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:!?)")
        out += [_signs(text[end : match.start()]), f"<{address}>"]
        end = match.start() + len(address)
    whole = "".join([*out, _signs(text[end:])])
    return _START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", whole)


def visible(text: str) -> tuple[str, int]:
    """Return ``text`` with one kind of line end and without letters nobody sees, and how many of those there were."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
        .replace("\x0b", "\n")
    )
    text = text.replace("\t", " ").replace("\u00a0", " ")
    return _INVISIBLE.subn("", text)


def _signs(text: str) -> str:
    return _SIGNS.sub(lambda m: "".join(f"\\{sign}" for sign in m[0]), text)
