"""Slips that people make, one a line: rule -> language -> (what stood there, what they wrote instead, …)."""

from __future__ import annotations

Mutant = tuple[str, ...]

MUTANTS: dict[str, dict[str, list[Mutant]]] = {
    "KT102": {
        "ja": [("## 完了の条件", "## 完了したら"), ("## 使う場面\n", "## 手順\n"), ("## エスカレーション\n", "## 手順のつづき\n")],
        "en": [("## Outcomes", "## Outcmes"), ("## When to use\n", "## Cases\n"), ("## Escalation\n", "## Escaltion\n")],
    },
    "KT201": {
        "ja": [("### 返金額を確かめる", "### 返金の条件に当てはめる"), ("### 返金して完了", "### 返金せずに完了"), ("### 経理に返金をお願いする", "### SVに判断してもらう")],
        "en": [("### Check the amount", "### Apply the refund conditions"), ("### Closed with a refund", "### Closed without a refund"), ("### Ask Accounting for the refund", "### Ask the supervisor to decide")],
    },
    "KT202": {
        "ja": [("- はい → 返金の条件に当てはめる", "- はい → 返金の条件に当てはまる"), ("次: 返金をお知らせする", "次: 返金を知らせる"), ("- 返金する → 返金額を確かめる", "- 返金する → [返金額](#返金額)")],
        "en": [("- Yes → Apply the refund conditions", "- Yes → Apply refund conditions"), ("Next: Tell the customer about the refund", "Next: Tell the customer"), ("- Refund → Check the amount", "- Refund → [Check](#check-amount)")],
    },
    "KT203": {
        "ja": [("- 返金しない → ご返金できないことをお伝えする", "- 返金しない → 返金額を確かめる"), ("次: 返金せずに完了", "次: 返金して完了", "次: 返金せずに完了", "次: 返金して完了"), ("- 30,000円を超える → 経理に返金をお願いする", "- 30,000円を超える → 返金を実行する")],
        "en": [("- No refund → Say that we cannot refund", "- No refund → Check the amount"), ("- More than 30,000 yen → Ask Accounting for the refund", "- More than 30,000 yen → Carry out the refund"), ("- No → Ask for more information", "- No → Apply the refund conditions")],
    },
    "KT204": {
        "ja": [("経理から完了の連絡がありましたか?\n\n- あった → 返金をお知らせする\n- 期限を過ぎた・それ以外 → SVに判断してもらう\n", ""), ("SVの判断はどちらですか?\n\n- 返金する → 返金額を確かめる\n- 返金しない → ご返金できないことをお伝えする\n", ""), ("- あった → 返金をお知らせする\n- 期限を過ぎた・それ以外 → SVに判断してもらう\n", "1. 連絡を待つ。\n")],
        "en": [("Did Accounting report that it is done?\n\n- Done → Tell the customer about the refund\n- Past the limit, or otherwise → Ask the supervisor to decide\n", ""), ("What does the supervisor decide?\n\n- Refund → Check the amount\n- No refund → Say that we cannot refund\n", ""), ("- Done → Tell the customer about the refund\n- Past the limit, or otherwise → Ask the supervisor to decide\n", "1. Wait for word.\n")],
    },
    "KT205": {
        "ja": [("次: 返金せずに完了", "次: ご返信がないことをお知らせする"), ("次: 返金して完了", "次: 返金を実行する"), ("- なかった → 追加の情報をお願いする\n- 2回お送りしても、なかった・それ以外 → ご返信がないことをお知らせする", "- なかった・それ以外 → ご返信がないことをお知らせする", "次: 返金せずに完了", "次: ご返信がないことをお知らせする")],
        "en": [("Next: Closed without a refund", "Next: Say that we close the ticket for now"), ("Next: Closed with a refund", "Next: Carry out the refund"), ("Next: Closed with a refund", "Next: Tell the customer about the refund")],
    },
    "KT207": {
        "ja": [("- [ ] 返金のお知らせをお送りした", "- [ ] 返金のお知らせをお送りした\n\n次: 返金額を確かめる"), ("- [ ] 理由を問い合わせに記録した", "- [ ] 理由を問い合わせに記録した\n\n納得いただけましたか?\n\n- はい → 返金せずに完了\n- いいえ → SVに判断してもらう"), ("### 返金せずに完了\n", "### 返金せずに完了\n\n- 次: 返金額を確かめる\n")],
        "en": [("- [ ] The refund notice has been sent", "- [ ] The refund notice has been sent\n\nNext: Check the amount"), ("- [ ] The reason is noted in the ticket", "- [ ] The reason is noted in the ticket\n\nDid they agree?\n\n- Yes → Closed without a refund\n- No → Ask the supervisor to decide"), ("### Closed without a refund\n", "### Closed without a refund\n\n- Next: Check the amount\n")],
    },
    "KT208": {
        "ja": [("- いいえ → 追加の情報をお願いする", "- いいえ → 追加の情報をお願いする\n\n次: 返金額を確かめる"), ("次: 返金をお知らせする", "次: 返金をお知らせする\n\n次: 返金して完了"), ("- 30,000円を超える → 経理に返金をお願いする", "- 30,000円を超える → 経理に返金をお願いする\n\n急ぎですか?\n\n- はい → SVに判断してもらう\n- いいえ → 返金を実行する")],
        "en": [("- No → Ask for more information", "- No → Ask for more information\n\nNext: Check the amount"), ("Next: Tell the customer about the refund", "Next: Tell the customer about the refund\n\nNext: Closed with a refund"), ("- More than 30,000 yen → Ask Accounting for the refund", "- More than 30,000 yen → Ask Accounting for the refund\n\nIs it urgent?\n\n- Yes → Ask the supervisor to decide\n- No → Carry out the refund")],
    },
    "KT209": {
        "ja": [("{{URL:解約の手続きはどこからできますか}}\n```\n\n次: 返金せずに完了\n", "{{URL:解約の手続きはどこからできますか}}\n```\n"), ("{{URL:解約の手続きはどこからできますか}}\n```\n\n次: 返金せずに完了\n", "{{URL:解約の手続きはどこからできますか}}\n```\n\nあとは閉じる。\n"), ("{{URL:解約の手続きはどこからできますか}}\n```\n\n次: 返金せずに完了\n", "{{URL:解約の手続きはどこからできますか}}\n```\n\n次: [二重請求](double-charge.md)\n")],
        "en": [("{{URL:cancel}}\n```\n\nNext: Closed without a refund\n", "{{URL:cancel}}\n```\n"), ("{{URL:cancel}}\n```\n\nNext: Closed without a refund\n", "{{URL:cancel}}\n```\n\nThen close it.\n"), ("{{URL:cancel}}\n```\n\nNext: Closed without a refund\n", "{{URL:cancel}}\n```\n\nNext: [Double charges](double-charge.md)\n")],
    },
    "KT210": {
        "ja": [("### 一次回答を送る\n\n- 担当: 一次対応", "### 一次回答を送る\n\n- 引き継ぎ先: SV"), ("## 手順\n", "## 手順\n\nまだありません。\n\n## 参考\n"), ("## 手順\n", "## エスカレーション\n\n## 手順\n")],
        "en": [("### Send the first reply\n\n- Role: First line", "### Send the first reply\n\n- To: Supervisor"), ("## Steps\n", "## Steps\n\nNone yet.\n\n## See also\n"), ("## Steps\n", "## Escalation\n\n## Steps\n")],
    },
    "KT211": {
        "ja": [("ご本人と契約を確認できましたか?", "確認の結果で分かれる。"), ("返金額はいくらですか?\n\n", ""), ("SVの判断はどちらですか?", "SVの判断:")],
        "en": [("Could you verify the customer and the contract?", "It depends on the check."), ("How much is the refund?\n\n", ""), ("What does the supervisor decide?", "The decision:")],
    },
    "KT212": {
        "ja": [("- 2回お送りしても、なかった・それ以外 → ", "- 2回お送りしても返事がない → ", "- なかった → 追加", "- まだ → 追加"), ("- それ以外・迷う → SVに判断してもらう", "- 退会済み → SVに判断してもらう"), ("返金額はいくらですか?", "{{ご利用状況}}はどちらですか?", "- 30,000円以下 → 返金を実行する\n- 30,000円を超える → 経理に返金をお願いする", "- 開始前 → 返金を実行する\n- 開始前 → 経理に返金をお願いする")],
        "en": [("- No reply after 2 requests, or otherwise → ", "- Silence after 2 requests → ", "- No reply → Ask", "- Nothing yet → Ask"), ("- Otherwise, not sure → Ask the supervisor to decide", "- Closed account → Ask the supervisor to decide"), ("How much is the refund?", "What is the {{Usage}}?", "- 30,000 yen or less → Carry out the refund\n- More than 30,000 yen → Ask Accounting for the refund", "- not started → Carry out the refund\n- not started → Ask Accounting for the refund")],
    },
    "KT213": {
        "ja": [("返金額はいくらですか?", "{{ご利用状況}}はどちらですか?"), ("どれに当てはまりますか?", "{{ご利用状況}}は?", "- お申し込みから30日以内で、ご利用開始前 →", "- 開始まえ →", "- お申し込みから30日を過ぎている、またはご利用開始後 →", "- 開始後 →"), ("どれに当てはまりますか?", "{{ご利用状況}}は?", "- お申し込みから30日以内で、ご利用開始前 →", "- 開始前 →", "- お申し込みから30日を過ぎている、またはご利用開始後 →", "- 利用中 →")],
        "en": [("How much is the refund?", "What is the {{Usage}}?"), ("Which one applies?", "{{Usage}}?", "- Within 30 days of sign-up, not yet used →", "- not startd →", "- More than 30 days after sign-up, or already used →", "- started →"), ("Which one applies?", "{{Usage}}?", "- Within 30 days of sign-up, not yet used →", "- not started →", "- More than 30 days after sign-up, or already used →", "- in use →")],
    },
    "KT214": {
        "ja": [("- いいえ → 追加の情報をお願いする", "- はい → 追加の情報をお願いする"), ("- 30,000円を超える → 経理", "- 30,000円以下 → 経理"), ("- 返金しない → ご返金", "- 返金する → ご返金")],
        "en": [("- No → Ask for more information", "- YES → Ask for more information"), ("- More than 30,000 yen → Ask Acc", "- 30,000 yen or less → Ask Acc"), ("- No refund → Say", "- Ｒefund → Say")],
    },
    "KT215": {
        "ja": [("- いいえ → 追加の情報をお願いする\n", ""), ("- 30,000円を超える → 経理に返金をお願いする\n", ""), ("- あった → 返金をお知らせする\n", "")],
        "en": [("- No → Ask for more information\n", ""), ("- More than 30,000 yen → Ask Accounting for the refund\n", ""), ("- Done → Tell the customer about the refund\n", "")],
    },
    "KT218": {
        "ja": [("- いいえ → 追加の情報をお願いする", "- いいえ"), ("- 30,000円を超える → 経理に返金をお願いする", "- 30,000円を超える:経理に返金をお願いする"), ("- 返金しない → ご返金できないことをお伝えする", "- 返金しない、ご返金できないことをお伝えする")],
        "en": [("- No → Ask for more information", "- No"), ("- More than 30,000 yen → Ask Accounting for the refund", "- More than 30,000 yen: Ask Accounting for the refund"), ("- No refund → Say that we cannot refund", "- No refund, say that we cannot refund")],
    },
    "KT219": {
        "ja": [("次: 返金をお知らせする", "次: [返金の時期](../../faq/billing/refund-when.md)"), ("次: 返金をお知らせする", "次: [二重請求](double-chrge.md)"), ("- いいえ → 追加の情報をお願いする", "- いいえ → [カード会社からの通知](draft.md)")],
        "en": [("Next: Tell the customer about the refund", "Next: [When](../../faq/billing/refund-when.md)"), ("Next: Tell the customer about the refund", "Next: [Double charges](double-chrge.md)"), ("- No → Ask for more information", "- No → [Notices of a card company](draft.md)")],
    },
    "KT220": {
        "ja": [("次: 返金をお知らせする", "同時に行う:\n\n- 返金をお知らせする\n- 返金額を確かめる\n\n次: 返金して完了"), ("次: 返金をお知らせする", "同時に行う:\n\n- 返金をお知らせする\n- ご返金できないことをお伝えする"), ("次: 返金をお知らせする", "同時に行う:\n\n- [返金をお知らせする](#返金をお知らせする)\n- [SVに判断してもらう](#svに判断してもらう)\n\n次: ご返信がないことをお知らせする")],
        "en": [("Next: Tell the customer about the refund", "At the same time:\n\n- Tell the customer about the refund\n- Check the amount\n\nNext: Closed with a refund"), ("Next: Tell the customer about the refund", "At the same time:\n\n- Tell the customer about the refund\n- Say that we cannot refund"), ("Next: Tell the customer about the refund", "At the same time:\n\n- [Tell the customer about the refund](#tell-the-customer-about-the-refund)\n- [Ask](#ask-the-supervisor-to-decide)\n\nNext: Say that we close the ticket for now")],
    },
    "KT301": {
        "ja": [("- 担当: 一次対応", "- 担当: 一時対応"), ("- 引き継ぎ先: SV", "- 引き継ぎ先: 課長"), ("- 引き継ぎ先: 経理", "- 引き継ぎ先: 経理, 会計")],
        "en": [("- Role: First line", "- Role: Frist line"), ("- To: Supervisor", "- To: Manager"), ("- To: Accounting", "- To: Accounting, Finance")],
    },
    "KT303": {
        "ja": [("- 担当: 一次対応\n- 一次回答: はい", "- 一次回答: はい"), ("### 返金額を確かめる\n\n- 担当: 一次対応\n", "### 返金額を確かめる\n"), ("- 担当: 一次対応\n- 権限: 返金実行", "- 担当:\n- 権限: 返金実行")],
        "en": [("- Role: First line\n- First reply: yes", "- First reply: yes"), ("### Check the amount\n\n- Role: First line\n", "### Check the amount\n"), ("- Role: First line\n- Permission: Refund", "- Role:\n- Permission: Refund")],
    },
    "KT304": {
        "ja": [("- 連絡方法: チャット #cs-sv\n", ""), ("- 引き継ぎ事項: 契約番号, 返金額, 返金の理由\n", ""), ("- 引き継ぎ先: 経理\n", "- 引き継ぎ先:\n")],
        "en": [("- By: chat #cs-sv\n", ""), ("- Hand over: Contract number, Refund amount, Reason for the refund\n", ""), ("- To: Accounting\n", "- To:\n")],
    },
    "KT305": {
        "ja": [("- 期限: 4営業時間以内", "- 期限: なるべく早く"), ("- 期限: 1時間以内", "- 期限: 一時間くらい"), ("- 繰り返し: 2営業日ごと、最大2回", "- 繰り返し: 何度か")],
        "en": [("- Within: 4 business hours", "- Within: as soon as possible"), ("- Within: 1 hour", "- Within: an hour or so"), ("- Repeat: every 2 business days, at most 2 times", "- Repeat: a few times")],
    },
    "KT306": {
        "ja": [("- [ ] 管理画面の状態が「返金済み」\n- [ ] 返金のお知らせをお送りした\n", ""), ("- [ ] 結果またはいったん完了のお知らせをお送りした\n- [ ] 理由を問い合わせに記録した", "- 結果をお送りした\n- 理由を記録した"), ("- [ ] 管理画面の状態が「返金済み」\n- [ ] 返金のお知らせをお送りした", "1. 状態を見る。")],
        "en": [('- [ ] The state in the admin console is "Refunded"\n- [ ] The refund notice has been sent\n', ""), ("- [ ] The result, or the notice of closing for now, has been sent\n- [ ] The reason is noted in the ticket", "- The result has been sent\n- The reason is noted"), ('- [ ] The state in the admin console is "Refunded"\n- [ ] The refund notice has been sent', "1. Look at the state.")],
    },
    "KT308": {
        "ja": [("- [ ] 会社名が画面と同じ\n- [ ] 返金額 {{返金額}} が画面と同じ\n- [ ] 同じ請求に返金済みの記録がない\n", ""), ("- [ ] 会社名が画面と同じ\n- [ ] 返金額 {{返金額}} が画面と同じ\n- [ ] 同じ請求に返金済みの記録がない", "- 会社名が画面と同じ\n- 返金額 {{返金額}} が画面と同じ"), ("### 返金をお知らせする\n\n- 担当: 一次対応", "### 返金をお知らせする\n\n- 担当: 一次対応\n- 元に戻せない: はい")],
        "en": [("- [ ] The company name is the same as on the screen\n- [ ] The amount {{Refund amount}} is the same as on the screen\n- [ ] There is no earlier refund for the same charge\n", ""), ("- [ ] The company name is the same as on the screen\n- [ ] The amount {{Refund amount}} is the same as on the screen\n- [ ] There is no earlier refund for the same charge", "- The company name is the same\n- The amount {{Refund amount}} is the same"), ("### Tell the customer about the refund\n\n- Role: First line", "### Tell the customer about the refund\n\n- Role: First line\n- Irreversible: yes")],
    },
    "KT309": {
        "ja": [("## 間違えたとき\n\n金額や契約を間違えて返金したときは、自分で取り消さず、すぐに [経理に返金をお願いする](#経理に返金をお願いする) の連絡先へ知らせる。\n", ""), ("金額や契約を間違えて返金したときは、自分で取り消さず、すぐに [経理に返金をお願いする](#経理に返金をお願いする) の連絡先へ知らせる。\n", ""), ("## 間違えたとき\n", "## まちがえた場合に\n")],
        "en": [("## If it went wrong\n\nIf you refunded the wrong amount or contract, do not undo it yourself. Tell the contact of [Ask Accounting for the refund](#ask-accounting-for-the-refund) at once.\n", ""), ("If you refunded the wrong amount or contract, do not undo it yourself. Tell the contact of [Ask Accounting for the refund](#ask-accounting-for-the-refund) at once.\n", ""), ("## If it went wrong\n", "## Mistakes\n")],
    },
    "KT311": {
        "ja": [("- 一次回答: はい\n", ""), ("- 一次回答: はい\n", "- 一次回答: いいえ\n"), ("- 一次回答: はい\n", "", "連絡手段: [メール, 電話]\n", "連絡手段: [メール, 電話]\n一次回答: なし\n")],
        "en": [("- First reply: yes\n", ""), ("- First reply: yes\n", "- First reply: no\n"), ("- First reply: yes\n", "", "channels: [mail, phone]\n", "channels: [mail, phone]\nfirst_reply: somewhere\n")],
    },
    "KT312": {
        "ja": [("### 一次回答を送る\n\n- 担当: 一次対応\n- 一次回答: はい", "### 一次回答を送る\n\n- 担当: 一次対応\n- 一次回答: はい\n\n### 文面を用意する\n\n- 担当: 一次対応"), ("- 一次回答: はい", "- 一次回答: いいえ", "### 返金額を確かめる\n\n- 担当: 一次対応", "### 返金額を確かめる\n\n- 担当: 一次対応\n- 一次回答: はい"), ("- 一次回答: はい\n", "", "- 期限: 4営業時間以内\n", "- 一次回答: はい\n- 期限: 4営業時間以内\n")],
        "en": [("### Send the first reply\n\n- Role: First line\n- First reply: yes", "### Send the first reply\n\n- Role: First line\n- First reply: yes\n\n### Prepare the text\n\n- Role: First line"), ("- First reply: yes", "- First reply: no", "### Check the amount\n\n- Role: First line", "### Check the amount\n\n- Role: First line\n- First reply: yes"), ("- First reply: yes\n", "", "- Within: 4 business hours\n", "- First reply: yes\n- Within: 4 business hours\n")],
    },
    "KT313": {
        "ja": [("- 一次回答: はい", "- 一次回答: はい\n- 期限: 1営業日以内"), ("- 一次回答: はい", "- 一次回答: はい\n- 期限: 当日中"), ("- 一次回答: はい", "- 一次回答: はい\n- 期限: 5営業時間以内")],
        "en": [("- First reply: yes", "- First reply: yes\n- Within: 1 business day"), ("- First reply: yes", "- First reply: yes\n- Within: within the day"), ("- First reply: yes", "- First reply: yes\n- Within: 5 business hours")],
    },
    "KT314": {
        "ja": [("- 一次回答: はい", "- 一次回答: いいえ", "### 返金をお知らせする\n\n- 担当: 一次対応", "### 返金をお知らせする\n\n- 担当: 一次対応\n- 一次回答: はい"), ("- 一次回答: はい\n", "", "### 追加の情報をお願いする\n\n- 担当: 一次対応", "### 追加の情報をお願いする\n\n- 担当: 一次対応\n- 一次回答: はい"), ("## 手順\n", "## 手順\n\n### 営業の電話か確かめる\n\n- 担当: 一次対応\n\n営業の電話ですか?\n\n- はい → 返金せずに完了\n- いいえ → 一次回答を送る\n")],
        "en": [("- First reply: yes", "- First reply: no", "### Tell the customer about the refund\n\n- Role: First line", "### Tell the customer about the refund\n\n- Role: First line\n- First reply: yes"), ("- First reply: yes\n", "", "### Ask for more information\n\n- Role: First line", "### Ask for more information\n\n- Role: First line\n- First reply: yes"), ("## Steps\n", "## Steps\n\n### See whether it is a sales call\n\n- Role: First line\n\nIs it a sales call?\n\n- Yes → Closed without a refund\n- No → Send the first reply\n")],
    },
    "KT316": {
        "ja": [("連絡手段: [メール, 電話]", "連絡手段: [メール, 電話, チャット]"), ('```phone title="一次回答(電話)"', '```note title="一次回答(電話)"'), ('```mail title="一次回答(メール)"', '```chat title="一次回答(メール)"')],
        "en": [("channels: [mail, phone]", "channels: [mail, phone, sms]"), ('```phone title="First reply (phone)"', '```note title="First reply (phone)"'), ('```mail title="First reply (mail)"', '```chat title="First reply (mail)"')],
    },
    "KT319": {
        "ja": [("結論が出ていなくても", "迷うときは中村さんに聞く。結論が出ていなくても"), ("3. お申し込み日と", "3. 高橋 美咲に伝え、お申し込み日と"), ("- 連絡方法: チャット #cs-sv", "- 連絡方法: o.kobayashi@tsumugi.example.jp")],
        "en": [("Even without a result", "Ask 中村さん when in doubt. Even without a result"), ("3. Note the sign-up date", "3. Tell 高橋 美咲, note the sign-up date"), ("- By: chat #cs-sv", "- By: mobile 090-1234-5678")],
    },
    "KT320": {
        "ja": [("> 30,000円以下 → 返金して完了", "> 30,000円以下 → 返金せずに完了"), ("- ご返信がない: いいえ > なかった >", "- ご返信がない: いいえ > ない >"), ("- 30日超・お断り: はい >", "- 30日超・お断り: はい > はい >")],
        "en": [("> 30,000 yen or less → Closed with a refund", "> 30,000 yen or less → Closed without a refund"), ("- No reply: No > No reply >", "- No reply: No > Silence >"), ("- After 30 days, declined: Yes >", "- After 30 days, declined: Yes > Yes >")],
    },
    "KT321": {
        "ja": [("重要度: 通常", "重要度: 高", "- 申し込み直後・少額: はい > お申し込みから30日以内で、ご利用開始前 > 30,000円以下 → 返金して完了\n", ""), ("重要度: 通常", "重要度: 重大", "### 返金せずに完了\n", "### 半額を返金して完了\n\n- [ ] 半額を返した\n\n### 返金せずに完了\n", "- 返金しない → ご返金できないことをお伝えする", "- 返金しない → ご返金できないことをお伝えする\n- 半額・それ以外 → 半額を返金して完了"), ("重要度: 通常", "重要度: 高", "- 30日超・お断り: ", "- ", "- ご返信がない: いいえ > なかった > 2回お送りしても、なかった・それ以外 → 返金せずに完了\n", "", "> 返金しない → 返金せずに完了", "> 返金しない")],
        "en": [("severity: normal", "severity: high", "- Just signed up, small amount: Yes > Within 30 days of sign-up, not yet used > 30,000 yen or less → Closed with a refund\n", ""), ("severity: normal", "severity: critical", "### Closed without a refund\n", "### Closed with half a refund\n\n- [ ] Half was paid back\n\n### Closed without a refund\n", "- No refund → Say that we cannot refund", "- No refund → Say that we cannot refund\n- Half, or otherwise → Closed with half a refund"), ("severity: normal", "severity: high", "- No reply: No > No reply > No reply after 2 requests, or otherwise → Closed without a refund\n", "", "> No refund → Closed without a refund", "> No refund")],
    },
    "KT401": {
        "ja": [('```mail title="一次回答(メール)"', "```mail"), ('```phone title="一次回答(電話)"', '```phone 題="一次回答(電話)"'), ('```mail title="いったん完了のお知らせ"', '```mail title=""')],
        "en": [('```mail title="First reply (mail)"', "```mail"), ('```phone title="First reply (phone)"', '```phone name="First reply (phone)"'), ('```mail title="Closing the ticket for now"', '```mail title=""')],
    },
    "KT402": {
        "ja": [("{{お客様名}} 様", "{{お客さま名}} 様"), ("返金額 {{返金額}} が画面と同じ", "返金額 {{返金学}} が画面と同じ"), ("{{次回ご連絡日時}}までに結果を", "{{回答:refund-when}}までに結果を")],
        "en": [("Dear {{Customer name}},", "Dear {{Customer}},"), ("The amount {{Refund amount}} is", "The amount {{Refund_amount}} is"), ("result by {{Next contact}}", "result by {{day of contact}}")],
    },
    "KT403": {
        "ja": [("- 引き継ぎ事項: 契約番号, お申し込み日,", "- 引き継ぎ事項: 契約番号, 申込日,"), ("- 引き継ぎ事項: 契約番号, 返金額, 返金の理由", "- 引き継ぎ事項: 契約番号, 返金額、理由"), ("| 返金の理由 | 文章 |", "| 返金する理由 | 文章 |")],
        "en": [("- Hand over: Contract number, Sign-up date,", "- Hand over: Contract number, Sign up day,"), ("- Hand over: Contract number, Refund amount, Reason for the refund", "- Hand over: Contract no, Refund amount, Reason for the refund"), ("| Reason for the refund | text |", "| Reason | text |")],
    },
    "KT405": {
        "ja": [("| 返金額 | 金額 |", "| 返金額 | 金学 |"), ("選択(開始前・開始後) | 開始前", "選択() | 開始前"), ("| お申し込み日 | 日付 | 2026-11-01 |", "| お申し込み日 | 日付 | きのう |")],
        "en": [("| Refund amount | amount |", "| Refund amount | amont |"), ("choice(not started・started) | not started", "choice() | not started"), ("| Sign-up date | date | 2026-11-01 |", "| Sign-up date | date | yesterday |")],
    },
    "KT407": {
        "ja": [("までに結果をご連絡いたします。", "までに返金できますとお伝えします。"), ("恐れ入りますが、会社名", "規約に書いてあります。会社名"), ("×「返金できます」", "×「いったん完了」")],
        "en": [("write to you with the result", "tell you that we can refund you and write"), ("May I have your company", "It is in the terms. May I have your company"), ('×"We can refund you"', '×"Thank you for waiting"')],
    },
    "KT409": {
        "ja": [("{{お客様名}} 様", "○○ 様"), ("までに結果をご連絡いたします。", "までに結果をご連絡いたします。TODO"), ("{{ご返信期限}}までに", "〇月〇日までに")],
        "en": [("Dear {{Customer name}},", "Dear [name],"), ("write to you with the result", "write to you with the result XXX"), ("by {{Reply by}}", "by TBD")],
    },
    "KT414": {
        "ja": [("ご返金についてのお問い合わせを受け付けました。\nご契約", "{{返金額}}のご返金についてのお問い合わせを受け付けました。\nご契約"), ("ご返金についてのお問い合わせですね。", "{{お申し込み日}}のお申し込みですね。"), ("({{問い合わせ番号}})\n\n{{会社名}}\n{{お客様名}} 様\n\nお問い合わせ", "({{契約番号}})\n\n{{会社名}}\n{{お客様名}} 様\n\nお問い合わせ")],
        "en": [("your enquiry about a refund.", "your enquiry about a refund of {{Refund amount}}."), ("You are calling about a refund.", "You signed up on {{Sign-up date}}."), ("enquiry ({{Ticket number}})", "enquiry ({{Contract number}})")],
    },
    "KT416": {
        "ja": [("{{URL:返金はいつ反映されますか}}", "{{URL:返金はいつ着きますか}}"), ("{{URL:返金はいつ反映されますか}}", "{{答え:secret}}"), ("{{URL:返金はいつ反映されますか}}", "{{URL:返金の手数料はいくらですか？}}")],
        "en": [("{{URL:refund-when}}", "{{URL:refund-whn}}"), ("{{URL:refund-when}}", "{{answer:secret}}"), ("{{URL:refund-when}}", "{{url:faq-draft}}")],
    },
    "KT803": {
        "ja": [("ご本人と契約を確認できましたか?\n\n- はい", "ご本人と契約を確認できましたか?\n- はい"), ("\n\n1. 管理画面で会社名", "\n\n画面で調べる。\n1. 管理画面で会社名"), ("### 返金額を確かめる", "###返金額を確かめる")],
        "en": [("Could you verify the customer and the contract?\n\n- Yes", "Could you verify the customer and the contract?\n- Yes"), ("\n\n1. In the admin console", "\n\nLook it up.\n1. In the admin console"), ("1. Open \"Billing\"", "1) Open \"Billing\"")],
    },
    "KT805": {
        "ja": [("    - ×「返金できます」", "  - ×「返金できます」"), ("2. 登録のお名前", "  - 会社名でも探せる。\n2. 登録のお名前"), ("- [ ] 会社名が画面と同じ\n", "- [ ] 会社名が画面と同じ\n  - 旧社名も見る\n")],
        "en": [('    - ×"We can refund you"', '  - ×"We can refund you"'), ("2. Compare the registered", "  - The trade name will do.\n2. Compare the registered"), ("- [ ] The company name is the same as on the screen\n", "- [ ] The company name is the same as on the screen\n  - Look at former names too\n")],
    },
    "KT808": {
        "ja": [("- [ ] 会社名が画面と同じ", "-[ ] 会社名が画面と同じ"), ('```mail title="追加のご確認のお願い"', '```Mail title="追加のご確認のお願い"'), ("- 期限: 4営業時間以内", "- 期間: 4営業時間以内"), ("- いいえ → 追加の情報をお願いする", "- いいえ →"), ("次: 返金をお知らせする", "次→返金をお知らせする"), ("{{返金額}}のご返金の", "{返金額}のご返金の")],
        "en": [("- [ ] The company name is", "- [] The company name is"), ('```mail title="Request for more information"', '```email title="Request for more information"'), ("- Within: 4 business hours", "- Witin: 4 business hours"), ("- No → Ask for more information", "- No →"), ("Next: Tell the customer about the refund", "Next -> Tell the customer about the refund"), ("refund of {{Refund amount}}.\n", "refund of {{Refund amount}.\n")],
    },
}  # fmt: skip
