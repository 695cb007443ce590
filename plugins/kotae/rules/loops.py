"""What is done again has a bound and a way past it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.findings import Said
from kotae.flow.graph import edges, loops
from kotae.flow.model import Flow, Node
from kotae.rules.playbooks import flow_of
from kotae.rules.registry import WARNING, Context, Found, rule

_BOUND = re.compile(
    r"\d+\s*回|上限|過ぎ|超え|past|after \d|limit|exceed|\d+ (?:times|requests|calls|mails|reminders)",
    re.IGNORECASE,
)


@rule(
    "KT206", "unbounded-loop", WARNING,
    "「{title}」は何度でも繰り返せます。{hint}",
    "'{title}' can be done again without end. {hint}",
)  # fmt: skip
def unbounded_loop(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 回数を決めていないと、お返事のないお客様をいつまでも追いかけ、人によってやめどきが変わります。

    Why: without a bound the customer is chased for ever, and every agent gives up at another time.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 情報をお願いする <!-- warning: KT206 -->

    ご返信がありましたか？

    - あった → 返金して完了
    - なかった → 情報をお願いする

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 情報をお願いする

    - 繰り返し: 2営業日ごと、最大2回

    ご返信がありましたか？

    - あった → 返金して完了
    - なかった → 情報をお願いする
    - 2回お送りしても、なかった・それ以外 → 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    graph = edges(flow)
    bounded = {n.id for n in flow.nodes if n.repeat and n.repeat.most}
    free = {n: tuple(t for t in to if t not in bounded) for n, to in graph.items() if n not in bounded}
    for part in loops(free):
        node = next(n for n in flow.nodes if n.id in part)
        yield Found(node.line, {"title": node.title, "hint": Said(
            "「- 繰り返し: 2営業日ごと、最大2回」のように、回数の上限を書いてください。",
            "Bound it: '- Repeat: every 2 business days, at most 2 times'.",
        )})  # fmt: skip
    for node in _round(flow):
        if node.id in bounded and not _past(node):
            line = node.repeat.line if node.repeat else node.line
            yield Found(line, {"title": node.title, "hint": Said(
                "上限に達したときの答え(「2回お送りしても、なかった → 見出し」)か「上限を超えたら → 見出し」を足してください。",
                "Add an answer for the reached limit, or 'Past the limit → heading'.",
            )})  # fmt: skip


def _past(node: Node) -> bool:
    return any(b.is_else or b.is_limit or _BOUND.search(b.answer) for b in node.branches)


def _round(flow: Flow) -> list[Node]:
    """Return the nodes that a walk can come back to."""
    inside = {node_id for part in loops(edges(flow)) for node_id in part}
    return [n for n in flow.nodes if n.id in inside]


@rule(
    "KT310", "repeat-without-loop", WARNING,
    "「{title}」に「繰り返し」がありますが、ここへ戻る道がありません。戻る答えを足すか、「繰り返し」を消してください。",
    "'{title}' says 'Repeat', but nothing leads back to it. Add an answer that does, or delete 'Repeat'.",
)  # fmt: skip
def repeat_without_loop(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 消し忘れの「繰り返し」があると、もう一度するのかしないのか迷います。

    Why: a leftover 'Repeat' leaves the agent wondering whether to do the step again.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 情報をお願いする

    - 繰り返し: 2営業日ごと、最大2回 <!-- warning: KT310 -->

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 情報をお願いする

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    inside = {n.id for n in _round(flow)}
    for node in flow.nodes:
        if node.repeat and node.id not in inside:
            yield Found(node.repeat.line, {"title": node.title})
