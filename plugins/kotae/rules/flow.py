"""Where every answer leads: to a heading that exists, once, and that somebody can come to."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.content.markdown import slug
from kotae.findings import Said
from kotae.flow.graph import broken, reached, ways
from kotae.flow.model import OUTCOME
from kotae.rules.playbooks import flow_of, nearest, outcomes
from kotae.rules.registry import ERROR, Context, Found, maybe, rule


@rule(
    "KT201", "step-twice", ERROR,
    "見出し「{title}」が2回あります。{first}行目とは違うことばに直してください。",
    "The heading '{title}' stands twice. Name it differently from the one in line {first}.",
)  # fmt: skip
def step_twice(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 同じ見出しが2つあると、「→ 見出し」がどちらへ進むのか決まりません。

    Why: with two headings of the same words an answer leads to either of them.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: 返金する

    ### 返金する

    1. 「実行」を押す。

    ### 返金する <!-- error: KT201 -->

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

    次: 返金する

    ### 返金する

    1. 「実行」を押す。

    ### 返金をお知らせする

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    seen: dict[str, int] = {}
    for node in flow_of(document, context).nodes:
        first = seen.setdefault(slug(node.title), node.line)
        if first != node.line:
            yield Found(node.line, {"title": node.title, "first": first})


@rule(
    "KT202", "unknown-step", ERROR,
    "「{target}」という見出しがこの手順書にありません。{hint}",
    "There is no heading '{target}' in this playbook. {hint}",
)  # fmt: skip
def unknown_step(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 行き先の見出しがないと、担当者はそこで立ち止まります。

    Why: an answer that leads to no heading leaves the agent standing with a customer on the line.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: 返金を行う <!-- error: KT202 -->

    ### 返金する

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

    次: 返金する

    ### 返金する

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    for node in flow.nodes:
        for way in broken(node):
            if not way.written:
                continue  # an arrow with nothing behind it: KT808
            near = nearest(way.written, (n.title for n in flow.nodes))
            hint = maybe(near) if near else Said(
                "行き先の見出しと同じことばを書いてください。", "Write the very words of a heading.",
            )  # fmt: skip
            yield Found(way.line, {"target": way.written, "hint": hint})


@rule(
    "KT203", "unreachable-step", ERROR,
    "「{title}」へ進む道がありません。どこかの答えや「次:」から進めるようにするか、消してください。",
    "Nothing leads to '{title}'. Let an answer or a 'Next:' lead there, or delete it.",
)  # fmt: skip
def unreachable_step(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: だれも通らない手順は、直されないまま古くなります。行き先のない答え(KT202)があるあいだは、そちらを先に直します。

    Why: what nobody passes is never kept right. While an answer leads nowhere (KT202) that is mended first.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ### 返金をお知らせする <!-- error: KT203 -->

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

    ### 返金をお知らせする

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    if not flow.start or any(broken(node) for node in flow.nodes):
        return
    there, seen = reached(flow), set[str]()
    for node in flow.nodes:
        # A second heading of the same words cannot be named: that is KT201.
        if node.id not in there and slug(node.title) not in seen:
            yield Found(node.line, {"title": node.title})
        seen.add(slug(node.title))


@rule(
    "KT207", "outcome-goes-on", ERROR,
    "「{title}」は完了の条件なのに、先へ進む道が書いてあります。消すか、「## 手順」に移してください。",
    "'{title}' is an outcome but leads on. Delete the way on, or move it under '## Steps'.",
)  # fmt: skip
def outcome_goes_on(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 完了したのに続きがあると、閉じてよいのか迷います。

    Why: an end with something after it leaves the agent unsure whether the ticket may be closed.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」

    次: 契約を確かめる <!-- error: KT207 -->
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    for node in outcomes(flow_of(document, context)):
        first = next(ways(node), None)
        if first or node.decision:
            yield Found(first.line if first else node.line, {"title": node.title})


@rule(
    "KT208", "two-ways-on", ERROR,
    "「{title}」の進み方が2通り書いてあります。質問と答えか「次:」の、どちらか1つにしてください。",
    "'{title}' says twice how to go on. Keep one: a question with answers, or one 'Next:'.",
)  # fmt: skip
def two_ways_on(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 質問の答えと「次:」の両方があると、人によって進み方が変わります。

    Why: with answers and a 'Next:' side by side, agents go different ways.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 返金して完了
    - いいえ → 情報をお願いする

    次: 返金して完了 <!-- error: KT208 -->

    ### 情報をお願いする

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

    契約を開けましたか？

    - はい → 返金して完了
    - いいえ → 情報をお願いする

    ### 情報をお願いする

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    for node in flow_of(document, context).nodes:
        if node.kind == OUTCOME:
            continue
        asked = [d.line for d in (node.decision, *node.more_decisions) if d]
        lines = sorted((*asked, *(way.line for way in node.jumps)))
        for line in lines[1:]:
            yield Found(line, {"title": node.title})
