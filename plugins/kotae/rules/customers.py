"""What belongs to one customer: it is never part of a text that is used again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.findings import Said
from kotae.rules.registry import ERROR, Context, Found, rule

_MAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@((?:[a-z0-9-]{1,63}\.)+[a-z]{2,})(?![\w-])", re.IGNORECASE)
_EXAMPLE = re.compile(r"(?:^|\.)example(?:\.(?:com|net|org|jp|co\.jp))?$|\.(?:test|invalid)$", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\d.-])(?:\+81[- ]?[1-9]\d{0,3}|0\d{1,4})[-(（) ）]{1,2}\d{1,4}[-)） ]\d{3,4}(?![\d-])"
)
_CARD = re.compile(r"(?<![\d-])(?:\d[ -]?){13,18}\d(?![\d-])")
_TEST_CARDS = frozenset(
    {
        "4242424242424242",
        "4111111111111111",
        "4012888888881881",
        "5555555555554444",
        "378282246310005",
        "3530111333300000",
        "6011111111111117",
    }
)
_MY_NUMBER = re.compile(
    r"(?:マイナンバー|個人番号|My ?Number)\D{0,12}(\d{4}[ -]?\d{4}[ -]?\d{4})(?!\d)", re.IGNORECASE
)
# Numbers in groups, or a long one: everything else is read over quickly.
_GROUPED = re.compile(r"[0-9][-) ）(（]{1,2}[0-9]{1,4}[-) ）]{1,2}[0-9]{3}|[0-9]{9}")


def _may_tell(text: str) -> bool:
    return "@" in text or bool(_GROUPED.search(text))


@rule(
    "KT712", "customers-data", ERROR,
    "{what}「{seen}」があります。例なら example.jp や 03-0000-0000 に、窓口なら desk/contacts.yml に書いてください。",
    "There is {what} ('{seen}'). Use example.jp or 03-0000-0000 in examples; a contact belongs into desk/contacts.yml.",
    waivable=False,
)  # fmt: skip
def customers_data(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 問い合わせから写した名前や番号が、そのまま手引きに残ることがあります。くり返し使う文に、ひとりのお客様の情報は要りません。

    Why: numbers copied from a ticket stay in a page for years; text that is used again needs nobody's data.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼への対応

    前回は tanaka@kaisha.co.jp の方に返金した。 <!-- error: KT712 -->
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼への対応

    登録のメールアドレス(例: hanako@example.jp)で探す。
    ````
    """
    known = context.once(_contacts)
    for first, text in ((document.common_line, document.common), (document.tail_line, document.tail)):
        if not _may_tell(text):
            continue
        for line, words in enumerate(text.split("\n"), first):
            for what, seen in _customers(words, known) if _may_tell(words) else ():
                yield Found(line, {"what": what, "seen": seen})
    for field in document.fields.values():
        for item in field.value if isinstance(field.value, tuple) else (field.value,):
            if isinstance(item, str) and _may_tell(item):
                for what, seen in _customers(item, known):
                    yield Found(getattr(item, "line", field.line), {"what": what, "seen": seen})


def _contacts(library: Library) -> frozenset[str]:
    """Return what the desk gives out itself: mail addresses and the digits of numbers."""
    values = [c.value for c in library.desk.contacts.values()]
    return frozenset({v.strip().lower() for v in values} | {d for v in values if (d := re.sub(r"\D", "", v))})


def _customers(text: str, known: frozenset[str]) -> Iterator[tuple[Said, str]]:
    if "@" in text:
        for match in _MAIL.finditer(text):
            if not _EXAMPLE.search(match[1]) and match[0].lower() not in known:
                yield Said("メールアドレス", "a mail address"), match[0]
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if (
            digits not in known
            and 9 <= len(digits) <= 12
            and not re.search(r"0{4}$|0{3}-?0{3}$|1234$|5678$", digits)
        ):
            yield Said("電話番号", "a phone number"), match[0]
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if digits[0] in "3456" and digits not in _TEST_CARDS and len(set(digits)) > 2 and _luhn(digits):
            yield Said("カード番号", "a card number"), f"{digits[:4]}…"
    for match in _MY_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[1])
        if _my_number(digits) and len(set(digits)) > 2:
            yield Said("マイナンバー", "a personal number"), f"{digits[:4]}…"


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (2 if at % 2 else 1) for at, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _my_number(digits: str) -> bool:
    total = sum(int(d) * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(digits[:11]), 1))
    return int(digits[11]) == (0 if total % 11 <= 1 else 11 - total % 11)
