"""Questions with their answers, jumps and what is done at the same time: everything that says where to go on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from kotae.content.markdown import plain
from kotae.flow.blocks import Block
from kotae.flow.messages import blanks
from kotae.flow.model import Branch, Decision, Way, Word
from kotae.flow.vocabulary import NEXT, OVER, fold, is_else

_ARROW = re.compile(r"(?:→|⇒|➡|⟶|➔|[-－]{1,3}[>＞]|[=＝]{1,3}[>＞])\ufe0f?")
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s]*)*)>?[^()]*\)")
_JUMP = re.compile(rf"(?:{'|'.join(NEXT)})\s*[:：]\s*(.*)", re.IGNORECASE)
_END = "。.、, \t"


@dataclass
class Targets:
    """The headings that a line may lead to: by folded words and by anchor. ``own``: the file's own name."""

    own: str
    words: dict[str, str] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()

    def way(self, written: str, line: int) -> Way:
        """Return where ``written`` (a heading's words, or a link) leads."""
        text = written.strip().strip(_END)
        link = _LINK.search(text)
        if link:
            path, _, anchor = link[2].partition("#")
            if path and path.rpartition("/")[2] != self.own:
                return Way("", link[1] or path, line, path)
            found = unquote(anchor)
            return Way(found if found in self.ids else "", link[1] or found, line)
        text = plain(text).strip('「」"“”')
        return Way(self.words.get(fold(text), ""), text, line)


def jump(line: str) -> str | None:
    """Return what stands after 次: / Next:, or None."""
    match = _JUMP.fullmatch(line.strip())
    return match[1] if match else None


def over(line: Word, targets: Targets) -> Branch | None:
    """Return where to go past the limit of a repetition, if ``line`` says so."""
    answer, target = split(line.text)
    if target is None or fold(answer) not in OVER:
        return None
    way = targets.way(target, line.line)
    return Branch(answer, way.to, True, line.line, way.written, way.call, True)


def is_question(text: str) -> bool:
    """Tell whether a paragraph asks."""
    return fold(text).rstrip("*_ ").endswith("?")


def split(text: str) -> tuple[str, str | None]:
    """Return the answer and where it leads (words or link), None when the line leads nowhere."""
    line = text.split("\n")[0].strip()
    arrows = list(_ARROW.finditer(line))
    if arrows:
        return line[: arrows[-1].start()].strip(), line[arrows[-1].end() :].strip()
    links = list(_LINK.finditer(line))
    if links and not line[links[-1].end() :].strip(_END):
        return (line[: links[-1].start()].strip(_END + ":：") or links[-1][1]), links[-1][0]
    return line, None


def leads(block: Block, targets: Targets) -> bool:
    """Tell whether a line of a list leads to a heading of this playbook."""
    for item in block.items:
        target = split(item.text)[1]
        if target and targets.way(target, item.line).to:
            return True
    return False


def decision(question: Word, block: Block, targets: Targets) -> Decision:
    """Return the question with the answers a list holds."""
    branches: list[Branch] = []
    partial: list[Word] = []
    for item in block.items:
        answer, target = split(item.text)
        if target is None:
            partial.append(Word(answer, item.line))
            continue
        way = targets.way(target, item.line)
        limit = fold(answer) in OVER
        branches.append(
            Branch(plain(answer), way.to, limit or is_else(answer), item.line, way.written, way.call, limit)
        )
    asked = [b.name for b in blanks(question.text, question.line) if b.kind == "input"]
    return Decision(
        plain(question.text),
        asked[0] if asked else "",
        tuple(branches),
        question.line or block.line,
        tuple(partial),
    )
