"""Roles, never people; and a role is there when it is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.desk.lists import Desk
from kotae.findings import Said
from kotae.flow.limits import read_limit, seconds
from kotae.flow.model import Flow
from kotae.flow.promises import promise, weekdays
from kotae.rules.playbooks import escalations, flow_of
from kotae.rules.registry import ERROR, WARNING, Context, Found, rule

_CALLED = r"(?:\s*(?:さん|さま|君|課長|部長|係長|主任|店長|リーダー|マネージャー))"
_MOBILE = re.compile(r"(?<![\d-])(?:\+81[- ]?|0)[5789]0[- ]?\d{4}[- ]?\d{4}(?!\d)")


@rule(
    "KT318", "hand-over-out-of-hours", WARNING,
    "引き継ぎ「{title}」{trouble}",
    "The hand-over '{title}' {trouble}",
)  # fmt: skip
def hand_over_out_of_hours(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 引き継ぎ先が休みの日や、お約束した解決の期限より後にしか動けないと、お客様への約束を守れません。

    Why: a hand-over that works only after the promised day, or on fewer days than customers are served, breaks the promise.

    Bad:
    ````markdown
    === desk/promises.yml
    - id: mail
      連絡手段: メール
      一次回答: 4営業時間
      解決: 5営業日
    === playbooks/billing/refund.md
    ---
    重要度: 通常
    連絡手段: [メール]
    ---
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: 経理にお願いする

    ## エスカレーション

    ### 経理にお願いする

    - 引き継ぎ先: 請求サポート
    - 期限: 10営業日以内 <!-- warning: KT318 -->

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === desk/promises.yml
    - id: mail
      連絡手段: メール
      一次回答: 4営業時間
      解決: 5営業日
    === playbooks/billing/refund.md
    ---
    重要度: 通常
    連絡手段: [メール]
    ---
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: 経理にお願いする

    ## エスカレーション

    ### 経理にお願いする

    - 引き継ぎ先: 請求サポート
    - 期限: 1営業日以内

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow, desk = flow_of(document, context), context.library.desk
    rows = [p for c in context.library.texts(document, "channels") if (p := promise(desk, str(c)))]
    solved = [(limit, row) for row in rows if (limit := read_limit(row.resolve))]
    served = [weekdays(desk, row.calendar) for row in rows if row.calendar]
    for node in escalations(flow):
        if node.within and solved:
            own = seconds(node.within)
            if own > max(seconds(limit) for limit, _ in solved):
                last = max((limit for limit, _ in solved), key=seconds)
                yield Found(node.within.line, {"title": node.title, "trouble": Said(
                    f"の期限が、お客様に約束した解決の期限({last.written})より後です。短くしてください。",
                    f"may take longer than the promised solution ({last.written}). Shorten it.",
                )})  # fmt: skip
        for role in node.roles:
            there = _there(desk, role.text)
            if served and there is not None and not any(days <= there for days in served):
                yield Found(role.line, {"title": node.title, "trouble": Said(
                    f"の引き継ぎ先「{role.text}」は、受付のある曜日に休みの日があります。代わりの役割も書いてください。",
                    f"hands over to '{role.text}', who is away on days on which customers are served. Name a stand-in as well.",
                )})  # fmt: skip


def _there(desk: Desk, label: str) -> frozenset[int] | None:
    role = desk.find("roles", label) or desk.find("teams", label)
    return weekdays(desk, role.calendar) if role and role.calendar else None


@rule(
    "KT319", "person-in-playbook", ERROR,
    "個人の名前か連絡先「{seen}」があります。役割の名前(「一次対応」など)に直してください。",
    "There is a person's name or contact, '{seen}'. Name a role instead, such as 'First line'.",
)  # fmt: skip
def person_in_playbook(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 人の名前や携帯電話の番号は、異動や退職で古くなり、本人の連絡先も広まります。

    Why: names and mobile numbers go stale when people move on, and spread what is private.

    Bad:
    ````markdown
    === desk/teams.yml
    - id: first-line
      名前: 一次対応
      メンバー: [{名前: 高橋 美咲, メール: m.takahashi@tsumugi.example.jp}]
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    分からないときは、高橋さんに聞く。 <!-- error: KT319 -->

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === desk/teams.yml
    - id: first-line
      名前: 一次対応
      メンバー: [{名前: 高橋 美咲, メール: m.takahashi@tsumugi.example.jp}]
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    分からないときは、SVに聞く。

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    if flow.document is not document:
        return
    people, numbers = context.once(_people), context.once(_numbers)
    wanted = [pattern for words, pattern in people if words in document.common]
    if _MOBILE.search(document.common):
        wanted.append(_MOBILE)
    first, last = _examples(flow)
    for at, line in enumerate(document.common.split("\n") if wanted else (), document.common_line):
        if first <= at <= last:
            continue
        found = (match for pattern in wanted if (match := pattern.search(line)))
        match = next((m for m in found if re.sub(r"\D", "", m[0]) not in numbers), None)
        if match:
            yield Found(at, {"seen": match[0]}, column=match.start() + 1)


def _people(library: Library) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what names a member of the desk: the full name, the family name as people are called, the address.

    Each pattern stands beside words that must be there for it to match: looking for those is much faster.
    """
    said: dict[str, str] = {}
    for member in (m for team in library.desk.teams.values() for m in team.members):
        family, *given = member.name.replace("\u3000", " ").split() or [""]
        if given:
            said[f"{family} {given}"] = re.escape(family) + r"[ \u3000]?" + re.escape("".join(given))
        if family:
            said[family] = rf"(?<![一-鿿]){re.escape(family)}{_CALLED}"
        if member.mail:
            said[member.mail] = re.escape(member.mail)
    return tuple((words.split(" ")[0], re.compile(pattern)) for words, pattern in sorted(said.items()))


def _numbers(library: Library) -> frozenset[str]:
    rows = (*library.desk.contacts.values(), *library.desk.roles.values(), *library.desk.teams.values())
    written = " ".join(getattr(row, "value", "") or getattr(row, "contact", "") for row in rows)
    return frozenset(re.sub(r"\D", "", m[0]) for m in _MOBILE.finditer(written))


def _examples(flow: Flow) -> tuple[int, int]:
    """Return the first and last line of the section with the inputs, whose examples are made-up people."""
    lines = [s.line for s in flow.sections]
    for at, section in enumerate(flow.sections):
        if section.kind == "inputs":
            return section.line, lines[at + 1] - 1 if at + 1 < len(lines) else 10**9
    return 0, -1
