"""The answers to a question leave nothing out and do not overlap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from kotae.content.documents import Document
from kotae.findings import Said
from kotae.flow.model import Branch, Decision, Flow, Item
from kotae.flow.ranges import gap, overlap, read_range
from kotae.flow.vocabulary import PAIRS, fold, parts
from kotae.rules.playbooks import decisions
from kotae.rules.registry import ERROR, WARNING, Context, Found, maybe, rule


@rule(
    "KT212", "no-else", ERROR,
    "「{question}」の答えに、どれにも当てはまらないときの行き先がありません。{hint}",
    "'{question}' has no answer for everything else. {hint}",
)  # fmt: skip
def no_else(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 書かれていない場合に限って、実際に起きます。3つ以上の答えには「それ以外・迷う → 見出し」を足します。

    Why: the case nobody wrote is the one that comes. Three answers and more need 'Otherwise, not sure → heading'.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    どのプランですか？ <!-- error: KT212 -->

    - フリー → 返金せずに完了
    - スタンダード → 返金して完了
    - ビジネス → 返金して完了

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    どのプランですか？

    - フリー → 返金せずに完了
    - スタンダード → 返金して完了
    - それ以外・迷う → 返金せずに完了

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了
    ````
    """
    for flow, decision in decisions(document, context):
        branches = [b for b in decision.branches if not b.is_limit]
        if any(b.is_else for b in branches):
            continue
        item = _choice(flow, decision)
        if item:
            given = {p for b in branches for p in (fold(b.answer), *parts(b.answer))}
            missing = [v for v in item.values if fold(v) not in given]
            if missing:
                yield Found(decision.line, {"question": decision.question, "hint": Said(
                    f"「{missing[0]}」の答えか「それ以外 → 見出し」を足してください。",
                    f"Add an answer for '{missing[0]}', or 'Otherwise → heading'.",
                )})  # fmt: skip
        elif len(branches) > 2 and not _pair(branches):
            yield Found(decision.line, {"question": decision.question, "hint": Said(
                "「それ以外・迷う → 見出し」を足してください。", "Add 'Otherwise, not sure → heading'.",
            )})  # fmt: skip


def _pair(branches: list[Branch]) -> bool:
    answers = {fold(b.answer) for b in branches}
    return any(one in answers and other in answers for one, other in PAIRS)


def _choice(flow: Flow, decision: Decision) -> Item | None:
    """Return the item of a closed list that a question asks for."""
    wanted = fold(decision.input)
    for item in flow.inputs:
        if wanted and item.values and wanted in {fold(name) for name in (item.name, *item.names)}:
            return item
    return None


@rule(
    "KT213", "answer-not-a-value", ERROR,
    "「{answer}」は{{{{{item}}}}}の値にありません。{hint}",
    "'{answer}' is no value of {{{{{item}}}}}. {hint}",
)  # fmt: skip
def answer_not_a_value(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 選択の値と違う答えは、だれも選べません。

    Why: an answer that is not among the values can never be chosen.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    {{ご利用状況}}はどちらですか？

    - 開始まえ → 返金して完了 <!-- error: KT213 -->
    - 開始後・それ以外 → 返金せずに完了

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了

    ## 入力項目

    | 項目 | 種類 |
    |---|---|
    | ご利用状況 | 選択(開始前・開始後) |
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    {{ご利用状況}}はどちらですか？

    - 開始前 → 返金して完了
    - 開始後 → 返金せずに完了

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了

    ## 入力項目

    | 項目 | 種類 |
    |---|---|
    | ご利用状況 | 選択(開始前・開始後) |
    ````
    """
    for flow, decision in decisions(document, context):
        item = _choice(flow, decision)
        if item is None:
            continue
        values = {fold(v): v for v in item.values}
        for branch in decision.branches:
            if branch.is_limit or fold(branch.answer) in values:
                continue
            wrong = [p for p in parts(branch.answer) if p not in values]
            if wrong and not (branch.is_else and len(wrong) < 2):
                near = next((v for k, v in values.items() if k[:2] == fold(branch.answer)[:2]), "")
                hint = (
                    maybe(near)
                    if near
                    else Said(
                        f"{'・'.join(item.values)} のどれかに直してください。",
                        f"Write one of: {', '.join(item.values)}.",
                    )
                )
                yield Found(branch.line, {"answer": branch.answer, "item": item.name, "hint": hint})


@rule(
    "KT216", "ranges-do-not-meet", WARNING,
    "「{one}」と「{other}」の{trouble}。境目の数がどちらか1つに入るようにしてください。",
    "'{one}' and '{other}' {trouble}. Let the boundary belong to exactly one.",
)  # fmt: skip
def ranges_do_not_meet(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 「30,000円未満」と「30,000円を超える」では、ちょうど30,000円のときに迷います。

    Why: 'less than 30,000 yen' and 'more than 30,000 yen' leave out exactly 30,000 yen.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金額を確かめる

    返金額はいくらですか？

    - 30,000円未満 → 返金して完了
    - 30,000円を超える → 返金せずに完了 <!-- warning: KT216 -->

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金額を確かめる

    返金額はいくらですか？

    - 30,000円以下 → 返金して完了
    - 30,000円を超える → 返金せずに完了

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了
    ````
    """
    for _, decision in decisions(document, context):
        read = [(r, b) for b in decision.branches[:20] if (r := read_range(b.answer))]
        if len(read) < 2 or len({r.unit for r, _ in read}) > 1:
            continue
        for (one, first), (other, second) in combinations(read, 2):
            if overlap(one, other):
                yield _between(first, second, Said("範囲が重なっています", "overlap"))
        if any(b.is_else for b in decision.branches):
            continue
        for (one, first), (other, second) in pairwise(sorted(read, key=lambda p: (p[0].low, p[0].high))):
            if gap(one, other):
                yield _between(
                    first,
                    second,
                    Said("あいだに、どちらにも入らない数があります", "leave a gap between them"),
                )


def _between(first: Branch, second: Branch, trouble: Said) -> Found:
    one, other = sorted((first, second), key=lambda b: b.line)
    return Found(other.line, {"one": one.answer, "other": other.answer, "trouble": trouble})
