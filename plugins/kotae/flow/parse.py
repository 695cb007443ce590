"""A playbook's text -> its graph. Never raises; what cannot be read is a problem with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kotae.content.documents import Document, Playbook
from kotae.content.library import Library
from kotae.content.markdown import Heading
from kotae.findings import Problem
from kotae.flow import steps, tables
from kotae.flow.blocks import Block, blocks
from kotae.flow.messages import cautions, is_ban
from kotae.flow.model import ESCALATION, OUTCOME, STEP, Case, Caution, Flow, Item, Node, Section, Stop, Word
from kotae.flow.vocabulary import SECTION_OF, fold
from kotae.flow.ways import Targets

_KIND = {"steps": STEP, "escalation": ESCALATION, "outcomes": OUTCOME}


@dataclass
class _Part:
    """A ``##`` section with its blocks, and each ``###`` below it with its own."""

    kind: str
    title: str
    line: int
    own: list[Block] = field(default_factory=list)
    below: list[tuple[Block, list[Block]]] = field(default_factory=list)


def parse(document: Playbook) -> Flow:
    """Return the graph of a playbook without the desk's inputs."""
    name = document.path.rpartition("/")[2]
    return replace(
        _parse(document.common, document.common_line, name, document.outline.headings), document=document,
        sha256=document.sha256,
    )  # fmt: skip


class Flows(Mapping[str, Flow]):
    """The graph of every playbook by path, in the order of paths; each is made when it is first asked for."""

    def __init__(self, library: Library) -> None:
        """Take the playbooks of ``library`` that can be read, and the desk's inputs."""
        found = (d for d in library if isinstance(d, Playbook) and readable(d))
        self._documents = {d.path: d for d in sorted(found, key=lambda d: d.path)}
        rows = library.desk.inputs.values()
        self._common = {lang: tuple(tables.shared(rows, lang)) for lang in ("ja", "en")}
        self._made: dict[str, Flow] = {}

    def __getitem__(self, path: str) -> Flow:
        """Return the graph of the playbook at ``path``; raises KeyError when there is none."""
        if path not in self._made:
            flow = parse(self._documents[path])
            common = self._common["en" if flow.document.lang == "en" else "ja"]
            self._made[path] = replace(flow, inputs=(*flow.inputs, *_missing(flow.inputs, common)))
        return self._made[path]

    def __iter__(self) -> Iterator[str]:
        """Yield the paths."""
        return iter(self._documents)

    def __len__(self) -> int:
        """Return how many playbooks there are."""
        return len(self._documents)


def flows(library: Library) -> Flows:
    """Return the graphs of a library's playbooks. Rules ask through ``context.once(flows)``."""
    return Flows(library)


def readable(document: Document) -> bool:
    """Tell whether there is text to read a graph from."""
    return bool(document.common.strip()) and not any(p.rule in ("KT111", "KT112") for p in document.problems)


def _missing(own: tuple[Item, ...], common: Iterable[Item]) -> Iterable[Item]:
    # A playbook that declares an item again means its own.
    taken = {fold(item.name) for item in own}
    return (item for item in common if not taken & {fold(name) for name in item.names})


@lru_cache(maxsize=2048)
def _parse(text: str, first_line: int, name: str, headings: tuple[Heading, ...]) -> Flow:
    problems: list[Problem] = []
    parts = _parts(blocks(text, first_line))
    slugs = {h.line: h.slug for h in headings}
    targets = _targets(parts, slugs, name)
    nodes = _nodes(parts, slugs, targets, problems)
    own = [block for part in parts for block in _all(part)]
    items = tuple(
        i
        for part in parts
        if part.kind == "inputs"
        for b in part.own
        if b.kind == "table"
        for i in tables.inputs(b)
    )
    cases = tuple(_cases(parts, targets, problems))
    first = next((n for n in nodes if n.kind == STEP), None)
    return Flow(
        Playbook("", "playbook", "", "", ""), items, first.id if first else "", nodes, cases,
        tuple(_section(part) for part in parts), tuple(_cautions(own)), tuple(_stops(own)), tuple(problems),
    )  # fmt: skip


def _parts(found: Iterable[Block]) -> list[_Part]:
    parts: list[_Part] = []
    for block in found:
        if block.kind == "heading" and block.level == 2:
            parts.append(_Part(SECTION_OF.get(fold(block.text), ""), block.text, block.line))
        elif not parts:
            continue
        elif block.kind == "heading" and block.level == 3:
            parts[-1].below.append((block, []))
        elif parts[-1].below:
            parts[-1].below[-1][1].append(block)
        else:
            parts[-1].own.append(block)
    return parts


def _targets(parts: list[_Part], slugs: Mapping[int, str], name: str) -> Targets:
    targets = Targets(name)
    for part in parts:
        if part.kind in _KIND:
            for heading, _ in part.below:
                targets.words.setdefault(fold(heading.text), slugs.get(heading.line, ""))
    targets.ids = frozenset(
        slugs[h.line] for p in parts if p.kind in _KIND for h, _ in p.below if h.line in slugs
    )
    return targets


def _nodes(
    parts: list[_Part], slugs: Mapping[int, str], targets: Targets, problems: list[Problem]
) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for part in parts:
        if part.kind not in _KIND:
            continue
        for at, (heading, inside) in enumerate(part.below):
            after = part.below[at + 1][0].line if part.kind == "steps" and at + 1 < len(part.below) else 0
            found = slugs.get(heading.line, "")
            nodes.append(
                steps.node(_KIND[part.kind], found, heading, inside, slugs.get(after, ""), targets, problems)
            )
    return tuple(nodes)


def _all(part: _Part) -> Iterable[Block]:
    yield from part.own
    for heading, inside in part.below:
        yield heading
        yield from inside


def _cautions(found: list[Block]) -> Iterable[Caution]:
    for block in found:
        if block.kind == "note" and is_ban(block):
            yield from cautions(block)


def _stops(found: list[Block]) -> Iterable[Stop]:
    for block in found:
        if block.kind == "note" and block.info == "danger":
            yield Stop(block.items[0].text, block.text, block.line)


def _cases(parts: list[_Part], targets: Targets, problems: list[Problem]) -> Iterable[Case]:
    for part in parts:
        if part.kind == "cases":
            for block in part.own:
                for item in block.items if block.kind in ("bullets", "numbers") else ():
                    made = tables.case(item, targets, problems)
                    if made:
                        yield made


def _section(part: _Part) -> Section:
    own = list(_all(part))
    text = "\n".join(filter(None, (block.text for block in own if block.kind != "fence")))
    items = tuple(
        Word(item.text, item.line) for block in own for item in block.items if block.kind != "table"
    )
    return Section(part.kind, part.title, part.line, text, items, len(part.below))
