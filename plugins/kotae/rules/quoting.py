"""{{値:…}} and its like on questions and pages: what is quoted must be there."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.desk.model import Fact
from kotae.findings import Said
from kotae.links.quotes import Quote, quoted_faq, quotes
from kotae.rules.code import without_code
from kotae.rules.registry import ERROR, WARNING, Context, Found, maybe, rule


@rule(
    "KT114", "unknown-quotation", ERROR,
    "{{{{{kind}:{name}}}}} の「{name}」は {where} にありません。{near}{where} にある名前に直してください。",
    "'{name}' of {{{{{kind}:{name}}}}} is not in {where}. {near} Write a name that is there.",
)  # fmt: skip
def unknown_quotation(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 引用した料金や答えが見つからないと、お客様には `{{値:…}}` という記号のまま見えます。社内だけの値は、公開の文には出せません。

    Why: what is not found is printed as `{{fact:…}}`; a value of the desk's own must not stand in public text.

    Bad:
    ````markdown
    === desk/facts.yml
    - id: refund-days
      名前: 返金を受け付ける日数
      値: [{値: 30日}]
      公開: はい
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。{{値:返金の日数}}以内なら、全額を返金いたします。 <!-- error: KT114 -->
    ````

    Good:
    ````markdown
    === desk/facts.yml
    - id: refund-days
      名前: 返金を受け付ける日数
      値: [{値: 30日}]
      公開: はい
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。{{値:返金を受け付ける日数}}以内なら、全額を返金いたします。
    ````
    """
    if document.kind == "playbook":
        return  # Messages have rules of their own.
    for text, line in ((document.common, document.common_line), (document.tail, document.tail_line)):
        if "{{" not in text:
            continue
        public = text is document.common and document.path in context.public
        for quote in quotes(without_code(text), line):
            yield from (
                _fact(quote, document, context, public)
                if quote.kind == "fact"
                else _answer(quote, document, context)
            )


def _fact(quote: Quote, document: Document, context: Context, public: bool) -> Iterator[Found]:
    desk, kind = context.library.desk, Said("値", "fact")
    fact = desk.find("facts", quote.name)
    if "desk/facts.yml" in desk.problems and fact is None:
        return
    if not isinstance(fact, Fact):
        near = maybe(desk.nearest("facts", quote.name))
        yield Found(quote.line, {"kind": kind, "name": quote.name, "where": "desk/facts.yml", "near": near})
    elif public and not fact.public:
        yield Found(quote.line, said=Said(
            f"「{quote.name}」は社内だけの値です。公開の文からは消すか、社内メモに移してください(出してよい値なら、facts.yml に「公開: はい」と書きます)。",
            f"'{quote.name}' is a value of the desk's own. Remove it from public text, or write 'public: yes' in facts.yml if customers may see it.",
        ))  # fmt: skip
    elif fact.on(context.today, document.lang) is None:
        said = Said(
            f"「{quote.name}」は {context.today} の値が facts.yml にありません。「から」と「まで」を見直し、新しい値を足してください。",
            f"'{quote.name}' has no value on {context.today} in facts.yml. See its days and add the new value.",
        )
        yield Found(quote.line, said=said, severity=WARNING, time=True)


def _answer(quote: Quote, document: Document, context: Context) -> Iterator[Found]:
    found = quoted_faq(quote.name, context.library, document.lang)
    kind = Said("答え", "answer") if quote.kind == "answer" else Said("URL", "URL")
    if found is None:
        yield Found(quote.line, {"kind": kind, "name": quote.name, "where": "faq/", "near": ""})
    elif found.path not in context.public:
        yield Found(quote.line, said=Said(
            f"「{quote.name}」は公開されていないので、引用できません。先に公開するか、引用を消してください。",
            f"'{quote.name}' is not published, so it cannot be quoted. Publish it first, or remove the quotation.",
        ))  # fmt: skip
