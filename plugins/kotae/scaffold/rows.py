"""What one row of a spreadsheet, or one exported article, asks for; and the page made of it."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kotae.content.schema import AUDIENCES, STATES
from kotae.findings import Said
from kotae.scaffold import article
from kotae.scaffold.plain import escaped
from kotae.scaffold.spreadsheet import Sheet
from kotae.search.wordings import WordingError, expand

_PUBLIC = {k for k, v in AUDIENCES.items() if v == "public"} | {"公開", "published", "お客様に公開する"}
_INTERNAL = {k for k, v in AUDIENCES.items() if v == "internal"} | {"非公開", "社内", "社内のみ", "社内限り", "private", "agents"}  # fmt: skip
_DRAFT = {k for k, v in STATES.items() if v == "draft"} | {"ドラフト", "unpublished"}
_SAFE = re.compile(r"(?=[\d]*[^\W\d_])[^\W_][\w /・。、！？（）「」〜+-]*", re.UNICODE)
_RESERVED = {"yes", "no", "true", "false", "null", "on", "off"}
_LANGUAGES = {"ja": ("ja", "ja-jp", "日本語", "japanese"), "en": ("en", "en-us", "en-gb", "英語", "english")}
NO_AUDIENCE = Said("公開範囲が空なので、社内だけにしました", "it names no audience, so it is internal")


@dataclass(frozen=True, slots=True)
class Item:
    """One row: where it stands, what it says."""

    number: int
    question: str
    answer: str
    topic: str = ""
    audience: str = ""
    wordings: str = ""
    old: str = ""
    lang: str = ""
    html: bool | None = None
    source: str = ""
    notes: tuple[Said, ...] = ()
    images: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What makes a row the same row when the file is read again: its old address, else its question."""
        return mark(f"{self.lang}|{self.old.strip() or same(self.question)}")

    @property
    def content(self) -> str:
        """A mark of all it says."""
        return mark(
            json.dumps([self.question, self.answer, self.topic, self.audience, self.wordings, self.old])
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A page to write: ``level`` tells how far it was taken back (0 as asked, 1 internal, 2 kept as plain text)."""

    item: Item
    path: str
    article: article.Article
    title: str
    public: bool
    draft: bool = False
    wordings: tuple[str, ...] = ()
    notes: tuple[Said, ...] = ()
    level: int = 0
    raw: str = field(default="")

    def taken_back(self) -> Page:
        """Return the page one step further from the public and from Markdown."""
        level = 1 if self.level == 0 and self.public else 2
        return replace(self, public=False, level=level, draft=self.draft or level == 2)


def mark(text: str) -> str:
    """Return a mark of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def picture_name(path: str, item: Item, name: str) -> str:
    """Return the file name a picture of ``item`` gets beside the page at ``path``."""
    stem = posixpath.basename(path).split(".")[0]
    return f"{stem}-{item.images.index(name) + 1}{posixpath.splitext(name)[1].lower()}"


def same(question: str) -> str:
    """Return a question as it is compared: letters only, however they were typed."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", question).casefold()) or question.strip()


def audience(written: str) -> tuple[bool, bool, Said | None]:
    """Return (public, draft, what to tell): public only when the row says exactly that."""
    word = " ".join(unicodedata.normalize("NFKC", written).lower().split())
    if not word:
        return False, False, NO_AUDIENCE
    if word in _DRAFT:
        return False, True, None
    if word in _PUBLIC or word in _INTERNAL:
        return word in _PUBLIC, False, None
    short = " ".join(written.split())[:30]
    return False, False, Said(
        f"公開範囲「{short}」が分からないので、社内だけにしました", f"the audience '{short}' is unknown, so it is internal"
    )  # fmt: skip


def wordings(written: str, question: str) -> tuple[tuple[str, ...], tuple[Said, ...]]:
    """Split other wordings, one a line or with | ; between them; what cannot stand in the list is told."""
    parts = re.split(r"[\n|｜;；]+", written)
    if len(parts) == 1:
        short = re.split(r"[、,，]", written)
        parts = short if all(len(p.strip()) <= 15 for p in short) else parts
    kept: list[str] = []
    notes: list[Said] = []
    seen = {same(question)}
    for part in (" ".join(p.split()) for p in parts):
        if not part or same(part) in seen:
            continue
        seen.add(same(part))
        if isinstance(expand(part), WordingError):
            before, part = part, " ".join(re.sub(r"[()（）]", " ", part).split())
            notes.append(
                Said(f"聞かれ方「{before[:40]}」のかっこを外しました", f"brackets were taken out of the wording '{before[:40]}'")
            )  # fmt: skip
        if isinstance(expand(part), WordingError) or len(part) > 120:
            notes.append(
                Said(f"聞かれ方「{part[:40]}」は取り込めませんでした", f"the wording '{part[:40]}' could not be taken")
            )  # fmt: skip
        else:
            kept.append(part)
    if len(kept) > 150:
        notes.append(
            Said(f"聞かれ方{len(kept) - 150}個は多すぎるため取り込んでいません", f"{len(kept) - 150} wordings were too many")
        )  # fmt: skip
    return tuple(kept[:150]), tuple(notes)


def page(item: Item, path: str, limit: int, link: Callable[[str], str]) -> Page | None:
    """Return the page of a row, or None when it has no question or no answer."""
    made = article.read(item.answer, item.lang, limit, link, html=item.html)
    question = (
        re.sub(r"<[^<>]*>", " ", item.question) if article.HTML.search(item.question) else item.question
    )
    title = " ".join(question.split())
    if not made.answer or not re.search(r"\w", title):
        return None
    notes = [*item.notes, *made.notes]
    if "\n" in item.question.strip():
        notes.append(Said("質問に改行があります", "the question has line breaks"))
    if question != item.question:
        notes.append(Said("質問にHTMLがあります", "the question holds HTML"))
    public, draft, said = audience(item.audience)
    others, more = wordings(item.wordings, title)
    notes += [*([said] if said else []), *more]
    return Page(item, path, made, title, public, draft, others, tuple(dict.fromkeys(notes)), raw=item.answer)


def text(made: Page) -> str:
    """Return the file of a page."""
    ja = made.item.lang == "ja"
    names = (
        ("公開範囲", "状態", "聞かれ方", "社内メモ")
        if ja
        else ("audience", "status", "paraphrases", "Internal notes")
    )
    shown = ("お客様に公開", "社内だけ", "下書き") if ja else ("public", "internal", "draft")
    lines = ["---", f"{names[0]}: {shown[0] if made.public else shown[1]}"]
    if made.draft:
        lines.append(f"{names[1]}: {shown[2]}")
    if made.wordings and made.level < 2:
        lines += [f"{names[2]}:", *(f"  - {scalar(w)}" for w in made.wordings)]
    lines += ["---", f"# {heading(made.title)}", ""]
    if made.level < 2:
        lines += [made.article.answer, ""]
        if made.article.rest:
            lines += [made.article.rest, ""]
        if made.article.memo:
            lines += [f"## {names[3]}", "", made.article.memo, ""]
        return "\n".join(lines)
    said = (
        "取り込んだままの文です。直してから、下書きの印を消します。"
        if ja
        else "This is the text as it came. Mend it, then take the draft mark away."
    )
    fence = "`" * max([4, *(len(m) + 1 for m in re.findall("`+", made.raw))])
    whole = [made.raw.strip(), *made.wordings]
    return "\n".join([*lines, said, "", f"{fence}text", *whole, fence, ""])


def heading(title: str) -> str:
    """Return a title as the words of a heading."""
    return re.sub(r"(\s)(#+)$", r"\1\\\2", escaped(title))


def scalar(value: str) -> str:
    """Return a value as YAML: bare where that is safe, else in quotes."""
    bare = _SAFE.fullmatch(value) and not value.endswith(" ") and value.lower() not in _RESERVED
    return value if bare else json.dumps(value, ensure_ascii=False)


def from_sheet(sheet: Sheet) -> list[Item]:
    """Return the rows of a spreadsheet as items."""
    items: list[Item] = []
    for row in sheet.rows:
        question, answer, written = row.get("question"), row.get("answer"), row.get("lang").lower()
        known = next((lang for lang, names in _LANGUAGES.items() if written in names), "")
        notes = []
        if row.unseen:
            notes.append(
                Said(
                    f"見えない文字を{row.unseen}個取り除きました",
                    f"{row.unseen} unseen letters were taken out",
                )
            )
        if row.extra:
            notes.append(Said(f"見出しのない列に値が{row.extra}個あります。取り込んでいません", f"{row.extra} cells stand in columns without a name; they were not taken in"))  # fmt: skip
        if written and not known:
            notes.append(Said(f"言語「{written[:20]}」が分からないので、文から決めました", f"the language '{written[:20]}' is unknown; the words decided"))  # fmt: skip
        lang = known or article.language(question, answer)
        items.append(
            Item(row.number, question, answer, row.get("topic"), row.get("audience"), row.get("wordings"), row.get("old"), lang, notes=tuple(notes))
        )  # fmt: skip
    return items
