"""A small help center for the tests of the engine: a dozen pages that are easily confused."""

from __future__ import annotations

from kotae.search.entries import Entry
from kotae.search.wordings import WordingError, expand

SYNONYMS = [["解約", "退会", "サブスク", "cancel"], ["パスワード", "暗証番号"], ["電話番号", "オペレーター"]]

_PAGES = [
    ("login", "forgot-password", "パスワードを忘れました", "ログイン画面から再設定できます。", ["パスワード(を|)忘れた", "パスわからん"]),
    ("login", "code-not-arriving", "二段階認証のコードが届きません", "迷惑メールをご確認ください。", ["認証コード来ない"]),
    ("login", "change-address", "ログイン用のメールアドレスを変更できますか？", "はい。", ["メアド変えたい"]),
    ("billing", "refund", "返金はできますか？", "30日以内なら全額を返金いたします。", ["お金(を|)返して", "返金してほしい"]),
    ("billing", "double-charge", "二重に引き落とされています", "返金いたします。", ["2回引き落とし", "ダブって請求された"]),
    ("billing", "receipt-from-us", "つむぎ請求の利用料の領収書はどこで受け取れますか？", "設定から。", ["領収書ほしい"]),
    ("qualified-invoice", "issue-receipt", "取引先に領収書を発行できますか？", "はい。", ["領収書 出したい"]),
    ("cancel", "cancel", "解約の手続きはどこからできますか？", "設定から。", ["やめたい"]),
    ("cancel", "data-after-cancel", "解約すると、作った請求書はどうなりますか？", "1年間残ります。", ["やめたら消える"]),
    ("invoices", "postal", "請求書を郵送できますか？", "はい。", ["紙で送りたい"]),
    ("reconciliation", "reconcile", "入金の消込はどうすればよいですか？", "自動で行えます。", []),
    ("api", "webhook", "Webhookが届きません", "送信の記録をご確認ください。", ["ウェブフック"]),
    ("security", "phone-hours", "サポートの電話番号と受付時間を教えてください", "03-0000-0000です。", ["人と話したい"]),
]  # fmt: skip


def entries() -> list[Entry]:
    found = []
    for topic, stem, title, answer, lines in _PAGES:
        wordings: list[str] = []
        for line in lines:
            expanded = expand(line)
            assert not isinstance(expanded, WordingError)
            wordings.extend(expanded)
        found.append(
            Entry(
                stem,
                "faq",
                "ja",
                topic,
                title,
                f"/{topic}/{stem}/",
                answer,
                tuple(wordings),
                headings="手順",
                body="「設定」を開きます。請求書の一覧から選びます。",
            )
        )
    english = Entry(
        "refund",
        "faq",
        "en",
        "billing",
        "Can I get a refund?",
        "/en/billing/refund/",
        "Yes.",
        ("money back",),
    )
    return [*found, english]
