"""Files that cannot be read, and lists of the desk that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.content.schema import NAMES
from kotae.durations import read_span
from kotae.findings import Said
from kotae.rules.registry import (
    ERROR,
    RULES,
    Context,
    Found,
    from_problems,
    library_rule,
    maybe,
    rule,
    told,
)
from kotae.settings import WEIGHTS, Settings

_REFERENCES = (
    ("topics", "owner", "teams", "担当チーム"),
    ("topics", "reason", "reasons", "分類"),
    ("roles", "team", "teams", "チーム"),
    ("teams", "calendar", "calendars", "カレンダー"),
    ("roles", "calendar", "calendars", "カレンダー"),
    ("promises", "calendar", "calendars", "カレンダー"),
    ("contacts", "calendar", "calendars", "カレンダー"),
)


@rule(
    "KT104", "unknown-field", ERROR,
    "「{field}」という項目はありません。項目の名前を直すか、その行を消してください。",
    "There is no field '{field}'. Correct its name or remove the line.",
    broken=True,
)  # fmt: skip
def unknown_field(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 書き間違えた項目は、だれにも気づかれずに無視されます。`確認目:` と書いた日付は、どこにも出ません。

    Why: a misspelt field would be passed over in silence; the date under `reveiwed:` would count nowhere.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    確認目: 2026-11-01 <!-- error: KT104 -->
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    確認日: 2026-11-01
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    yield from told(document, "KT104")


@library_rule(
    "KT111", "unreadable-file", ERROR,
    "このファイルは読み取れません。文章をUTF-8で保存し直してください。",
    "This file cannot be read. Save its text as UTF-8.",
    waivable=False,
)  # fmt: skip
def unreadable_file(context: Context) -> Iterator[Found]:
    """なぜ: 読み取れないページは公開できず、文字化けしたまま出すこともできません。

    Why: a page that cannot be read can be neither checked nor published.

    Bad:
    ````markdown
    === faq/billing/refund.md (cp932) <!-- error: KT111 -->
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    empty = Said(
        "ファイルが空です。文章を書くか、ファイルを消してください。",
        "The file is empty. Write its text or delete it.",
    )
    for document in context.library:
        if document.problems:
            yield from from_problems(document.problems, "KT111", document.path)
        elif not (document.common.strip() or document.fields or document.tail_line):
            yield Found(path=document.path, said=empty)
    for path, problems in context.library.strays.items():
        yield from from_problems(problems, "KT111", path)


@rule(
    "KT112", "unreadable-fields", ERROR,
    "先頭の項目を読み取れません。「項目: 値」の形に直してください。",
    "The fields at the top cannot be read. Write 'key: value' lines.",
    waivable=False, broken=True,
)  # fmt: skip
def unreadable_fields(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 項目が読み取れないと、公開してよいページかどうかも分かりません。直るまでは社内だけのページとして扱います。

    Why: without its fields nobody can tell whether a page may be published, so it stays internal until they are readable.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    公開範囲: 社内だけ <!-- error: KT112 -->
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    yield from told(document, "KT112")


@rule(
    "KT115", "too-heavy", ERROR,
    "このページは重すぎます。ページを分けてください。",
    "This page is too heavy. Split it.",
    waivable=False, broken=True,
)  # fmt: skip
def too_heavy(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 記号が何千も並ぶページや、何十段もの入れ子は、1枚だけでサイト全体の公開を何分も止めます。上限は設定で変えられます。

    Why: thousands of marks, or lists dozens deep, hold up the whole site for minutes. The limits are settings.

    Bad:
    ````markdown
    === desk/settings.yml
    1行の長さ: 30
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、いつでも全額を返金いたします。お手続きはお問い合わせから承ります。 <!-- error: KT115 -->
    ````

    Good:
    ````markdown
    === desk/settings.yml
    1行の長さ: 30
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    yield from told(document, "KT115")


@library_rule(
    "KT113", "broken-desk-list", ERROR,
    "「{label}」は {other}.yml にありません。{near}{key}を直すか、{other}.yml に足してください。",
    "'{label}' is not in {other}.yml. {near} Correct {key}, or add it to {other}.yml.",
    waivable=False,
)  # fmt: skip
def broken_desk_list(context: Context) -> Iterator[Found]:
    """なぜ: チームやことがらの一覧が読めないと、どのページの担当も置き場所も確かめられません。

    Why: without the lists of teams and topics, neither owners nor places of any page can be checked.

    Bad:
    ````markdown
    === desk/topics.yml
    - id: billing <!-- error: KT113 -->
      名前: お支払い
      担当チーム: 請求サポト
    ````

    Good:
    ````markdown
    === desk/topics.yml
    - id: billing
      名前: お支払い
      担当チーム: 請求サポート
    ````
    """
    desk = context.library.desk
    for path, problems in desk.problems.items():
        yield from from_problems(problems, "KT113", path)
    for name, field, other, key in _REFERENCES:
        if f"desk/{other}.yml" in desk.problems:
            continue  # The list itself is the trouble; its absence must not be repeated in every row.
        for row in desk.lists.get(name, {}).values():
            label = getattr(row, field)
            if label and desk.find(other, label) is None:
                values = {
                    "label": label,
                    "other": other,
                    "key": key,
                    "near": maybe(desk.nearest(other, label)),
                }
                yield Found(row.line, values, path=f"desk/{name}.yml")
    yield from _settings(context)


def _settings(context: Context) -> Iterator[Found]:
    settings, path = context.library.desk.settings, "desk/settings.yml"
    spans = [("見直しの猶予", settings.review_grace)]
    spans += [(f"見直し間隔の {name}", text) for name, text in settings.review_every.items()]
    for label, text in spans:
        if read_span(text) is None:
            said = Said(
                f"{label}が「{text}」です。90d、6か月、半年のように書いてください。",
                f"{label} is '{text}'. Write it like 90d, 6 weeks or 1 year.",
            )
            yield Found(path=path, said=said)
    yield from _weights(settings)
    for kind, text in settings.required.items():
        for name in filter(None, (part.strip() for part in text.split(","))):
            if name not in NAMES and name not in context.library.shape.names:
                said = Said(
                    f"必須項目の {kind} にある「{name}」という項目はありません。",
                    f"required ({kind}) names '{name}', which is no field.",
                )
                yield Found(path=path, said=said)


def _weights(settings: Settings) -> Iterator[Found]:
    path, families = "desk/settings.yml", {r.family for r in RULES.values()}
    for rule_id, written in settings.severities.items():
        if rule_id not in RULES:
            yield Found(path=path, said=_no_rule("重大さ", rule_id))
        elif written not in WEIGHTS:
            said = Said(
                f"重大さの {rule_id} が「{written}」です。error、warning、info、off のどれかを書いてください。",
                f"The weight of {rule_id} is '{written}'. Write error, warning, info or off.",
            )
            yield Found(path=path, said=said)
        elif not RULES[rule_id].waivable:
            said = Said(
                f"{rule_id} の重さは変えられません。重大さからこの行を消してください。",
                f"The weight of {rule_id} cannot be changed. Remove the line.",
            )
            yield Found(path=path, said=said)
    for name in settings.rules:
        if name not in RULES and name not in families:
            yield Found(path=path, said=_no_rule("使う規則", name))


def _no_rule(option: str, name: str) -> Said:
    return Said(
        f"{option}にある「{name}」という規則はありません。`kotae rules` の番号を書いてください。",
        f"There is no rule '{name}'. Write a number from `kotae rules`.",
    )
