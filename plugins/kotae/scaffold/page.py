"""The start of a new page, as `kotae new` writes it: a draft with the desk's own values to choose from."""

from __future__ import annotations

from kotae.desk.lists import Desk

FOLDERS = {"faq": "faq", "playbook": "playbooks"}


def path(kind: str, topic: str, stem: str, lang: str) -> str:
    """Return where the page stands: Japanese without a suffix, another language with it."""
    suffix = "" if lang == "ja" else f".{lang}"
    return f"{FOLDERS[kind]}/{topic}/{stem}{suffix}.md"


def text(kind: str, desk: Desk, topic: str, lang: str, title: str) -> str:
    """Return the text of a new page. It begins as a draft, so nothing half-written is ever published."""
    return (_faq if kind == "faq" else _playbook)(desk, topic, lang, title)


def _faq(desk: Desk, topic: str, lang: str, title: str) -> str:
    products = ", ".join(p.label(lang) for p in desk.products.values())
    owner = _owner(desk, topic, lang)
    if lang == "en":
        return f"""---
audience: internal          # public, or internal
status: draft               # take this line away when the page is finished
# owner: {owner}   (the topic's team; write it only if another one answers)
# applies_to: [{products}]   (only the plans it is for; without this line: all)
paraphrases: []             # three wordings of customers or more, one a line
---
# {title or "The question, in the customer's words?"}

The answer in one or two sentences. It stands alone in search results and replies.

## Steps

1. What to press first.

## Internal notes

- What only the support desk needs to know.
"""
    return f"""---
公開範囲: 社内だけ          # お客様に公開、または 社内だけ
状態: 下書き                # 書き終えたら、この行を消します
# 担当チーム: {owner}   (ことがらの担当です。ほかのチームが答えるときだけ書きます)
# 対象: [{products}]   (使えるプランが限られるときだけ書きます)
聞かれ方: []                # お客様の言い方を、1行に1つ、3つ以上
---
# {title or "お客様の言葉で、質問を1つ？"}

答えを1〜2文で書きます。検索結果と返信には、この段落だけが出ます。

## 手順

1. はじめに押すところを書きます。

## 社内メモ

- 担当者だけが知っておくことを書きます。
"""


def _playbook(desk: Desk, topic: str, lang: str, title: str) -> str:
    roles = "、".join(r.label(lang) for r in desk.roles.values())
    if lang == "en":
        return f"""---
severity: normal            # low, normal, high, critical
channels: [mail, phone]     # mail, chat, phone, sms, sns, status
status: draft               # take this line away when the playbook is finished
---
# {title or "The situation this is for"}

## When to use

The customer says "the words they used".

## Steps

### Send the first reply

- Role: {next((r.label(lang) for r in desk.roles.values()), "")}
- First reply: yes

Say that we received it, and when we will be in touch.

## Outcomes

### Solved

- [ ] The customer confirmed it
"""
    return f"""---
重要度: 通常                # 低、通常、高、重大
連絡手段: [メール, 電話]    # メール、チャット、電話、SMS、SNS、状況ページ
状態: 下書き                # 書き終えたら、この行を消します
# 担当に書ける役割: {roles}
---
# {title or "どんなときの対応か"}

## 使う場面

お客様が「実際におっしゃった言葉」とおっしゃったとき。

## 手順

### 一次回答を送る

- 担当: {next((r.label(lang) for r in desk.roles.values()), "")}
- 一次回答: はい

受け付けたことと、次にご連絡する日時をお伝えする。

## 完了の条件

### 解決した

- [ ] お客様にご確認いただいた
"""


def _owner(desk: Desk, topic: str, lang: str) -> str:
    row = desk.topics.get(topic)
    team = desk.find("teams", row.owner) if row and row.owner else None
    return str(team.label(lang)) if team else ""
