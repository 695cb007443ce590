"""The desk's lists as typed rows. A field's English key is its name, its Japanese key stands beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


def key(ja: str, default: Any = "", *, kind: str = "text") -> Any:
    """Declare a field by its Japanese key. ``kind``: text, texts, day, yes, rows:<Class> or map."""
    if isinstance(default, dict):
        return field(default_factory=dict, metadata={"ja": ja, "kind": kind})
    return field(default=default, metadata={"ja": ja, "kind": kind})


@dataclass(frozen=True, slots=True)
class Row:
    """What every row of every list has: an id and the line it begins on."""

    id: str = key("id")
    line: int = field(default=1, metadata={"kind": "line"})


@dataclass(frozen=True, slots=True)
class Named(Row):
    """A row that people call by a label, in Japanese and in English."""

    name: str = key("名前")
    name_en: str = key("英語名")

    def label(self, lang: str) -> str:
        """Return the label in ``lang``, or the other one when there is only that."""
        return (self.name_en or self.name) if lang == "en" else (self.name or self.name_en)


@dataclass(frozen=True, slots=True)
class Member(Row):
    """A person of a team; ``leaves`` is the last day of work."""

    name: str = key("名前")
    mail: str = key("メール")
    leaves: date | None = key("退職日", None, kind="day")


@dataclass(frozen=True, slots=True)
class Team(Named):
    """Who owns pages and takes escalations."""

    members: tuple[Member, ...] = key("メンバー", (), kind="rows:Member")
    contact: str = key("連絡方法")
    calendar: str = key("カレンダー")
    handle: str = key("コードホスト")  # how CODEOWNERS names the team: @company/billing

    def active(self, today: date) -> tuple[Member, ...]:
        """Return the members who still work here on ``today``."""
        return tuple(m for m in self.members if m.leaves is None or m.leaves >= today)


@dataclass(frozen=True, slots=True)
class Role(Named):
    """Who does a step of a playbook; never a person's name."""

    team: str = key("チーム")
    contact: str = key("連絡方法")
    calendar: str = key("カレンダー")
    aliases: tuple[str, ...] = key("別名", (), kind="texts")


@dataclass(frozen=True, slots=True)
class Topic(Named):
    """A folder of questions, in the order of the site."""

    description: str = key("説明")
    description_en: str = key("英語の説明")
    examples: str = key("例")
    examples_en: str = key("英語の例")
    owner: str = key("担当チーム")
    reason: str = key("分類")
    icon: str = key("アイコン")
    internal_only: bool = key("社内", False, kind="yes")


@dataclass(frozen=True, slots=True)
class Product(Named):
    """A plan, feature or integration that 対象 may name."""

    kind: str = key("種類")


@dataclass(frozen=True, slots=True)
class Closed(Row):
    """Days on which nobody is there: ``12-29/01-03`` every year, or full dates once."""

    when: str = key("いつ")
    name: str = key("名前")
    name_en: str = key("英語名")


@dataclass(frozen=True, slots=True)
class Calendar(Named):
    """When somebody is there. ``hours`` maps weekdays (月-金, Mon-Fri) to times (9:30-18:00)."""

    hours: dict[str, str] = key("時間", {}, kind="map")
    holidays: str = key("祝日")
    closed: tuple[Closed, ...] = key("休業", (), kind="rows:Closed")


@dataclass(frozen=True, slots=True)
class Promise(Row):
    """How soon a channel is answered and solved."""

    channel: str = key("連絡手段")
    first_reply: str = key("一次回答")
    resolve: str = key("解決")
    calendar: str = key("カレンダー")
    by_severity: dict[str, str] = key("重要度別", {}, kind="map")
    public: bool = key("公開", True, kind="yes")


@dataclass(frozen=True, slots=True)
class Input(Row):
    """A blank in a message that several playbooks share."""

    input: str = key("項目")
    name_en: str = key("英語名")
    type: str = key("種類")
    example: str = key("例")
    example_en: str = key("英語の例")
    where: str = key("どこで分かるか")
    where_en: str = key("英語のどこ")
    pattern: str = key("形")
    each_time: bool = key("毎回入力", False, kind="yes")
    at_intake: bool = key("受付で分かる", False, kind="yes")


@dataclass(frozen=True, slots=True)
class Detail(Named):
    """The second level of a reason."""


@dataclass(frozen=True, slots=True)
class Reason(Named):
    """Why a customer wrote, in two levels."""

    details: tuple[Detail, ...] = key("内訳", (), kind="rows:Detail")


@dataclass(frozen=True, slots=True)
class Contact(Named):
    """A way to reach a person."""

    kind: str = key("種類")
    value: str = key("値")
    calendar: str = key("カレンダー")
    note: str = key("説明")
    note_en: str = key("英語の説明")
    public: bool = key("公開", False, kind="yes")


@dataclass(frozen=True, slots=True)
class Dated(Row):
    """What a fact is from one day to another."""

    value: str = key("値")
    value_en: str = key("英語の値")
    since: date | None = key("から", None, kind="day")
    until: date | None = key("まで", None, kind="day")


@dataclass(frozen=True, slots=True)
class Fact(Named):
    """A price, fee or limit that pages quote by name."""

    values: tuple[Dated, ...] = key("値", (), kind="rows:Dated")
    public: bool = key("公開", False, kind="yes")

    def on(self, day: date, lang: str) -> str | None:
        """Return what holds on ``day``, or None when no value does."""
        for each in self.values:
            if (each.since is None or each.since <= day) and (each.until is None or day <= each.until):
                return (each.value_en or each.value) if lang == "en" else each.value
        return None


# `from` is a word of Python; the English key in the file is still `from`.
ENGLISH = {"since": "from"}
CLASSES: dict[str, type[Row]] = {c.__name__: c for c in (Member, Closed, Detail, Dated)}
LISTS: dict[str, type[Row]] = {
    "teams": Team, "roles": Role, "topics": Topic, "products": Product, "calendars": Calendar, "promises": Promise,
    "inputs": Input, "reasons": Reason, "contacts": Contact, "facts": Fact,
}  # fmt: skip
