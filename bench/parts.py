"""Pieces of sentences for the generated corpus: enough of them that hardly a sentence comes twice."""

from __future__ import annotations

JA = {
    "screen": ["設定", "お支払い", "請求書の一覧", "取引先", "ユーザー", "入金", "明細の取り込み", "見積書", "領収書", "定期の請求", "テンプレート", "通知", "書き出し", "連携", "ログインの履歴", "会社の情報", "承認", "ラベル", "検索", "ホーム", "予約送信", "郵送", "消込", "契約"],
    "item": ["請求書の番号", "支払いの期限", "取引先の名前", "ロゴと印影", "振込先の口座", "送信の履歴", "控えのPDF", "税率の区分", "承認の順番", "下書きの請求書", "招待のメール", "認証コード", "明細の摘要", "入金の予定", "領収書の宛名", "差出人の表示", "ラベルの色", "備考の文", "単価の端数", "担当者の権限", "締め日の設定", "登録の住所", "添付のファイル", "書き出した一覧"],
    "act": ["変更する", "確かめる", "追加する", "取り消す", "書き出す", "取り込む", "並べ替える", "送り直す", "印刷する", "共有する", "複製する", "保存する", "消す", "元に戻す", "絞り込む", "予約する", "承認する", "まとめる", "分ける", "結び付ける", "切り替える", "止める", "再開する", "知らせる"],
    "done": ["変更できます", "確かめられます", "追加されます", "取り消されます", "書き出されます", "取り込まれます", "並べ替わります", "送り直されます", "印刷できます", "共有されます", "複製されます", "保存されます", "消えます", "元に戻ります", "絞り込まれます", "予約されます", "承認待ちになります", "まとまります", "分かれます", "結び付きます", "切り替わります", "止まります", "再開します", "通知が届きます"],
    "when": ["月の初めに", "締め日の前に", "管理者の権限がないと", "スマートフォンから開くと", "取引先が増えたときに", "前の担当者が辞めたあとに", "年度が変わるときに", "二人で同時に開くと", "通信が途切れたときに", "添付が大きいときに", "招待の期限が過ぎると", "プランを変えた直後に", "振込の名義が違うときに", "海外の取引先に送るとき", "同じ名前の取引先があると", "税率が混ざるときに", "引っ越したあとに", "口座を増やしたときに", "午前中に送ったときに", "承認する人が休みのときに", "英語の画面で使うときに", "古い端末を使っていると", "一括で送ったあとに", "試用の期間が終わると"],
    "who": ["管理者の方", "経理の担当の方", "承認する方", "閲覧だけの方", "招待された方", "税理士の方", "営業の担当の方", "代表の方", "新しく入った方", "委託先の方", "店舗の責任者の方", "事務所の方"],
    "why": ["記録を残すため", "相手の控えと食い違わないように", "同じものを二度送らないように", "個人の情報を守るため", "月末の混雑を避けるため", "入力の手間を減らすため", "あとから見返せるように", "承認の順番を守るため", "口座の名義を確かめるため", "取引先に迷惑をかけないように", "画面の表示を軽くするため", "誤りに早く気づけるように"],
}  # fmt: skip
EN = {
    "screen": ["Settings", "Payments", "Invoices", "Customers", "Users", "Deposits", "Statement import", "Estimates", "Receipts", "Recurring invoices", "Templates", "Notifications", "Exports", "Integrations", "Sign-in history", "Company profile", "Approvals", "Labels", "Search", "Home", "Scheduled mail", "Letters", "Reconciliation", "Contract"],
    "item": ["the invoice number", "the due date", "the customer name", "the logo and seal", "the bank account", "the sending history", "the PDF copy", "the tax category", "the order of approval", "a draft invoice", "the invitation", "the sign-in code", "the statement memo", "the expected deposit", "the name on a receipt", "the sender line", "the label color", "the remarks", "the rounding of prices", "a user's role", "the closing day", "the registered address", "the attachment", "the exported list"],
    "act": ["change", "check", "add", "cancel", "export", "import", "sort", "resend", "print", "share", "copy", "save", "remove", "restore", "filter", "schedule", "approve", "merge", "split", "match", "switch", "pause", "resume", "announce"],
    "when": ["at the start of a month", "before the closing day", "without the administrator role", "on a small phone", "when a customer is new", "after a colleague has left", "when the fiscal year ends", "while two people work on it", "after the connection was lost", "with a large attachment", "once the invitation has expired", "right after a change of plan", "when the payer's name differs", "for customers abroad", "if two customers share a name", "when tax rates are mixed", "after you have moved", "with more than one account", "early in the morning", "while the approver is away", "in the English screens", "on an older device", "after sending in bulk", "when the trial has ended"],
    "who": ["an administrator", "your bookkeeper", "the approver", "a view-only user", "the invited person", "your tax accountant", "a salesperson", "the owner", "a new colleague", "a contractor", "the shop manager", "the office staff"],
    "why": ["to keep a record", "so that both copies agree", "so that nothing is sent twice", "to protect personal data", "to avoid the rush at month end", "to save typing", "so that you can look it up later", "to keep the order of approval", "to confirm the account holder", "so that customers are not troubled", "to keep the screen quick", "so that mistakes show early"],
}  # fmt: skip
JA_SENTENCES = (
    "「{screen}」で{item}を{act}と、{n}分ほどで{done}。",
    "{when}{item}を{act}場合は、先に「{screen}」で{item2}をご確認ください。",
    "{why}、{item}は{n}件までまとめて{done}。",
    "{who}が{act}と、{item}は{n}日後に{done}。",
    "{when}{act}ことはできません。「{screen}」を開き直してから、{item}をお確かめください。",
    "{item}と{item2}は別に保存しているため、{act}ときは{n}つとも選んでください。",
    "{who}には、{why}、{item}の控えをメールで{n}回までお送りします。",
    "「{screen}」の右上にある印を押すと、{item}が{done}。{when}表示されないことがあります。",
    "{n}件を超える{item}は、{why}、分けて{act}ようにしてください。",
    "{when}{item2}が空のままだと、{item}は{done}が、{who}には知らせません。",
)
EN_SENTENCES = (
    "Open {screen} and {act} {item}; it takes about {n} minutes.",
    "To {act} {item} {when}, look at {item2} under {screen} first.",
    "We limit this to {n} entries a day {why}, and {who} sees a note beside {item}.",
    "When {who} chooses to {act} it, {item} follows {n} days later.",
    "You cannot {act} {item} {when}; open {screen} again and check {item2}.",
    "{who_} can {act} {item} and {item2} together, up to {n} at a time, {why}.",
    "The mark at the top right of {screen} lets you {act} {item} {when}.",
    "More than {n} lines are handled in parts {why}: {act} {item} once for each part.",
    "If {item2} stays empty {when}, {item} is kept and {who} hears nothing for {n} hours.",
    "{why_}, {screen} shows {item} for {n} days before {who} may {act} it.",
)
JA_TAIL = (
    "{item}の件は、{who}に確かめる前に約束しない。目安は{n}営業時間。",
    "{when}のお申し出は、{n}回目から上長に渡す。{why}、記録には{item2}も書く。",
    "「{screen}」の裏側の記録は{n}日で消える。{item}を先に控えておく。",
)
EN_TAIL = (
    "Promise nothing about {item} before {who} has confirmed it; allow {n} working hours.",
    "From the {n}th report {when} on, hand over to a supervisor and note {item2} {why}.",
    "The log behind {screen} is gone after {n} days; copy {item} first.",
)
