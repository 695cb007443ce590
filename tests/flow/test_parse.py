"""Reading a playbook never raises, takes time in proportion, and gives the ids of the page."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import EN, FILES, FLOW_RULES, JA, ROOT, TODAY, desk, flow

from kotae.audience import INTERNAL, cut
from kotae.checking import check
from kotae.content.documents import Playbook
from kotae.content.library import Library, load
from kotae.content.markdown import outline
from kotae.content.reading import parse_document
from kotae.flow.parse import parse
from kotae.flow.walking import walk
from kotae.site.engine import EXTENSIONS
from kotae.site.text import make, render

PIECES = st.sampled_from([
    "# 題", "## 手順", "## Steps", "## エスカレーション", "## 完了の条件", "## 想定ケース", "## 入力項目", "### 返金する", "### 返金する",
    "- 担当: 一次対応", "- 期限: 30分", "- 繰り返し: 毎", "- 一次回答: はい", "- はい → 返金する", "- いいえ -> [返金する](#返金する)",
    "- → ", "→", "次: 返金する", "次:", "Next: [a](b.md)", "同時に行う:", "上限を超えたら → 返金する", "できますか？", "- [ ] 見る", "-[ ] 見る",
    "1. 押す", "  - 子", "```mail title=\"題\"", "```", "件名: {{お客様名}}", "{{答え:x}}", "{{", "}}", "!!! warning \"言わないこと\"", "    - ×「a」 ○「b」",
    "!!! danger", "| 項目 | 種類 |", "|---|---|", "| a | 選択(あ・い) |", "- 名前: はい > いいえ → 完了 (通る: 返金する)", "<div>", "**「a」**は", "",
])  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=30), max_size=40))
def test_no_text_makes_reading_or_checking_raise(lines: list[str]) -> None:
    text = "\n".join(lines)
    for path in (JA, EN):
        document = parse_document(path, text.encode("utf-8", "replace"))
        assert isinstance(document, Playbook)
        made = parse(document)
        assert len({n.id for n in made.nodes}) == len(made.nodes)
        for case in made.cases:
            walk(made, case)
        check(Library(Path(), desk(), (document,)), TODAY, rules=FLOW_RULES)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_do_either(data: bytes) -> None:
    document = parse_document(JA, data)
    assert isinstance(document, Playbook)
    parse(document)


@pytest.mark.parametrize("piece", [
    "- はい → 見出し\n", "### 返金する\n\n", "次: " + "[" * 4 + "\n\n", "できますか？\n\n- はい → あ\n- いいえ → い\n\n", "- " + " " * 20, "{{", "!!! a\n",
    "- 期限: " + "9" * 50 + "\n", "「" * 20 + "\n", "| a " * 10 + "\n", "```mail title=\"", "> ", "×「", "- 名前: > > > → \n", "[a](", "**「",
])  # fmt: skip
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    def took(times: int) -> float:
        text = "# 題\n\n## 手順\n\n### 返金する\n\n" + piece * times
        # Made by hand: a file this long is refused before anything of it is read.
        document = Playbook(JA, "playbook", "ja", "billing", "refund", common=text, outline=outline(text))
        start = time.process_time()
        parse(document)
        return time.process_time() - start

    # Four times the text; a quadratic reading would take sixteen times as long.
    small, large = min(took(400 + n) for n in range(3)), min(took(1600 + n) for n in range(2))
    assert large < 9 * small + 0.05


@pytest.mark.parametrize("path", sorted(p for p in ROOT.glob("playbooks/*/*.md")), ids=lambda p: p.stem)
def test_the_ids_of_the_graph_are_ids_of_the_page(path: Path) -> None:
    document = parse_document(f"playbooks/{path.parent.name}/{path.name}", path.read_bytes())
    assert isinstance(document, Playbook)
    page = render(
        make(EXTENSIONS, {}),
        cut(document, INTERNAL),
        lambda target, image: target,
        defaultdict(str),
        lead=False,
    )
    made = parse(document)
    assert made.nodes
    assert {n.id for n in made.nodes} <= page.anchors
    assert not made.problems


def test_the_playbooks_of_the_sample_company_give_no_finding() -> None:
    found = [f for f in check(load(ROOT), TODAY, rules=FLOW_RULES) if f.severity.value != "info"]
    assert found == []


def test_the_model_of_the_example() -> None:
    made = flow(FILES[JA])
    assert made.start == "一次回答を送る"
    assert [n.kind for n in made.nodes].count("step") == 9
    pay = made.by_id["返金を実行する"]
    assert pay.irreversible
    assert [p.text for p in pay.permissions] == ["返金実行"]
    assert (
        (pay.within.n, pay.within.unit, pay.within.origin) == (1, "business_day", "intake")
        if pay.within
        else False
    )
    assert len(pay.confirm) == 3
    assert len(pay.actions) == 2
    ask = made.by_id["追加の情報をお願いする"]
    assert ask.repeat
    assert (ask.repeat.most, ask.repeat.every.n if ask.repeat.every else 0) == (2, 2)
    assert [b.is_else for b in ask.branches] == [False, False, True]
    first = made.by_id["一次回答を送る"]
    assert first.implicit
    assert first.next == "ご本人と契約を確認する"
    assert [m.channel for m in first.messages] == ["mail", "phone"]
    assert first.messages[0].inputs == ("問い合わせ番号", "会社名", "お客様名", "担当者名", "次回ご連絡日時")
    assert [c.ban for c in first.cautions] == ["返金できます", "規約に書いてあります"]
    asked = made.by_id["svに判断してもらう"]
    assert (asked.roles[0].text, asked.by, asked.hand_over[3].text) == (
        "SV",
        "チャット #cs-sv",
        "お客様のご要望",
    )
    assert asked.within
    assert asked.within.origin == "step"
    usage = next(i for i in made.inputs if i.name == "ご利用状況")
    assert (usage.type, usage.values) == ("choice", ("開始前", "開始後"))
    assert [walk(made, c).outcome for c in made.cases] == ["返金して完了", "返金せずに完了", "返金せずに完了"]


def test_every_line_of_the_model_is_the_line_in_the_file() -> None:
    lines = FILES[JA].split("\n")
    made = flow(FILES[JA])
    for node in made.nodes:
        assert lines[node.line - 1] == f"### {node.title}"
        for branch in node.branches:
            assert branch.answer in lines[branch.line - 1]
        for message in node.messages:
            assert message.title in lines[message.line - 1]
            assert [lines[w.line - 1].strip() for w in message.lines if w.text != message.subject] == [
                w.text.strip() for w in message.lines if w.text != message.subject
            ]
            for blank in message.blanks:
                assert blank.name in lines[blank.line - 1]
        for word in (*node.actions, *node.confirm, *node.roles, *node.hand_over):
            assert word.text.split("\n")[0][:6] in lines[word.line - 1]
