"""What leads out of the line of steps comes back: another playbook, and what is done at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kotae.content.documents import Document, Playbook
from kotae.findings import Said
from kotae.flow.calls import called
from kotae.flow.graph import edges, loops, reach, ways
from kotae.flow.model import OUTCOME, Flow, Node, Way
from kotae.rules.playbooks import all_flows, flow_of
from kotae.rules.registry import ERROR, Context, Found, library_rule, rule


@library_rule(
    "KT219", "call-without-return", ERROR,
    "「{target}」に進めません。{why}",
    "The way to '{target}' does not work. {why}",
)  # fmt: skip
def call_without_return(context: Context) -> Iterator[Found]:
    """なぜ: ほかの手順書へ進むと、終わったあとで戻ってきます。下書きや廃止した手順書、お互いに進み合う手順書では戻れません。

    Why: a way to another playbook comes back when that one has ended; a draft, a retired playbook or a circle never does.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: [二重請求](double.md) <!-- error: KT219 -->

    ### 返金する

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    === playbooks/billing/double.md
    ---
    状態: 下書き
    ---
    # 二重請求
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: [二重請求](double.md)

    ### 返金する

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    === playbooks/billing/double.md
    # 二重請求

    ## 手順

    ### 取引を数える

    次: 数えて完了

    ## 完了の条件

    ### 数えて完了
    ````
    """
    calls: dict[str, list[tuple[Way, str]]] = {}
    for flow in all_flows(context):
        for way in (w for node in flow.nodes for w in ways(node) if w.call):
            found = called(context.library, flow.document, way.call)
            why = _why(found)
            if why:
                yield Found(way.line, {"target": way.written, "why": why}, path=flow.document.path)
            elif found:
                calls.setdefault(flow.document.path, []).append((way, found.path))
    yield from _circles(calls)


def _circles(calls: Mapping[str, list[tuple[Way, str]]]) -> Iterator[Found]:
    graph = {path: tuple(t for _, t in to if t in calls) for path, to in calls.items()}
    for part in loops(graph):
        for path in sorted(part):
            for way, to in calls[path]:
                if to in part:
                    said = Said(
                        "進んだ先の手順書が、この手順書に戻ってきます。どちらかの道を消してください。",
                        "That playbook leads back to this one. Delete one of the ways.",
                    )
                    yield Found(way.line, {"target": way.written, "why": said}, path=path)


def _why(found: Document | None) -> Said | None:
    if not isinstance(found, Playbook):
        return Said(
            "手順書ではありません。手順書の見出しか、手順書のファイルを書いてください。",
            "It is no playbook. Name a heading, or the file of a playbook.",
        )
    if found.status != "published":
        return Said(
            "まだ公開していないか、廃止した手順書です。公開している手順書に直してください。",
            "It is a draft or retired. Name a published playbook.",
        )
    return None


@rule(
    "KT220", "lines-never-meet", ERROR,
    "「{title}」で同時に始めたことが、1か所に集まりません。{why}",
    "What '{title}' begins at the same time does not meet again. {why}",
)  # fmt: skip
def lines_never_meet(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 同時に始めたことの1つが別の終わりへ進むと、残りがやりかけのまま閉じられます。

    Why: if one of the lines ends elsewhere, the ticket is closed with the others half done.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 手分けして始める

    同時に行う:

    - 取引を数える
    - お客様に伝える <!-- error: KT220 -->

    次: 結果をまとめる

    ### 取引を数える

    次: 結果をまとめる

    ### お客様に伝える

    次: 返金して完了

    ### 結果をまとめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 手分けして始める

    同時に行う:

    - 取引を数える
    - お客様に伝える

    次: 結果をまとめる

    ### 取引を数える

    次: 結果をまとめる

    ### お客様に伝える

    次: 結果をまとめる

    ### 結果をまとめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    graph = edges(flow)
    for node in flow.nodes:
        if not node.parallel:
            continue
        if not node.next or node.implicit:
            yield Found(node.parallel[0].line, {"title": node.title, "why": Said(
                "並びの下に「次: 見出し」を書いてください。", "Write 'Next: heading' below the list.",
            )})  # fmt: skip
            continue
        for way in node.parallel:
            if way.to and not _meets(flow, graph, way.to, node):
                why = Said(
                    f"「{way.written}」も「次:」の見出しへ進むようにしてください。",
                    f"Let '{way.written}' lead to the heading after 'Next:' as well.",
                )
                yield Found(way.line, {"title": node.title, "why": why})


def _meets(flow: Flow, graph: Mapping[str, tuple[str, ...]], line: str, node: Node) -> bool:
    inner = {n: () if n == node.next else to for n, to in graph.items()}
    found = reach([line], inner)
    return node.next in found and not any(flow.by_id[n].kind == OUTCOME and n != node.next for n in found)
