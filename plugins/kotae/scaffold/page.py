"""The start of a new page, as `kotae new` writes it: a draft with the desk's own values to choose from."""

from __future__ import annotations

from kotae.desk.lists import Desk
from kotae.desk.model import Role, Team

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
    roles: list[Role | Team] = [*desk.roles.values()] or [*desk.teams.values()]
    first, last = (roles[0].label(lang), roles[-1].label(lang)) if roles else ("", "")
    named = ("、" if lang == "ja" else ", ").join(r.label(lang) for r in roles)
    reasons = next(iter(desk.reasons.values()), None)
    reason = reasons.label(lang) if reasons else ("その他" if lang == "ja" else "Other")
    if lang == "en":
        return f"""---
severity: normal            # low, normal, high, critical
channels: [mail]            # mail, chat, phone, sms, sns, status
status: draft               # take this line away when the playbook is finished
# roles you may name: {named}
---
# {title or "Handling the situation this is for"}

## When to use

When the customer says "the words they used".

- "Something that sounds alike" → handled by another playbook

## Before you start

- [ ] The ticket is open

## Steps

### Send the first reply

- Role: {first}
- First reply: yes

Say that we received it, and when we will be in touch.

```mail title="First reply (mail)"
Subject: We have received your enquiry

Thank you for contacting us. We are looking into it and will write to you tomorrow.
```

### Check what happened

- Role: {first}
- Within: 1 business day

Can we solve it?

- Yes → Tell the customer
- No → Ask for help

### Tell the customer

- Role: {first}

```mail title="The result"
Subject: About your enquiry

We have looked into it, and this is what we found.
```

Next: Solved

## Escalation

### Ask for help

- To: {last}
- By: chat
- Within: 4 business hours
- Hand over: What was checked
- Next: Tell the customer

## Outcomes

### Solved

- [ ] The customer confirmed it

## Before closing

- [ ] The reason "{reason}" is set

## Inputs

| Item | Type | Example |
|---|---|---|
| What was checked | Long text | The contract and the last three days of the log |
"""
    return f"""---
重要度: 通常                # 低、通常、高、重大
連絡手段: [メール]          # メール、チャット、電話、SMS、SNS、状況ページ
状態: 下書き                # 書き終えたら、この行を消します
# 担当に書ける役割: {named}
---
# {title or "どんなときに何をするか"}

## 使う場面

お客様が「実際におっしゃった言葉」とおっしゃったとき。

- 「似ているけれど別のこと」→ 別の手順書で対応する

## 始める前に

- [ ] 問い合わせを開いている

## 手順

### 一次回答を送る

- 担当: {first}
- 一次回答: はい

受け付けたことと、次にご連絡する日時をお伝えする。

```mail title="一次回答（メール）"
件名: お問い合わせを受け付けました

お問い合わせいただき、ありがとうございます。
内容を確認し、翌営業日までにご連絡いたします。
```

### 起きていることを確かめる

- 担当: {first}
- 期限: 1営業日以内

こちらで解決できますか？

- はい → 結果をお知らせする
- いいえ → くわしい担当に頼む

### 結果をお知らせする

- 担当: {first}

```mail title="結果のお知らせ"
件名: お問い合わせの件

確認した結果をお知らせいたします。
```

次: 解決した

## エスカレーション

### くわしい担当に頼む

- 宛先: {last}
- 連絡手段: チャット
- 期限: 4営業時間以内
- 引き継ぎ事項: 確かめたこと
- 次: 結果をお知らせする

## 完了の条件

### 解決した

- [ ] お客様にご確認いただいた

## クローズ前に

- [ ] 分類「{reason}」を付けた

## 入力項目

| 項目 | 種類 | 例 |
|---|---|---|
| 確かめたこと | 長文 | 契約の内容と、直近3日の記録 |
"""


def _owner(desk: Desk, topic: str, lang: str) -> str:
    row = desk.topics.get(topic)
    team = desk.find("teams", row.owner) if row and row.owner else None
    return str(team.label(lang)) if team else ""
