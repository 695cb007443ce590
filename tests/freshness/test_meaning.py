"""What counts as a change of meaning, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotae.freshness.meaning import Kind, decode, differences, encode, same, seal, sections

TEXT = """\
# 返金はできますか？

はい。ご契約から30日以内なら、全額を返金いたします。くわしくは[料金](plans.md)をご覧ください。

## 手順

1. 「設定」を開きます。
2. 「お支払い」を押します。

## 詳しく

月額は{{値:スタンダード月額}}です。返金のあとは、ご利用になれません。

```メール
返金の手続きが終わりました。
```
"""

MEANING = [
    ("30日以内", "14日以内", Kind.NUMBER),
    ("(plans.md)", "(refund-when.md)", Kind.LINK),
    ("{{値:スタンダード月額}}", "{{値:ビジネス月額}}", Kind.FACT),
    ("{{値:スタンダード月額}}", "12,800円", Kind.FACT),
    ("2. 「お支払い」を押します。", "2. 「お支払い」を押します。\n3. 「返金」を押します。", Kind.STEP),
    ("手続きが終わりました", "手続きを終えました", Kind.MESSAGE),
    ("ご利用になれません", "ご利用になれます", Kind.DENIAL),
    ("全額を返金いたします", "お支払いの額から手数料を引いて返金いたします", Kind.WORDS),
]
TYPOS = [
    ("くわしくは", "詳しくは"),
    ("はい。ご契約から", "はい。 ご契約から"),
    ("返金いたします。", "返金いたします｡"),
    ("30日", "３０日"),
    ("全額を", "**全額**を"),
    ("ご覧ください。", "ご覧\nください。"),
    ("押します。", "押します"),
]


@pytest.mark.parametrize(("before", "after", "kind"), MEANING)
def test_another_number_link_fact_step_message_or_denial_changes_the_meaning(
    before: str, after: str, kind: Kind
) -> None:
    old, new = sections(TEXT), sections(TEXT.replace(before, after))
    assert before in TEXT
    assert differences(old, new)[0].kind is kind
    # Told from the record alone as well.
    assert kind in {d.kind for d in differences([decode(encode(s)) for s in old], new)} or kind is Kind.WORDS


@pytest.mark.parametrize(("before", "after"), TYPOS)
def test_a_typo_keeps_the_seal(before: str, after: str) -> None:
    old, new = sections(TEXT), sections(TEXT.replace(before, after, 1))
    assert before in TEXT
    assert same(old, new)
    assert same([decode(encode(s)) for s in old], new)


def test_ten_characters_of_one_paragraph_are_enough_and_nine_are_not() -> None:
    def changed(letters: int) -> bool:
        return not same(sections("あ" * 40), sections("い" * letters + "あ" * (40 - letters)))

    assert not changed(9)
    assert changed(10)


def test_small_changes_in_two_paragraphs_stay_small() -> None:
    old = "春はあけぼのようよう。\n\n夏は夜つきのころは。"
    assert same(sections(old), sections(old.replace("あけぼの", "明け方").replace("つきの", "月の")))


def test_facts_are_told_before_wording_and_with_what_they_were() -> None:
    new = TEXT.replace("30日", "14日").replace(
        "全額を返金いたします", "お支払いの額から手数料を引いて返金いたします"
    )
    found = differences(sections(TEXT), sections(new))
    assert [(d.kind, d.before, d.after) for d in found][:1] == [(Kind.NUMBER, "30日", "14日")]
    assert found[-1].kind is Kind.WORDS


def test_a_difference_names_its_section() -> None:
    found = differences(
        sections(TEXT), sections(TEXT.replace("{{値:スタンダード月額}}", "{{値:ビジネス月額}}"))
    )
    assert {d.section for d in found} == {2}


def test_a_new_section_is_a_change_where_it_stands() -> None:
    found = differences(
        sections(TEXT),
        sections(TEXT.replace("## 詳しく", "## 原因\n\n銀行の処理に時間がかかるためです。\n\n## 詳しく")),
    )
    assert {d.section for d in found} == {2}


def test_the_seal_does_not_see_spaces_and_emphasis() -> None:
    assert seal(TEXT) == seal(TEXT.replace("全額", "**全額**").replace("はい。", "はい。  "))
    assert seal(TEXT) != seal(TEXT.replace("30日", "31日"))


@given(st.text(max_size=300))
@settings(deadline=None)
def test_any_text_can_be_read_and_means_the_same_as_itself(text: str) -> None:
    found = sections(text)
    assert same(found, sections(text))
    assert same([decode(encode(s)) for s in found], found)


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_line_of_a_record_can_be_read(line: str) -> None:
    decode(line)
