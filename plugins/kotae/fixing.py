"""What can be mended without a thought: `kotae check --fix`. The words, fields and structure stay; doubt leaves a file alone."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from difflib import SequenceMatcher, unified_diff
from pathlib import Path

from kotae.content.documents import Document
from kotae.content.front_matter import split
from kotae.content.markdown import outline
from kotae.content.reading import parse_document
from kotae.content.schema import NAMES

_ORDER = (
    "audience", "status", "replaced_by", "severity", "channels", "first_reply", "owner", "paraphrases", "ambiguous",
    "related", "applies_to", "playbook", "reason", "popular", "reviewed", "review_every", "valid_until", "id", "waivers",
)  # fmt: skip
_CLUSTER = re.compile(
    r"[^\u0300-\u036f\u3099\u309a\n][\u0300-\u036f\u3099\u309a]+|[\u1100-\u115f][\u1160-\u11ff]+"
)
_TARGET = re.compile(r"\]\([^()\n]*\)|<[^<>\n]*>|\]:[ \t]*\S+|\w+://\S+|`+[^`\n]+`+")
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")
_LOOSE = re.compile(r"(?<![ \t])[ \t]$|\t[ \t]*$")


def fixed(path: str, data: bytes) -> bytes:
    """Return the bytes of the file ``path`` mended, or as they were where nothing is or nothing may be."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    if "\0" in text:
        return data
    text = text.lstrip("\ufeff")
    crlf = "\r\n" in text and not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    lines = re.sub(r"\r\n?", "\n", text)
    for mend in (_composed, _trimmed, _spaced, _ordered):
        after = mend(path, lines)
        if after != lines and _same(path, lines, after):
            lines = after
    # A checkout that has CRLF throughout has it from git's own settings.
    return (lines.replace("\n", "\r\n") if crlf else lines).encode()


def write(path: Path, data: bytes) -> None:
    """Replace the file in one step; whoever reads it meanwhile sees the old or the new one, never half."""
    mode = path.stat().st_mode & 0o7777
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def diff(path: str, before: bytes, after: bytes) -> str:
    """Return the difference as `git diff` shows it."""
    old, new = (d.decode("utf-8", "replace").splitlines(keepends=True) for d in (before, after))
    lines = unified_diff(old, new, f"a/{path}", f"b/{path}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def hunks(before: bytes, after: bytes) -> list[tuple[int, int, str]]:
    """Return (first line, last line, what they become) of every place that changes; a hunk always replaces a line."""
    old, new = (d.decode("utf-8", "replace").splitlines() for d in (before, after))
    found: list[tuple[int, int, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if a == b:  # Something is put in: show it together with the line it stands before.
            a, c = (a - 1, c - 1) if a else (a, c)
            b, d = (b, d) if a != b else (b + 1, d + 1)
        found.append((a + 1, b, "\n".join(new[c:d])))
    return found


def _same(path: str, before: str, after: str) -> bool:
    """Tell whether both texts say the same: fields, headings, links, words, and where the internal section begins."""
    return _meaning(parse_document(path, before.encode())) == _meaning(parse_document(path, after.encode()))


def _meaning(document: Document) -> tuple[object, ...]:
    outlines = (document.outline, document.tail_outline)
    return (
        {key: _plain(repr(_bare(field.value))) for key, field in document.fields.items()},
        _plain(document.common), _plain(document.tail), bool(document.tail_line), document.clean,
        [[(h.level, _plain(h.text)) for h in o.headings] for o in outlines],
        [[(link.target, link.image) for link in o.links] for o in outlines],
        [[block.kind for block in o.blocks] for o in outlines],
        [[_code(block.text) for block in o.blocks if block.kind == "code"] for o in outlines],
    )  # fmt: skip


def _bare(value: object) -> object:
    return [str(v) for v in value] if isinstance(value, tuple) else value


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _code(text: str) -> str:
    return text.rstrip("\n")


def _code_lines(lines: list[str]) -> set[int]:
    """Return the lines inside fences; an open fence reaches to the end."""
    inside, fence = set[int](), ""
    for at, line in enumerate(lines):
        match = _FENCE.match(line)
        if fence:
            inside.add(at)
            if match and match[1].startswith(fence):
                fence = ""
        elif match:
            fence = match[1]
            inside.add(at)
    return inside


def _composed(path: str, text: str) -> str:
    """Put letters and their separate marks together; code, addresses and single old kanji stay as they are."""
    if not _CLUSTER.search(text):
        return text
    lines = text.split("\n")
    code = _code_lines(lines)
    return "\n".join(line if at in code else _compose(line) for at, line in enumerate(lines))


def _compose(line: str) -> str:
    parts: list[str] = []
    end = 0
    for match in _TARGET.finditer(line):
        parts += [_clusters(line[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, _clusters(line[end:])])


def _clusters(text: str) -> str:
    return _CLUSTER.sub(lambda m: unicodedata.normalize("NFC", m[0]), text)


def _trimmed(path: str, text: str) -> str:
    """Take spaces off the ends of lines; two or more in a text are a line break, and code keeps its own."""
    _, _, first = split(text)
    lines = text.split("\n")
    code = _code_lines(lines)
    block_scalar = any(re.search(r"[|>][-+\d]*\s*$", line) for line in lines[: first - 1])
    for at, line in enumerate(lines):
        if at in code or line.startswith(("    ", "\t")) or (block_scalar and at < first - 1):
            continue
        if at < first - 1 or not line.strip(" \t") or line.startswith("#"):
            lines[at] = line.rstrip(" \t")
        else:
            lines[at] = _LOOSE.sub("", line)
    return "\n".join(lines)


def _spaced(path: str, text: str) -> str:
    """Put the blank line before a list that the code host sees and the site does not."""
    _, body, first = split(text)
    lines = text.split("\n")
    for line in reversed(outline(body, first).tight):
        lines.insert(line - 1, "")
    return "\n".join(lines)


def _ordered(path: str, text: str) -> str:
    """Put the fields in one order. Comments and blank lines stay with the field below them."""
    matter, _, first = split(text)
    starts = [key.line for key, _ in matter.pairs]
    if matter.problems or len(starts) < 2 or any(key.column != 1 for key, _ in matter.pairs):
        return text
    lines = text.split("\n")
    begins = [_with_comments(lines, line) for line in starts]
    ends = [*begins[1:], first - 1]
    if begins[0] != 2:
        return text
    keys = [NAMES[key.text].en if key.text in NAMES else "" for key, _ in matter.pairs]
    order = sorted(
        range(len(keys)), key=lambda n: _ORDER.index(keys[n]) if keys[n] in _ORDER else len(_ORDER)
    )
    moved = [line for n in order for line in lines[begins[n] - 1 : ends[n] - 1]]
    return "\n".join([lines[0], *moved, *lines[first - 2 :]])


def _with_comments(lines: list[str], line: int) -> int:
    while line > 2 and (not lines[line - 2].strip() or lines[line - 2].startswith("#")):
        line -= 1
    return line
