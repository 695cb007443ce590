"""Every walk ends: no step without a way on, no loop without a way out."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.findings import Said
from kotae.flow.graph import broken, edges, endless, reached, stuck, ways
from kotae.flow.model import STEP
from kotae.rules.playbooks import flow_of, steps
from kotae.rules.registry import ERROR, Context, Found, rule


@rule(
    "KT204", "dead-end", ERROR,
    "「{title}」のあとに進む先がありません。「次: 見出し」か、質問と答えを書いてください。",
    "Nothing follows '{title}'. Write 'Next: heading', or a question with answers.",
)  # fmt: skip
def dead_end(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 完了の条件でないところで流れが切れると、担当者は次に何をするか分かりません。引き継いだあとも、返事を受けて何をするかを書きます。

    Why: a flow that stops before an outcome leaves the agent without a next step; after a hand-over as well.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 返金して完了
    - いいえ → SVに判断してもらう

    ## エスカレーション

    ### SVに判断してもらう <!-- error: KT204 -->

    - 引き継ぎ先: SV

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
    - いいえ → SVに判断してもらう

    ## エスカレーション

    ### SVに判断してもらう

    - 引き継ぎ先: SV

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    for node in stuck(flow_of(document, context)):
        if node.kind != STEP:
            yield Found(node.line, {"title": node.title})


@rule(
    "KT205", "endless-loop", ERROR,
    "「{title}」からは、どの答えを選んでも完了の条件にたどり着きません。抜ける道を足してください。",
    "From '{title}' no answer ever leads to an outcome. Add a way out.",
)  # fmt: skip
def endless_loop(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 抜ける道のない繰り返しに入ると、その問い合わせは閉じられません。

    Why: a ticket that enters a loop with no way out can never be closed.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 返金して完了
    - いいえ → 情報をお願いする

    ### 情報をお願いする <!-- error: KT205 -->

    ### 返信を待つ

    次: 情報をお願いする

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

    ### 返信を待つ

    次: 契約を確かめる

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    if any(broken(node) for node in flow.nodes):
        return
    there = reached(flow)
    for node in endless(flow):
        if node.id in there:
            yield Found(node.line, {"title": node.title})


@rule(
    "KT209", "falls-out-of-steps", ERROR,
    "「{title}」は手順の最後なのに、進む先が書いてありません。「次: 見出し」を書いてください。",
    "'{title}' is the last step but does not say where to go on. Write 'Next: heading'.",
)  # fmt: skip
def falls_out_of_steps(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 文章は次の見出しへ流れますが、「## 手順」の外へは流れません。読む順番と進む順番は別のものです。

    Why: text falls through to the next heading, but never out of '## Steps': reading order is not the flow.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 返金して完了
    - いいえ → 情報をお願いする

    ### 情報をお願いする <!-- error: KT209 -->

    1. メールを送る。

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

    1. メールを送る。

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    graph = edges(flow)
    for node in steps(flow):
        calls = [w for w in ways(node) if w.call and not w.to]
        if calls and not node.next:
            yield Found(calls[0].line, {"title": node.title})
        elif not graph.get(node.id) and not broken(node):
            yield Found(node.line, {"title": node.title})


@rule(
    "KT210", "no-start", ERROR,
    "最初の手順が分かりません。{why}",
    "It cannot be told where to begin. {why}",
)  # fmt: skip
def no_start(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 手順は「## 手順」のいちばん上の見出しから始まります。そこが空か引き継ぎだと、最初の一歩が決まりません。

    Why: a playbook begins at the first heading below '## Steps'; if that is missing or a hand-over, nobody knows the first move.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### SVに判断してもらう <!-- error: KT210 -->

    - 引き継ぎ先: SV

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
    flow = flow_of(document, context)
    section = flow.section("steps")
    if section is None:
        return
    if not flow.start:
        yield Found(section.line, {"why": Said(
            "「## 手順」の下に「### 見出し」を書いてください。", "Write a '### heading' below '## Steps'.",
        )})  # fmt: skip
        return
    start, above = flow.by_id[flow.start], flow.section("escalation")
    if start.fact("to") and not start.fact("role"):
        yield Found(start.line, {"why": Said(
            "先頭が引き継ぎになっています。担当のある手順から始めてください。", "The first heading is a hand-over. Begin with a step that has a role.",
        )})  # fmt: skip
    elif above and above.line < section.line:
        yield Found(above.line, {"why": Said(
            "「## エスカレーション」が「## 手順」より上にあります。下に移してください。", "'## Escalation' stands above '## Steps'. Move it below.",
        )})  # fmt: skip
