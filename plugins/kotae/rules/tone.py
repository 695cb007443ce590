"""The same voice whoever answers: one source for a text, the desk's own spelling, pairs that help."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.findings import Said
from kotae.flow.texts import alike
from kotae.rules.playbooks import all_flows, flow_of
from kotae.rules.registry import INFO, WARNING, Context, Found, library_rule, rule

_SAME = 0.82  # of the four-letter pieces of both: what people call nine tenths the same
_SHORT = 60
_LONGEST_SENTENCE = 80
_BLANK = re.compile(r"\{\{[^{}\n]*\}\}")
# Written -> what to write. Doubled honorifics first, then kanji that read stiffly.
_BETTER = {
    "おっしゃられ": "おっしゃ", "ご覧になられ": "ご覧にな", "お越しになられ": "お越しにな", "お見えになられ": "お見えにな",
    "お帰りになられ": "お帰りにな", "ご利用になられ": "ご利用にな", "拝見させていただ": "拝見し", "伺わせていただ": "伺い",
    "お伺いさせていただ": "伺い", "お送りさせていただ": "お送りし", "させて頂": "いたし", "頂きま": "いただきま", "下さい": "ください", "致しま": "いたしま",
    "有難う": "ありがとう", "有り難う": "ありがとう", "宜しく": "よろしく", "御座いま": "ございま", "出来ま": "できま", "予め": "あらかじめ",
    "了解しました": "かしこまりました", "すいません": "申し訳ございません", "ご苦労様": "お疲れさま",
}  # fmt: skip


@rule(
    "KT412", "uneven-wording", INFO,
    "文面の書き方について。{what}",
    "About the wording: {what}",
)  # fmt: skip
def uneven_wording(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: だれが答えても同じ声に聞こえるように、二重の敬語と書き方のゆれをそろえ、1文を80字までにします。

    Why: customers should hear one voice: no doubled honorifics, one spelling, sentences they can follow.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    少しお待ち下さい。 <!-- info: KT412 -->
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

    少しお待ちください。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    if document.lang != "ja":
        return
    for _, message in flow_of(document, context).messages:
        for line in message.lines:
            yield from _uneven(line.text, line.line)


def _uneven(line: str, at: int) -> Iterator[Found]:
    for written, better in _BETTER.items():
        if written in line:
            yield Found(
                at,
                {
                    "what": Said(
                        f"「{written}」は「{better}」と書くとそろいます。",
                        f"Write '{better}' rather than '{written}'.",
                    )
                },
            )
            return
    for sentence in re.split(r"[。！？]", _BLANK.sub("＿＿＿＿", line)):
        if len(sentence) > _LONGEST_SENTENCE:
            said = Said(
                f"1文が{len(sentence)}字あります。{_LONGEST_SENTENCE}字までに分けると読みやすくなります。",
                f"A sentence has {len(sentence)} characters. Split it.",
            )
            yield Found(at, {"what": said})
            return


@library_rule(
    "KT411", "message-twice", WARNING,
    "文面「{title}」は、{path} の「{other}」とほとんど同じです。どちらか1つを使うようにしてください。",
    "The message '{title}' is nearly the same as '{other}' in {path}. Keep one and use it in both places.",
)  # fmt: skip
def message_twice(context: Context) -> Iterator[Found]:
    """なぜ: 同じ文面が2か所にあると、片方だけが直されて、お客様への言い方が分かれていきます。

    Why: of two copies one is mended and the other is not; from then on customers hear two versions.

    Bad:
    ````markdown
    === playbooks/billing/first.md
    # 二重請求

    ## 手順

    ### お伝えする

    ```mail title="お詫び"
    件名: お詫び

    ご不便をおかけし、誠に申し訳ございません。ただいま担当の部門で、お引き落としの記録を1件ずつ確認しております。確認が終わりしだい、こちらからご連絡いたします。
    ```

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    === playbooks/billing/second.md
    # 返金

    ## 手順

    ### お伝えする

    ```mail title="お詫びの連絡" <!-- warning: KT411 -->
    件名: お詫び

    ご不便をおかけし、誠に申し訳ございません。ただいま担当の部門で、お引き落としの記録を1件ずつ確認しております。確認が終わりしだい、こちらからご連絡します。
    ```

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/first.md
    # 二重請求

    ## 手順

    ### お伝えする

    ```mail title="お詫び"
    件名: お詫び

    ご不便をおかけし、誠に申し訳ございません。ただいま担当の部門で、お引き落としの記録を1件ずつ確認しております。確認が終わりしだい、こちらからご連絡いたします。
    ```

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    === playbooks/billing/second.md
    # 返金

    ## 手順

    ### お伝えする

    ```mail title="手続きのお知らせ"
    件名: 手続きのお知らせ

    ご返金の手続きを始めました。お使いのカードの明細に反映される時期は、カード会社によって異なります。ご不明な点がございましたら、このメールにご返信ください。
    ```

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    sent = [
        (flow, message)
        for flow in all_flows(context)
        for _, message in flow.messages
        if message.channel != "note" and len(message.body) >= _SHORT
    ]
    for first, second, _ in alike([message.body for _, message in sent], _SAME):
        (flow, message), (other, same) = sent[second], sent[first]
        if other.document.path != flow.document.path and other.document.lang == flow.document.lang:
            values = {"title": message.title, "path": other.document.path, "other": same.title}
            yield Found(message.line, values, path=flow.document.path)


@rule(
    "KT415", "ban-without-instead", WARNING,
    "「言わないこと」の行に、{missing}がありません。「×「返金できます」 ○「結果をご連絡いたします」」のように書いてください。",
    "This line of 'What we do not say' lacks {missing}. Write ×\"We can refund\" ○\"We will let you know\".",
)  # fmt: skip
def ban_without_instead(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 言ってはいけないことだけを並べると、担当者は黙ってしまいます。代わりのことばがあれば、そのまま使えます。

    Why: a ban alone leaves the agent mute; the other half can be copied and said.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    !!! warning "言わないこと"
        - ×「返金できます」 <!-- warning: KT415 -->

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

    !!! warning "言わないこと"
        - ×「返金できます」 ○「結果をご連絡いたします」

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    for caution in flow_of(document, context).cautions:
        if not caution.ban:
            yield Found(
                caution.line, {"missing": Said("かぎかっこで囲んだ×のことば", "the × phrase in quotes")}
            )
        elif not caution.say:
            yield Found(caution.line, {"missing": Said("代わりに言うこと(○)", "what to say instead (○)")})
