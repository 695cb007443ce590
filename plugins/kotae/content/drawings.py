"""SVG files that only draw. One that could run a script, show a page inside itself or load from elsewhere is named, not mended:
rewriting somebody's drawing would change it without a word, and its author can export it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_RUNS = frozenset(
    {"script", "handler", "listener", "foreignobject", "iframe", "object", "embed", "audio", "video"}
)
_MOVES = frozenset({"set", "animate", "animatemotion", "animatetransform", "animatecolor"})
_INLINE_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
_LEADS = re.compile(r"(?:https?:|mailto:|#|[^:]*$)", re.IGNORECASE)
_URL = re.compile(
    r"url\(\s*['\"]?\s*(?!#|['\"]?\s*data:image/(?:png|jpeg|gif|webp|svg\+xml)?;base64)([^)'\"]*)",
    re.IGNORECASE,
)
_IMPORT = re.compile(r"@import|expression\s*\(|javascript:|-moz-binding|behavior\s*:", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20]+")


def faults(data: bytes) -> tuple[str, ...]:
    """Return what in the SVG ``data`` could run or load something, each once, as written; empty for a plain drawing."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        reader.note(f"XML {error.lineno}:{error.offset}")
    except (ValueError, LookupError, RecursionError):
        reader.note("XML")
    return tuple(reader.found)


class _Reader:
    """Notes what expat meets; it opens no other file and expands no entity from outside."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}
        self.styles: list[list[str]] = []
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = lambda name, *rest: self.note(f"<!ENTITY {name}")
        parser.ProcessingInstructionHandler = lambda target, words: self.note(f"<?{target}")

    def note(self, *seen: str) -> None:
        """Keep what was seen, once."""
        self.found.update(dict.fromkeys(seen))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self.note(*_of_element(space, tag, attributes))
        if tag.lower() == "style":
            self.styles.append([])

    def _end(self, name: str) -> None:
        if name.rpartition(" ")[2].lower() == "style" and self.styles:
            self.note(*_of_style("".join(self.styles.pop())))

    def _text(self, words: str) -> None:
        if self.styles:
            self.styles[-1].append(words)


def _of_element(space: str, tag: str, attributes: dict[str, str]) -> Iterator[str]:
    low = tag.lower()
    if low in _RUNS or space == _XHTML:
        yield f"<{tag}>"
    # What belongs to a drawing program's own notes is never drawn.
    for written, value in attributes.items():
        name = written.rpartition(" ")[2].lower()
        plain = _BLANK.sub("", value)
        if name.startswith("on"):
            yield name
        elif name in ("href", "src"):
            if not _may_lead(low, plain):
                yield f'{name}="{plain[:40]}"'
        elif (
            low in _MOVES and name == "attributename" and plain.lower().rpartition(":")[2] in ("href", "src")
        ):
            yield f'attributeName="{plain}"'
        else:
            yield from _of_style(value)
    if not space and low == "svg":
        yield "xmlns"


def _may_lead(tag: str, target: str) -> bool:
    if tag == "a":
        return bool(_LEADS.match(target))
    return target.startswith("#") or not target or (tag != "use" and bool(_INLINE_PICTURE.match(target)))


def _of_style(text: str) -> Iterator[str]:
    # A backslash writes a sign in another way; no drawing needs one.
    if "\\" in text and (
        "url" in text.lower() or "import" in text.lower() or re.search(r"\\[0-9a-fA-F]", text)
    ):
        yield "\\"
    for match in _URL.finditer(text):
        yield f"url({match[1].strip()[:40]})"
    for match in _IMPORT.finditer(text):
        yield match[0]
