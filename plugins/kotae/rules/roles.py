"""Somebody does every step, and can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.desk.lists import Desk
from kotae.findings import Said
from kotae.flow.vocabulary import fold
from kotae.rules.playbooks import escalations, flow_of, steps
from kotae.rules.registry import ERROR, WARNING, Context, Found, from_problems, maybe, rule


@rule(
    "KT107", "permission-not-announced", WARNING,
    "権限「{permission}」が「始める前に」にありません。「権限: {permission}」のある1行を足してください。",
    "The permission '{permission}' is not under 'Before you start'. Add a line with 'Permission: {permission}'.",
)  # fmt: skip
def permission_not_announced(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 権限がないことに、お客様を待たせてから気づかないようにします。

    Why: that a permission is missing must not turn up with the customer waiting.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金を実行する

    - 担当: 一次対応
    - 権限: 返金実行 <!-- warning: KT107 -->

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 始める前に

    - [ ] 返金を実行できる(権限: 返金実行)

    ## 手順

    ### 返金を実行する

    - 担当: 一次対応
    - 権限: 返金実行

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    before = flow.section("before")
    announced = fold(" ".join((before.text, *(item.text for item in before.items)))) if before else ""
    for node in flow.nodes:
        for permission in node.permissions:
            if fold(permission.text) not in announced:
                yield Found(permission.line, {"permission": permission.text})


@rule(
    "KT301", "unknown-role", ERROR,
    "「{role}」という役割もチームもありません。{hint}",
    "There is no role or team '{role}'. {hint}",
)  # fmt: skip
def unknown_role(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 名簿にない役割は、だれのことか分かりません。

    Why: a role that stands on no list is nobody.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    - 担当: 一時対応 <!-- error: KT301 -->

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    - 担当: 一次対応

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    desk = context.library.desk
    for node in flow_of(document, context).nodes:
        for role in node.roles:
            if not (desk.find("roles", role.text) or desk.find("teams", role.text)):
                near = desk.nearest("roles", role.text) or desk.nearest("teams", role.text)
                hint = (
                    maybe(near)
                    if near
                    else Said("desk/roles.yml の役割を書いてください。", "Write a role of desk/roles.yml.")
                )
                yield Found(role.line, {"role": role.text, "hint": hint})


@rule(
    "KT302", "role-out-of-reach", WARNING,
    "「{role}」への連絡方法が分かりません。desk/roles.yml に、この役割と連絡方法を書いてください。",
    "Nobody knows how to reach '{role}'. Put the role and its contact into desk/roles.yml.",
)  # fmt: skip
def role_out_of_reach(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 引き継ぎ先の一覧は roles.yml から作ります。連絡方法がないと、急ぐときに探すことになります。

    Why: the escalation list is made from roles.yml; without a contact people search for one in a hurry.

    Bad:
    ````markdown
    === desk/roles.yml
    - id: first-line
      名前: 一次対応
      チーム: first-line
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    - 担当: 一次対応 <!-- warning: KT302 -->

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === desk/roles.yml
    - id: first-line
      名前: 一次対応
      チーム: first-line
      連絡方法: "チャット #cs-first"
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    - 担当: 一次対応

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    desk = context.library.desk
    if not desk.roles:
        return
    seen: set[str] = set()
    for node in flow_of(document, context).nodes:
        for role in node.roles:
            if role.text not in seen and _known(desk, role.text) and not _contact(desk, role.text):
                yield Found(role.line, {"role": role.text})
            seen.add(role.text)


def _known(desk: Desk, label: str) -> bool:
    return bool(desk.find("roles", label) or desk.find("teams", label))


def _contact(desk: Desk, label: str) -> str:
    role = desk.find("roles", label)
    if role is None:
        return ""
    team = desk.find("teams", role.team)
    return str(role.contact or (team.contact if team else ""))


@rule(
    "KT303", "step-without-role", ERROR,
    "「{title}」の担当がありません。見出しのすぐ下に「- 担当: 一次対応」のように書いてください。",
    "'{title}' has no role. Write '- Role: First line' right below the heading.",
)  # fmt: skip
def step_without_role(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 担当のない手順は、だれもしません。

    Why: nobody's step is done by nobody.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる <!-- error: KT303 -->

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    - 担当: 一次対応

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    for node in steps(flow_of(document, context)):
        if not node.roles:
            yield Found(node.line, {"title": node.title})


_NEEDED = (
    ("to", Said("引き継ぎ先", "To")), ("by", Said("連絡方法", "By")),
    ("within", Said("期限", "Within")), ("hand_over", Said("引き継ぎ事項", "Hand over")),
)  # fmt: skip


@rule(
    "KT304", "hand-over-incomplete", ERROR,
    "「{title}」に「{missing}」がありません。見出しのすぐ下に書いてください。",
    "'{title}' does not say '{missing}'. Write it right below the heading.",
)  # fmt: skip
def hand_over_incomplete(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: だれに、どうやって、いつまでに、何を伝えるかがそろわないと、引き継いだつもりで止まります。

    Why: without whom, how, by when and what, a hand-over stops halfway and nobody notices.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    - 担当: 一次対応

    次: 上長に決めてもらう

    ## エスカレーション

    ### 上長に決めてもらう <!-- error: KT304 -->

    - 引き継ぎ先: 請求サポート
    - 期限: 1営業時間以内
    - 引き継ぎ事項: 契約番号

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    - 担当: 一次対応

    次: 上長に決めてもらう

    ## エスカレーション

    ### 上長に決めてもらう

    - 引き継ぎ先: 請求サポート
    - 連絡方法: チャット
    - 期限: 1営業時間以内
    - 引き継ぎ事項: 契約番号

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    for node in escalations(flow_of(document, context)):
        for key, label in _NEEDED:
            fact = node.fact(key)
            if not (fact and fact.value):
                yield Found(node.line, {"title": node.title, "missing": label})


@rule(
    "KT305", "limit-not-understood", ERROR,
    "期限を読み取れません。「30分以内」「4営業時間以内」「当日中」のように書いてください。",
    "The time limit is not understood. Write it like '30 minutes', '4 business hours' or 'within the day'.",
)  # fmt: skip
def limit_not_understood(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 「なるべく早く」は期限ではありません。読み取れる期限だけが、画面で残り時間になります。

    Why: 'as soon as possible' is no limit; only one that can be read becomes a clock on the screen.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    - 担当: 一次対応
    - 期限: なるべく早く <!-- error: KT305 -->

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    - 担当: 一次対応
    - 期限: 4営業時間以内

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    yield from from_problems(flow_of(document, context).problems, "KT305")
