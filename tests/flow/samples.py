"""The example of the design, in Japanese and English, on the sample company's desk; changed in memory, never on disk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from kotae.checking import check
from kotae.content.documents import Playbook
from kotae.content.library import Library
from kotae.content.reading import parse_document
from kotae.desk.lists import Desk, load_desk
from kotae.findings import Finding
from kotae.flow.model import Flow
from kotae.flow.parse import parse
from kotae.rules.registry import RULES, Rule

ROOT = Path(__file__).parents[2]
EXAMPLE = Path(__file__).parent / "example"
TODAY = date(2026, 11, 24)
JA, EN = "playbooks/billing/refund.md", "playbooks/billing/refund.en.md"
DRAFT = """---
状態: 下書き
重要度: 低
連絡手段: [メール]
一次回答: なし(まだ書きかけのため)
---
# カード会社からの通知

## 使う場面

カード会社から「チャージバック」の通知が届いたとき。

- 「返金してほしい」とおっしゃるとき → [返金のご依頼](refund.md)

## 手順

### 通知を経理に渡す

- 担当: 一次対応

次: 渡して完了

## 完了の条件

### 渡して完了

- [ ] 分類「料金 > 返金」を付けた
"""
FILES = {
    JA: (EXAMPLE / "refund.md").read_text(encoding="utf-8"),
    EN: (EXAMPLE / "refund.en.md").read_text(encoding="utf-8"),
    "playbooks/billing/double-charge.md": (EXAMPLE / "double-charge.md").read_text(encoding="utf-8"),
    "playbooks/billing/draft.md": DRAFT,
    "faq/billing/refund-when.md": "---\n公開範囲: お客様に公開\n---\n# 返金はいつ反映されますか？\n\nカード会社によって異なります。\n",
    "faq/cancel/cancel.md": "---\n公開範囲: お客様に公開\n---\n# 解約の手続きはどこからできますか？\n\n管理画面「契約」からできます。\n",
    "faq/billing/secret.md": "---\n公開範囲: 社内だけ\n---\n# 高額の返金はだれが決めますか？\n\nSVが決めます。\n",
    "faq/billing/draft.md": "---\n公開範囲: お客様に公開\n状態: 下書き\n---\n# 返金の手数料はいくらですか？\n\n無料です。\n",
}  # fmt: skip
FLOW_RULES = {
    rule_id: each
    for rule_id, each in RULES.items()
    if rule_id[:3] in ("KT2", "KT3", "KT4") or rule_id in ("KT102", "KT107", "KT109", "KT110", "KT803", "KT804", "KT805", "KT807", "KT808")
}  # fmt: skip


@lru_cache(maxsize=1)
def desk() -> Desk:
    """The lists of つむぎ請求."""
    return load_desk(ROOT)


def library(changed: Mapping[str, str] | None = None) -> Library:
    """The example's files, some of them changed."""
    texts = FILES | dict(changed or {})
    documents = tuple(parse_document(path, text.encode()) for path, text in sorted(texts.items()))
    return Library(Path(), desk(), documents)


def findings(
    changed: Mapping[str, str] | None = None, rules: Mapping[str, Rule] | None = None
) -> tuple[Finding, ...]:
    """What the playbook rules say."""
    return check(library(changed), TODAY, rules=FLOW_RULES if rules is None else rules)


def flow(text: str, path: str = JA) -> Flow:
    """The graph of a text as it would be read below ``path``."""
    document = parse_document(path, text.encode())
    assert isinstance(document, Playbook)
    return parse(document)
