"""The cases arrive where they say: what newcomers are trained on is what the flow does."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.findings import Said
from kotae.flow.graph import broken
from kotae.flow.model import Case, Flow, Way
from kotae.flow.vocabulary import fold
from kotae.flow.walking import Walk, walk
from kotae.rules.playbooks import flow_of, nearest, outcomes
from kotae.rules.registry import ERROR, Context, Found, from_problems, rule


@rule(
    "KT320", "case-goes-elsewhere", ERROR,
    "想定ケース「{name}」が、書いてあるとおりに進みません。{why}",
    "The case '{name}' does not go where it says. {why}",
)  # fmt: skip
def case_goes_elsewhere(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 流れを変えたのにケースがそのままだと、練習した道と本番の道が違ってしまいます。

    Why: a flow that changed under its cases trains newcomers on a way that is no longer there.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 返金して完了
    - いいえ → 返金せずに完了

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了

    ## 想定ケース

    - 契約が開ける: はい → 返金せずに完了 <!-- error: KT320 -->
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 返金して完了
    - いいえ → 返金せずに完了

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了

    ## 想定ケース

    - 契約が開ける: はい → 返金して完了
    ````
    """
    flow = flow_of(document, context)
    yield from from_problems(flow.problems, "KT320")
    if not flow.start:
        return
    for case in flow.cases:
        why = _why(flow, case)
        if why:
            yield Found(case.line, {"name": case.name, "why": why})


def _why(flow: Flow, case: Case) -> Said | None:
    for way in (case.outcome, *case.through):
        if not way.to:
            return _unknown(flow, way)
    done = walk(flow, case)
    title = flow.by_id[done.at].title if done.at else ""
    if done.refused:
        asked = flow.by_id[done.at].branches
        given = "」「".join(b.answer for b in asked[:6])
        return Said(
            f"「{title}」の質問に「{done.refused}」という答えはありません。答えは「{given}」です。",
            f"The question of '{title}' has no answer '{done.refused}'. It has: {', '.join(b.answer for b in asked[:6])}.",
        )
    if done.outcome and done.left:
        return Said(
            f"「{title}」に着いたあとに、答え「{done.left[0]}」が残っています。消すか、道を直してください。",
            f"The answer '{done.left[0]}' is left over at '{title}'. Delete it, or mend the way.",
        )
    if not done.outcome:
        if any(broken(node) for node in flow.nodes):
            return None
        return Said(
            f"「{title}」で止まります。続きの答えを足してください。",
            f"It stops at '{title}'. Add the answers that follow.",
        )
    return _arrived(flow, case, done)


def _arrived(flow: Flow, case: Case, done: Walk) -> Said | None:
    if done.outcome != case.outcome.to:
        title = flow.by_id[done.outcome].title
        return Said(
            f"「{title}」に着きます。結末か答えを直してください。",
            f"It ends at '{title}'. Mend the outcome or the answers.",
        )
    for way in case.through:
        if way.to not in done.path:
            return Said(
                f"「{way.written}」を通りません。答えか「通る」を直してください。",
                f"It does not pass '{way.written}'. Mend the answers or 'through'.",
            )
    return None


def _unknown(flow: Flow, way: Way) -> Said:
    near = nearest(way.written, (n.title for n in flow.nodes))
    return Said(
        f"「{way.written}」という見出しがありません。"
        + (f"もしかして「{near}」でしょうか。" if near else "見出しのことばを書いてください。"),
        f"There is no heading '{way.written}'. "
        + (f"Did you mean '{near}'?" if near else "Write the words of a heading."),
    )


@rule(
    "KT321", "untested-outcome", ERROR,
    "「{title}」に着く想定ケースがありません。「## 想定ケース」に「- 名前: 答え > 答え → {title}」を足してください。",
    "No case ends at '{title}'. Add '- name: answer > answer → {title}' under '## Cases'.",
)  # fmt: skip
def untested_outcome(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 重要度が高と重大の手順書は、本番の前に一度通しておきます。だれも通していない終わり方で慌てないためです。

    Why: playbooks of high and critical severity are played before the day they are needed, to every end.

    Bad:
    ````markdown
    === playbooks/security/outage.md
    ---
    重要度: 高
    ---
    # 障害

    ## 手順

    ### 症状を確かめる

    公表していますか？

    - はい → 復旧して完了
    - いいえ → 障害ではなく完了

    ## 完了の条件

    ### 復旧して完了

    ### 障害ではなく完了 <!-- error: KT321 -->

    ## 想定ケース

    - 公表済み: はい → 復旧して完了
    ````

    Good:
    ````markdown
    === playbooks/security/outage.md
    ---
    重要度: 高
    ---
    # 障害

    ## 手順

    ### 症状を確かめる

    公表していますか？

    - はい → 復旧して完了
    - いいえ → 障害ではなく完了

    ## 完了の条件

    ### 復旧して完了

    ### 障害ではなく完了

    ## 想定ケース

    - 公表済み: はい → 復旧して完了
    - 公表していない: いいえ → 障害ではなく完了
    ````
    """
    flow = flow_of(document, context)
    if not flow.start or context.library.value(document, "severity") not in ("high", "critical"):
        return
    # What a case says counts here; whether it gets there is KT320.
    tested = {case.outcome.to for case in flow.cases} | {fold(case.outcome.written) for case in flow.cases}
    for node in outcomes(flow):
        if node.id not in tested and fold(node.title) not in tested:
            yield Found(node.line, {"title": node.title})
