"""What is sent can be sent: titled, complete, short enough for its channel, in our own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.findings import Said
from kotae.flow.model import Flow, Message
from kotae.flow.texts import filled, squeezed
from kotae.flow.vocabulary import PERSONAL, fold
from kotae.rules.playbooks import flow_of
from kotae.rules.registry import ERROR, WARNING, Context, Found, rule

_MARKER = re.compile(
    r"[○〇●◯]{2,}|[○〇●◯]\s*[月日時分年円件様]|(?<![A-Za-z])[XxＸ]{3,}(?![A-Za-z])|[×＊*]{3,}|\b(?:TODO|TBD|FIXME|XX)\b|[？?]{3,}|lorem ipsum"
    r"|[\[［【<＜](?:お?名前|氏名|お客様名|会社名|日付|日時|金額|番号|担当者?名?|要確認|仮|ここに[^\]］】>＞]*|(?:your |customer |company )?(?:name|date|amount|number|company)|insert [^\]>]*)[\]］】>＞]",
    re.IGNORECASE,
)
_LONGEST = {"sms": 70, "sns": 140, "status": 280}
_ASKS = re.compile(
    r"(?:お名前|氏名|電話番号|メールアドレス|ご住所|契約番号|生年月日).{0,20}(?:お知らせ|ご記入|ご返信|お送り|教えて)|(?:reply|send|tell) (?:us )?(?:with )?your (?:full )?(?:name|phone|mail|email|address|contract)",
    re.IGNORECASE,
)
_PRIVATE = re.compile(r"DM|ダイレクトメッセージ|direct message", re.IGNORECASE)


@rule(
    "KT401", "message-without-title", ERROR,
    "文面に名前がありません。```{channel} title=\"一次回答\" のように書いてください。",
    "The message has no title. Write ```{channel} title=\"First reply\".",
)  # fmt: skip
def message_without_title(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 名前のない文面は、画面で選べません。

    Why: a message without a title cannot be picked in the runner.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    ```mail <!-- error: KT401 -->
    件名: 受け付けました

    内容を確認し、ご連絡いたします。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    内容を確認し、ご連絡いたします。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    for _, message in flow_of(document, context).messages:
        if not message.title:
            yield Found(message.line, {"channel": message.channel})


@rule(
    "KT407", "own-ban-broken", ERROR,
    "「言わないこと」の「{ban}」が文面「{title}」にあります。{instead}",
    "'{ban}' is something we do not say, but it stands in '{title}'. {instead}",
)  # fmt: skip
def own_ban_broken(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 言わないと決めたことばが文面に入っていると、写した人が約束を破ることになります。

    Why: a banned phrase inside a message makes everyone who copies it break the rule.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    全額を返金できます。 <!-- error: KT407 -->
    ```

    !!! warning "言わないこと"
        - ×「返金できます」 ○「結果をご連絡いたします」

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    結果をご連絡いたします。
    ```

    !!! warning "言わないこと"
        - ×「返金できます」 ○「結果をご連絡いたします」

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    bans = [(squeezed(c.ban), c) for c in flow.cautions if len(squeezed(c.ban)) > 1]
    for _, message in flow.messages if bans else ():
        text = squeezed(f"{message.subject}\n{message.body}")
        for ban, caution in bans:
            if ban in text:
                instead = (
                    Said(f"「{caution.say}」に直してください。", f"Write '{caution.say}'.")
                    if caution.say
                    else Said("別のことばに直してください。", "Say it differently.")
                )
                yield Found(
                    _line_of(message, caution.ban),
                    {"ban": caution.ban, "title": message.title, "instead": instead},
                )


def _line_of(message: Message, words: str) -> int:
    """Return the line on which ``words`` stand; the fence's when they run over a line end."""
    wanted = squeezed(words)
    return next((line.line for line in message.lines if wanted in squeezed(line.text)), message.line)


@rule(
    "KT408", "wrong-for-channel", WARNING,
    "この手順書の文面「{title}」{trouble}",
    "The message '{title}' {trouble}",
)  # fmt: skip
def wrong_for_channel(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 件名のないメールは開かれず、長いSMSは分かれて届きます。SNSで個人の情報をうかがうと、だれにでも見えてしまいます。

    Why: mail without a subject is not opened, a long SMS arrives in pieces, and what is asked on a social network is public.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    ```mail title="受け付けのお知らせ" <!-- warning: KT408 -->
    内容を確認し、ご連絡いたします。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    内容を確認し、ご連絡いたします。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    for _, message in flow.messages:
        for trouble in _troubles(flow, message):
            yield Found(message.line, {"title": message.title, "trouble": trouble})


def _troubles(flow: Flow, message: Message) -> Iterator[Said]:
    if message.channel == "mail" and not message.subject:
        yield Said(
            "に件名がありません。最初の行に「件名: …」を書いてください。",
            "has no subject. Begin with 'Subject: …'.",
        )
    most = _LONGEST.get(message.channel, 0)
    length = len(filled(flow, message))
    if most and length > most:
        yield Said(
            f"は{length}字あります。{most}字までにしてください。", f"has {length} characters. Keep to {most}."
        )
    if message.channel == "sns" and not _PRIVATE.search(message.body):
        personal = {n for i in flow.inputs if i.type in PERSONAL for n in (i.name, *i.names)}
        if _ASKS.search(message.body) or personal & set(message.inputs):
            yield Said(
                "は、だれでも見られる場所で個人の情報をうかがっています。DMをお願いする文にしてください。",
                "asks for personal data in public. Ask for a direct message instead.",
            )


@rule(
    "KT409", "leftover-marker", ERROR,
    "文面に書きかけの印「{seen}」が残っています。ことばか {{{{項目}}}} に直してください。",
    "'{seen}' is left over in the message. Write the words, or an {{{{item}}}}.",
)  # fmt: skip
def leftover_marker(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 「○○様」のままお客様に届きます。埋めるところは {{お客様名}} のように書くと、画面が入力を求めます。

    Why: it would be sent as it stands; an {{item}} is asked for before anything can be copied.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    ○○様 <!-- error: KT409 -->
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    {{お客様名}} 様
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    for _, message in flow_of(document, context).messages:
        for line in message.lines:
            match = _MARKER.search(line.text)
            if match:
                yield Found(line.line, {"seen": match[0]})


@rule(
    "KT410", "internal-words-in-message", WARNING,
    "お客様への文面に、社内のことば「{seen}」があります。お客様に伝わることばに直してください。",
    "A message to customers holds the internal words '{seen}'. Say it in words meant for customers.",
)  # fmt: skip
def internal_words_in_message(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 社内の窓口や道具の名前、社内のアドレスは、お客様には意味がなく、外に出すものでもありません。

    Why: names of internal desks, tools and addresses mean nothing to customers and should not leave the house.

    Bad:
    ````markdown
    === desk/forbidden_public.txt
    経理依頼フォーム
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    経理依頼フォームに登録いたしました。 <!-- warning: KT410 -->
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === desk/forbidden_public.txt
    経理依頼フォーム
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    担当の部門に依頼いたしました。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    desk = context.library.desk
    words = [(fold(w), w) for w in (*desk.forbidden, *desk.settings.internal_hosts) if w.strip()]
    for _, message in flow_of(document, context).messages if words else ():
        if message.channel == "note":
            continue
        text = fold(f"{message.subject} {message.body}")
        for folded, word in words:
            if folded in text:
                yield Found(_line_of(message, word), {"seen": word})
