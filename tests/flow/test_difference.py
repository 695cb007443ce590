"""What a change does to a playbook is said in words, and nothing that changes the flow goes unsaid."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from samples import EN, FILES, JA, ROOT, flow
from walks import Made, flow_of, plans

from kotae.content.library import load
from kotae.flow.difference import Change, difference, differences
from kotae.flow.model import Flow
from kotae.flow.parse import flows
from workshop import kotae

Plan = tuple[Made, ...]


def changed(old: str, new: str, path: str = JA) -> list[Change]:
    text = FILES[path]
    assert old in text
    return difference(flow(text, path), flow(text.replace(old, new), path))


def said(old: str, new: str, path: str = JA) -> list[str]:
    return [c.said.in_("en" if path == EN else "ja") for c in changed(old, new, path)]


MESSAGE = "ご返信を確認できませんでしたので、"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- 30,000円を超える → 経理に返金をお願いする", "- 30,000円を超える → SVに判断してもらう",
         "「返金額を確かめる」で「30,000円を超える」と答えると、経理ではなくSVへ行くようになりました。"),
        ("- はい → 返金の条件に当てはめる", "- はい → 返金額を確かめる",
         "「ご本人と契約を確認する」で「はい」と答えると、「返金の条件に当てはめる」ではなく「返金額を確かめる」へ行くようになりました。"),
        ("- 30,000円を超える", "- 50,000円を超える",
         "「返金額を確かめる」で「経理に返金をお願いする」へ行く答えが、「30,000円を超える」から「50,000円を超える」になりました。"),
        ("- 期限: 4営業時間以内", "- 期限: 2営業時間以内", "「ご本人と契約を確認する」の期限が「4営業時間以内」から「2営業時間以内」になりました。"),
        ("- 期限: 4営業時間以内\n", "", "「ご本人と契約を確認する」の期限(「4営業時間以内」)がなくなりました。"),
        ("- 繰り返し: 2営業日ごと、最大2回", "- 繰り返し: 2営業日ごと、最大3回",
         "「追加の情報をお願いする」の繰り返しが「2営業日ごと、最大2回」から「2営業日ごと、最大3回」になりました。"),
        ("- 権限: 返金実行", "- 権限: 請求閲覧", "「返金を実行する」の権限が「返金実行」から「請求閲覧」になりました。"),
        ("- 元に戻せない: はい\n", "", "「返金を実行する」は、元に戻せない手順ではなくなりました。"),
        ("- 一次回答: はい\n", "", "「一次回答を送る」は、一次回答を送る手順ではなくなりました。"),
        (MESSAGE, "お返事がなかったため、", "「ご返信がないことをお知らせする」のメール「いったん完了のお知らせ」の文面が変わりました。"),
        ("×「返金できます」", "×「返金いたします」", "言わないことに「返金いたします」が増えました。"),
        ("3. お申し込み日とご利用状況を問い合わせに記録する。\n", "", "「ご本人と契約を確認する」ですることが変わりました。"),
        ("### 返金額を確かめる", "### 返金の額を確かめる", "「返金の額を確かめる」の名前が変わりました(前は「返金額を確かめる」)。"),
        ("返金額はいくらですか?", "いくら返しますか?", "「返金額を確かめる」の質問が「返金額はいくらですか?」から「いくら返しますか?」になりました。"),
    ],
)  # fmt: skip
def test_a_change_is_said_in_words(old: str, new: str, told: str) -> None:
    assert told in said(old, new)


def test_english_playbooks_are_said_in_english() -> None:
    assert "'Check the amount': 'More than 30,000 yen' now leads to Supervisor instead of Accounting." in [
        re.sub(r"SV\b", "Supervisor", s)
        for s in said("- More than 30,000 yen → Ask Accounting for the refund", "- More than 30,000 yen → Ask the supervisor to decide", EN)
    ]  # fmt: skip


def test_a_changed_text_shows_what_stood_there() -> None:
    (change,) = changed(MESSAGE, "お返事がなかったため、")
    assert change.lines == (
        "- ご返信を確認できませんでしたので、本件はいったん完了とさせていただきます。",
        "+ お返事がなかったため、本件はいったん完了とさせていただきます。",
    )


def test_a_step_put_in_between_and_one_taken_out() -> None:
    step = "### 返金額を確かめる\n"
    more = "### 上長に声をかける\n\n- 担当: 一次対応\n\n1. 声をかける。\n\n次: 返金額を確かめる\n\n"
    text = FILES[JA]
    assert said(step, more + step) == ["手順「上長に声をかける」が増えました。"]
    back = difference(flow(text.replace(step, more + step)), flow(text))
    assert [c.said.ja for c in back] == ["手順「上長に声をかける」がなくなりました。"]


def test_an_end_nobody_comes_to_any_more_is_said() -> None:
    assert "「ご返信がないことをお知らせする」へ行く道がなくなりました。" in said(
        "- 2回お送りしても、なかった・それ以外 → ご返信がないことをお知らせする",
        "- 2回お送りしても、なかった・それ以外 → SVに判断してもらう",
    )


def test_words_of_explanation_are_not_a_change_of_the_flow() -> None:
    assert said("結論が出ていなくても、受け付けたことと", "結論の前に、受け付けたことと") == []


def shape(made: Flow) -> Any:
    return (made.edges, {n.id: (n.kind, n.first_reply) for n in made.nodes})


@given(plans(), plans())
@settings(max_examples=300, deadline=None)
def test_no_difference_is_said_only_where_the_flow_is_the_same(one: Plan, other: Plan) -> None:
    before, after = flow_of(one), flow_of(other)
    assert difference(before, before) == []
    if not difference(before, after):
        assert shape(before) == shape(after)


def test_new_gone_and_moved_playbooks() -> None:
    every = flows(load(ROOT))
    books = {p: every[p] for p in list(every)[:4]}
    first, *rest = books
    less = {p: books[p] for p in rest}
    assert [c.said.ja for c in differences(less, books)[first]] == ["新しい手順書です。"]
    assert [c.said.ja for c in differences(books, less)[first]] == ["手順書がなくなりました。"]
    there = first.replace("playbooks/", "playbooks/other-")
    moved = differences(books, less | {there: books[first]})
    assert {p: [c.said.ja for c in cs] for p, cs in moved.items()} == {there: [f"{first} から移りました。"]}
    assert differences(books, books) == {}


def git(root: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@example.jp", *words], check=True, capture_output=True
    )  # fmt: skip


def test_the_command_compares_with_a_revision(small_site: Path) -> None:
    git(small_site, "init", "-q")
    git(small_site, "add", ".")
    git(small_site, "commit", "-qm", "first")
    asked = ("diff", "HEAD", "--root", small_site, "--messages")
    assert kotae(*asked, "ja").stdout.strip() == "手順書の流れは変わりません。"
    assert kotae(*asked, "en").stdout.strip() == "No playbook works differently."
    file = small_site / "playbooks/billing/refund.md"
    step = next(line for line in file.read_text().splitlines() if line.startswith("### "))
    file.write_text(
        file.read_text().replace(step, f"### 先に上長へ声をかける\n\n- 担当: 一次対応\n\n{step}", 1)
    )
    done = kotae(*asked, "ja")
    assert done.returncode == 0
    assert "playbooks/billing/refund.md" in done.stdout
    assert "手順「先に上長へ声をかける」が増えました。" in done.stdout
    rows = json.loads(kotae(*asked, "ja", "--format", "json").stdout)["changes"]
    assert {"path": "playbooks/billing/refund.md", "kind": "step"}.items() <= rows[0].items()
    assert kotae("diff", "no-such-revision", "--root", small_site).returncode == 2
