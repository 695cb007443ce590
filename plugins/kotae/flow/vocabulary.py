"""The words of a playbook in both languages, as data. The first word of a row is the one to write."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache

# kind -> Japanese words, English words; in the order the sections stand.
SECTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "when": (("使う場面",), ("When to use",)),
    "before": (("始める前に",), ("Before you start",)),
    "steps": (("手順",), ("Steps",)),
    "escalation": (("エスカレーション",), ("Escalation", "Escalations")),
    "outcomes": (("完了の条件", "終わり方"), ("Outcomes", "Outcome")),
    "undo": (("間違えたとき", "取り消し"), ("If it went wrong", "Rollback")),
    "closing": (("クローズ前に", "クローズ", "後処理"), ("Before closing", "Closing")),
    "cases": (("想定ケース", "訓練", "ロープレ"), ("Cases", "Training")),
    "inputs": (("入力項目",), ("Inputs",)),
}
FACTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "role": (("担当",), ("Role",)),
    "within": (("期限",), ("Within", "Time limit")),
    "permission": (("権限",), ("Permission", "Permissions")),
    "first_reply": (("一次回答",), ("First reply",)),
    "to": (("引き継ぎ先", "エスカレーション先", "宛先", "判断する人"), ("To", "Hand over to")),
    "by": (("連絡方法", "連絡手段"), ("By", "Contact by")),
    "hand_over": (("引き継ぎ事項", "伝えること"), ("Hand over", "Information to hand over")),
    "repeat": (("繰り返し",), ("Repeat",)),
    "tools": (("使うもの",), ("Tools",)),
    "irreversible": (("元に戻せない",), ("Irreversible", "Cannot be undone")),
    "next": (("次",), ("Next",)),
}
CHANNELS = ("mail", "chat", "phone", "sms", "sns", "status", "note")
YES, NO = frozenset({"はい", "yes", "true"}), frozenset({"いいえ", "no", "false"})
NEXT = ("次", "next")
PARALLEL = ("同時に行う", "at the same time")
OVER = (
    "上限を超えたら",
    "上限を超えたとき",
    "past the limit",
    "when the limit is reached",
    "beyond the limit",
)
THROUGH = ("通る", "through", "via")
SUBJECT = ("件名", "subject")
BANS = frozenset(
    {"言わないこと", "ng表現", "ngワード", "what we do not say", "what we don't say", "do not say"}
)
ELSE = re.compile(
    r"(?:それ以外|その他|上記以外|どれでもない|どちらでもない|迷う|迷った|(?:まだ)?(?:分から|わから)ない|不明|判断できない)(?:とき|場合)?(?:は|に)?"
    r"|(?:or |if )?(?:it is )?(?:otherwise|other|others|anything else|something else|neither|none of (?:these|the above)|else|(?:you are |still )?(?:not sure|unsure|unclear|unknown)|in doubt|do(?:es)? not know|don't know)(?: yet)?"
)
# Two answers that leave nothing between them.
PAIRS = (
    ("はい", "いいえ"), ("あった", "なかった"), ("ある", "ない"), ("あり", "なし"), ("できた", "できなかった"), ("できる", "できない"),
    ("つながった", "つながらない"), ("yes", "no"), ("replied", "no reply"), ("done", "not done"),
)  # fmt: skip
# type -> words; personal types are kept in memory only.
TYPES: dict[str, tuple[str, ...]] = {
    "text": ("文章", "text"), "long": ("長文", "long text"), "name": ("氏名", "name", "person"),
    "mail": ("メール", "メールアドレス", "mail", "email", "mail address"), "phone": ("電話", "電話番号", "phone", "phone number"),
    "address": ("住所", "address", "postal address"), "integer": ("整数", "integer", "whole number"), "amount": ("金額", "amount"),
    "yesno": ("はい・いいえ", "yes/no", "yes・no", "yes or no"), "choice": ("選択", "choice"), "date": ("日付", "date"),
    "time": ("時刻", "time"), "datetime": ("日時", "date and time"), "url": ("URL", "address of a page"),
    "code": ("番号", "number", "code"),
}  # fmt: skip
PERSONAL = frozenset({"name", "mail", "phone", "address"})
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("項目", "item", "input"), "type": ("種類", "type"), "example": ("例", "example"),
    "where": ("どこで分かるか", "where to find it", "where"), "pattern": ("形", "pattern"),
    "each_time": ("毎回入力", "each time"), "at_intake": ("受付で分かる", "at intake", "known at intake"),
}  # fmt: skip
QUOTES = {"値": "fact", "fact": "fact", "答え": "answer", "answer": "answer", "url": "url"}


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    """Return ``text`` as it is compared: both widths alike, small letters, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def table(words: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> dict[str, str]:
    """Return folded word -> kind."""
    return {fold(word): kind for kind, both in words.items() for lang in both for word in lang}


SECTION_OF, FACT_OF = table(SECTIONS), table(FACTS)
TYPE_OF = {fold(word): kind for kind, words in TYPES.items() for word in words}
COLUMN_OF = {fold(word): kind for kind, words in COLUMNS.items() for word in words}


def word(words: dict[str, tuple[tuple[str, ...], tuple[str, ...]]], kind: str, lang: str) -> str:
    """Return the word to write for ``kind`` in ``lang``."""
    return words[kind][lang == "en"][0]


@lru_cache(maxsize=4096)
def near_fact(written: str) -> str:
    """Return the key of a step most like ``written``, or an empty string."""
    return _near(written, FACTS)


@lru_cache(maxsize=4096)
def near_section(written: str) -> str:
    """Return the section most like ``written``, or an empty string."""
    return _near(written, SECTIONS)


def _near(written: str, words: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> str:
    known = {fold(w): w for both in words.values() for lang in both for w in lang}
    close = get_close_matches(fold(written[:60]), list(known), n=1, cutoff=0.6)
    return known[close[0]] if close else ""


def is_else(answer: str) -> bool:
    """Tell whether an answer, or one of its parts, takes everything nobody named."""
    return any(ELSE.fullmatch(part) for part in parts(answer))


def parts(answer: str) -> list[str]:
    """Return the folded parts of an answer such as 期限を過ぎた・それ以外."""
    return [p.strip() for p in re.split(r"[・、,/]|または|\bor\b", fold(answer)) if p.strip()]
