"""Write a repository of N generated documents, and the same pages for plain MkDocs with Material.

    python bench/corpus.py FOLDER --documents 1000 [--one-folder] [--seed 1]

60 % of the documents are Japanese, 20 % are English counterparts, 20 % English pages of their own; about 3 KB each,
60 % with an internal section. The same arguments give the same bytes. FOLDER/kotae is a repository for Kotae,
FOLDER/material the peer.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from desk import write_desk, write_material
from parts import EN, EN_SENTENCES, EN_TAIL, JA, JA_SENTENCES, JA_TAIL

TOPICS = 20


@dataclass(frozen=True)
class Made:
    """One generated page, without front matter; ``tail`` is empty where the page has no internal section."""

    topic: str
    stem: str
    lang: str
    title: str
    text: str
    tail: str
    related: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.stem}.en.md" if self.lang == "en" else f"{self.stem}.md"


class Writer:
    """Makes sentences that have not been made before."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.used: set[str] = set()

    def sentence(self, lang: str, shapes: tuple[str, ...]) -> str:
        """Return a new sentence in ``lang``."""
        words = EN if lang == "en" else JA
        made = ""
        for _ in range(50):
            picked = {key: self.chance.choice(values) for key, values in words.items()}
            picked["item2"] = self.chance.choice(words["item"])
            picked |= {f"{key}_": picked[key][:1].upper() + picked[key][1:] for key in ("who", "why")}
            made = self.chance.choice(shapes).format(n=self.chance.randint(2, 99), **picked)
            if made not in self.used:
                break
        self.used.add(made)
        return made

    def sentences(self, lang: str, count: int) -> str:
        """Return ``count`` new sentences in a row."""
        return (" " if lang == "en" else "").join(self.sentence(lang, EN_SENTENCES if lang == "en" else JA_SENTENCES) for _ in range(count))  # fmt: skip


def pages(documents: int, one_folder: bool, seed: int) -> Iterator[Made]:
    """Yield the pages in a fixed order: of five, three Japanese, one in both languages, one only in English."""
    writer = Writer(seed)
    stems = [f"page-{number:05d}" for number in range(documents)]
    topic_of = {
        stem: "everything" if one_folder else f"topic-{at // 5 % TOPICS:02d}" for at, stem in enumerate(stems)
    }
    japanese = [stem for at, stem in enumerate(stems) if at % 5 < 3]
    for at, stem in enumerate(stems):
        lang = "ja" if at % 5 < 3 else "en"
        if at % 5 == 3:
            stem = stems[at - 3]
        near = [
            s for s in japanese if abs(int(s[5:]) - at) < 90 and topic_of[s] == topic_of[stem] and s != stem
        ]
        yield _page(writer, stem, topic_of[stem], lang, at, near)


def _page(writer: Writer, stem: str, topic: str, lang: str, at: int, near: list[str]) -> Made:
    related = tuple(writer.chance.sample(near, min(2, len(near))))
    en = lang == "en"
    words = EN if en else JA
    item, act, when = (writer.chance.choice(words[key]) for key in ("item", "act", "when"))
    title = f"How do I {act} {item} ({at})?" if en else f"{item}を{act}には、どうすればよいですか({at})？"
    answer = writer.sentence(lang, EN_SENTENCES[:1] if en else JA_SENTENCES[:1])
    blocks = [f"# {title}\n\n{answer}", f"## {'Steps' if en else '手順'}\n\n{_steps(writer, lang)}"]
    blocks.append(
        f"## {'Details' if en else '詳しく'}\n\n" + "\n\n".join(writer.sentences(lang, 5) for _ in range(2))
    )
    blocks.append("\n".join(f"- {writer.sentences(lang, 1)}" for _ in range(4)))
    if related and lang == "ja":
        blocks.append(f"あわせて[{words['screen'][at % 24]}の使い方]({related[0]}.md)をご覧ください。")
    if at % 4 == 0:
        blocks.append(_table(writer, lang))
    if at % 7 == 0:
        blocks.append(
            f'```json\n{{"id": "inv_{at:05d}", "amount": {writer.chance.randint(1000, 99999)}, "sent": true}}\n```'
        )
    blocks.append(
        f"## {'If it does not work' if en else 'うまくいかないとき'}\n\n{when}{', ' if en else '、'}{writer.sentences(lang, 4)}"
    )
    tail = (
        "\n".join(f"- {writer.sentence(lang, EN_TAIL if en else JA_TAIL)}" for _ in range(4))
        if at % 5 in (0, 1, 4)
        else ""
    )
    return Made(topic, stem, lang, title, "\n\n".join(blocks) + "\n", tail, related)


def _steps(writer: Writer, lang: str) -> str:
    return "\n".join(f"{number}. {writer.sentences(lang, 1)}" for number in range(1, 5))


def _table(writer: Writer, lang: str) -> str:
    words = EN if lang == "en" else JA
    rows = [
        f"| {writer.chance.choice(words['screen'])} | {writer.chance.choice(words['item'])} | {writer.chance.randint(1, 500)} |"
        for _ in range(4)
    ]
    head = "| Screen | Item | Limit |" if lang == "en" else "| 画面 | 項目 | 上限 |"
    return "\n".join([head, "|---|---|---:|", *rows])


def write(folder: Path, documents: int, one_folder: bool = False, seed: int = 1) -> None:
    """Write both repositories below ``folder``."""
    topics = ["everything"] if one_folder else [f"topic-{number:02d}" for number in range(TOPICS)]
    write_desk(folder / "kotae", topics)
    write_material(folder / "material", topics)
    for page in pages(documents, one_folder, seed):
        counterpart = page.lang == "en" and bool(int(page.stem[5:]) % 5 < 3)
        fields = ["公開範囲: お客様に公開", "確認日: 2026-11-01"]
        fields += ["聞かれ方:", *(f"  - {text}" for text in _wordings(page, int(page.stem[5:])))]
        if page.related and not counterpart:
            fields.append(f"関連: [{', '.join(page.related)}]")
        heading = "Internal notes" if page.lang == "en" else "社内メモ"
        tail = f"\n## {heading}\n\n{page.tail}\n" if page.tail else ""
        matter = "---\n" + "\n".join(fields) + "\n---\n"
        _file(folder / "kotae" / "faq" / page.topic / page.name, f"{matter}{page.text}{tail}")
        _file(folder / "material" / "docs" / page.topic / page.name.replace(".en.md", "-en.md"), page.text)


def _wordings(page: Made, number: int) -> Iterator[str]:
    if page.lang == "en":
        item = page.title.removeprefix("How do I ").split(" (")[0]
        yield f"{item} for case {number}"
        yield f"(cannot|unable to) {item} number {number}"
        yield f"question {number} about how to {item}"
    else:
        item = page.title.split("を")[0]
        yield f"{item}の{number}番が分からない"
        yield f"{item}(を|が)({number}回|{number}件)変えたい"
        yield f"画面{number}で{item}に困っている"


def _file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--one-folder", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    write(wanted.folder, wanted.documents, wanted.one_folder, wanted.seed)


if __name__ == "__main__":
    main()
