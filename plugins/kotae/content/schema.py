"""The fields of each kind of document, one sentence each: source of the reference page and of the editors' JSON Schema."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from kotae.content.waivers import read_waivers
from kotae.durations import read_day, read_span
from kotae.findings import NOTHING, Problem, Said
from kotae.strict_yaml import Items, Node, Pairs, Text

AUDIENCES = {"お客様に公開": "public", "public": "public", "社内だけ": "internal", "internal": "internal"}
STATES = {
    "公開": "published",
    "published": "published",
    "下書き": "draft",
    "draft": "draft",
    "廃止": "deprecated",
    "deprecated": "deprecated",
}
SEVERITIES = {
    "低": "low",
    "low": "low",
    "通常": "normal",
    "normal": "normal",
    "高": "high",
    "high": "high",
    "重大": "critical",
    "critical": "critical",
}
CHANNELS = {
    "メール": "mail", "mail": "mail", "チャット": "chat", "chat": "chat", "電話": "phone", "phone": "phone",
    "sms": "sms", "sns": "sns", "状況ページ": "status", "status": "status",
}  # fmt: skip
# An id becomes a folder of the site (a/<id>/): nothing that leads out of it, and nothing an address has to escape.
_NAME = re.compile(r"\w[\w-]{0,99}")
ALL = frozenset({"faq", "playbook", "page"})


@dataclass(frozen=True, slots=True)
class Key:
    """One field of the front matter. ``kind``: choice, choices, day, span, text, texts or waivers."""

    en: str
    ja: str
    kind: str
    said: Said
    kinds: frozenset[str] = ALL
    values: Mapping[str, str] = field(default_factory=dict)
    rule: str = "KT106"


_FAQ, _PLAYBOOK = frozenset({"faq"}), frozenset({"playbook"})
KEYS = (
    Key("audience", "公開範囲", "choice", Said("お客様に公開か、社内だけか。書かないと社内だけです。", "public or internal; absent means internal."), frozenset({"faq", "page", "playbook"}), AUDIENCES, "KT704"),
    Key("paraphrases", "聞かれ方", "texts", Said("お客様の別の聞き方。1行に1つ。", "Other wordings of customers, one a line."), frozenset({"faq", "page"})),
    Key("ambiguous", "どちらもあり", "texts", Said("ほかのページと分け合う聞かれ方。検索で両方を見せます。", "Wordings shared with another page; search shows both."), _FAQ),
    Key("owner", "担当チーム", "text", Said("teams.yml のチーム。書かないと、ことがらの担当です。", "A team of teams.yml; absent means the topic's team.")),
    Key("reviewed", "確認日", "day", Said("内容を確かめた日。", "The day the content was confirmed."), rule="KT502"),
    Key("review_every", "見直し間隔", "span", Said("90d、6 weeks、6か月、半年など。", "90d, 6 weeks, 6か月, 半年 …"), rule="KT502"),
    Key("applies_to", "対象", "texts", Said("製品やプラン。書かないと、すべてです。", "Products and plans; absent means all."), frozenset({"faq", "page"})),
    Key("related", "関連", "texts", Said("関連するページの名前(ファイル名)。", "Stems of related pages.")),
    Key("playbook", "手順書", "text", Said("この質問を受けたときの手順書。公開されません。", "The playbook for this question; never published."), _FAQ),
    Key("status", "状態", "choice", Said("公開、下書き、廃止。", "published, draft or deprecated."), values=STATES),
    Key("replaced_by", "代わり", "text", Said("廃止したページの代わり。", "What replaces a deprecated page.")),
    Key("valid_until", "有効期限", "day", Said("この日を過ぎると、公開ページから自動で外れます。", "After this day the page leaves the public site by itself."), rule="KT502"),
    Key("reason", "分類", "text", Said("reasons.yml の分類。書かないと、ことがらの分類です。", "A reason of reasons.yml; absent means the topic's.")),
    Key("id", "id", "text", Said("ファイルを移したときに道具が書き入れます。", "Written by the tool when a file moves.")),
    Key("severity", "重要度", "choice", Said("低、通常、高、重大。", "low, normal, high or critical."), _PLAYBOOK, SEVERITIES),
    Key("channels", "連絡手段", "choices", Said("メール、チャット、電話、SMS、SNS、状況ページ。", "mail, chat, phone, sms, sns, status."), _PLAYBOOK, CHANNELS),
    Key("first_reply", "一次回答", "text", Said("なし(理由)、または一次回答をする手順書の名前。", "none (reason), or the stem of the playbook that gives it."), _PLAYBOOK),
    Key("waivers", "例外", "waivers", Said("規則・理由・担当・期限(90日まで)を書くと、その番号のお知らせをしばらく出しません。", "rule, reason, owner and until (90 days at most): that rule stays silent on this page for a while."), rule="KT510"),
    Key("popular", "よくあるご質問", "texts", Said("最初のページに並べる質問。「解約 → cancel」のように、見せる言葉とページの名前。", "Questions offered on the first page, as 'words → stem'."), frozenset({"page"})),
)  # fmt: skip
NAMES = {name: key for key in KEYS for name in (key.en, key.ja)}


@dataclass(frozen=True, slots=True)
class Field:
    """A value that means something, with the key as written and its line. None: it could not be understood."""

    value: object
    line: int
    written: str
    text: str = ""


def read_field(key: Key, written: str, node: Node) -> tuple[Field, tuple[Problem, ...]]:
    """Give ``node`` its meaning under ``key``; what cannot be understood becomes None and a problem."""
    if key.kind == "waivers":
        return Field(read_waivers(node), node.line, written), ()
    if isinstance(node, Pairs):
        return Field(None, node.line, written), (
            _wrong(key, written, node, "…", _WANTED.get(key.kind, NOTHING)),
        )
    if key.kind in ("texts", "choices"):
        return _several(key, written, node)
    if isinstance(node, Items):
        return Field(None, node.line, written), (
            _wrong(key, written, node, "[…]", Said("1つだけ書いてください。", "Write one value.")),
        )
    value, wanted = _one(key, node.text)
    problems = (
        () if value is not None or not node.text.strip() else (_wrong(key, written, node, node.text, wanted),)
    )
    if value is None and not node.text.strip() and key.kind in ("choice", "day", "span"):
        problems = (_wrong(key, written, node, "", wanted),)
    return Field(value, node.line, written, node.text), problems


def _several(key: Key, written: str, node: Node) -> tuple[Field, tuple[Problem, ...]]:
    items = node.items if isinstance(node, Items) else (node,)
    values: list[object] = []
    problems: list[Problem] = []
    for item in items:
        text = item.text if isinstance(item, Text) else ""
        value, wanted = (
            _one(key, text)
            if text.strip()
            else (None, Said("空の行を消してください。", "Remove the empty line."))
        )
        if value is None:
            problems.append(_wrong(key, written, item, text, wanted))
        else:
            values.append(Located(str(value), item.line))
    return Field(tuple(values), node.line, written), tuple(problems)


class Located(str):
    """One item of a list, which knows its line."""

    line: int

    def __new__(cls, text: str, line: int) -> Located:
        """Make the text ``text`` of line ``line``."""
        made = super().__new__(cls, text)
        made.line = line
        return made

    def __getnewargs__(self) -> tuple[str, int]:  # type: ignore[override]  # str pickles by text alone
        """Let copies and pickles keep the line."""
        return str(self), self.line


_WANTED = {
    "day": Said("2026-11-20 のように書いてください。", "Write it like 2026-11-20."),
    "id": Said("文字、数字、「-」だけで書いてください。", "Write letters, digits and '-' only."),
    "span": Said("90d、6か月、半年のように書いてください。", "Write it like 90d, 6 weeks or 1 year."),
}


def _one(key: Key, text: str) -> tuple[object, Said]:
    text = text.strip()
    if key.kind in ("choice", "choices"):
        labels = list(key.values)
        ja = "か".join(f"「{v}」" for v in labels if not v.isascii() or v.isupper())
        en = ", ".join(f"'{v}'" for v in labels if v.isascii())
        return key.values.get(unicodedata.normalize("NFKC", text).lower(), key.values.get(text)), Said(
            f"{ja}に直してください。", f"Write {en}."
        )
    if key.kind == "day":
        return read_day(text), _WANTED["day"]
    if key.kind == "span":
        return read_span(text), _WANTED["span"]
    if key.en == "id":
        return (text if _NAME.fullmatch(text) else None), _WANTED["id"]
    return (text or None), NOTHING


def _wrong(key: Key, written: str, node: Node, text: str, hint: Said) -> Problem:
    said = (
        Said(f"{written}が「{text}」です。", f"{written} is '{text}'.")
        if text
        else Said(f"{written}が空です。", f"{written} is empty.")
    )
    return Problem(
        key.rule, node.line, Said(said.ja + hint.ja, f"{said.en} {hint.en}".strip()), node.column, NOTHING
    )
