"""What a document quotes, and which of it says something else than on the day it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.desk.model import Fact
from kotae.desk.reviews import Record
from kotae.findings import Said
from kotae.freshness.meaning import seal
from kotae.links.quotes import Quote, quoted_faq, quotes


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page is no longer what was read. ``line`` is where, 0 when it stands in no line of this file;
    ``quoted`` tells that not the page changed but what it quotes."""

    said: Said
    line: int = 0
    quoted: bool = False


def quoted(library: Library, document: Document) -> Iterator[Quote]:
    """Yield what a document quotes: itself, or by way of the page it was translated from."""
    source = library.source(document)
    for each in (document,) if source is document else (document, source):
        for text, line in ((each.common, each.common_line), (each.tail, each.tail_line)):
            if "{{" in text:
                for quote in quotes(text, line):
                    yield quote if each is document else Quote(quote.kind, quote.name, 0)


def facts(library: Library, document: Document) -> dict[str, tuple[Fact, int]]:
    """Return the facts a document tells, also inside the answers it quotes, each with the line of the quotation."""
    found: dict[str, tuple[Fact, int]] = {}
    for each in quoted(library, document):
        if each.kind == "fact":
            fact = library.desk.find("facts", each.name)
            if fact is not None:
                found.setdefault(fact.id, (fact, each.line))
        elif each.kind == "answer" and (answer := _answer(library, document, each)):
            for inner in quotes(answer):
                fact = library.desk.find("facts", inner.name) if inner.kind == "fact" else None
                if fact is not None:
                    found.setdefault(fact.id, (fact, each.line))
    return found


def values(library: Library, document: Document, today: date) -> dict[str, str]:
    """Return what stands in the quotations of a document on ``today``, as a record keeps it."""
    found = {
        f"値:{row.name}": row.on(today, document.lang) or "" for row, _ in facts(library, document).values()
    }
    for each in quoted(library, document):
        if each.kind == "answer" and (answer := _answer(library, document, each)):
            found[f"答え:{each.name}"] = seal(answer)
    return found


def changes(
    library: Library, document: Document, day: date, record: Record | None, today: date
) -> tuple[Reason, ...]:
    """Return what changed in the quotations of ``document`` since it was read on ``day``."""
    if (
        "{{" not in document.common
        and "{{" not in document.tail
        and "{{" not in library.source(document).common
    ):
        return ()
    then = record.quotes if record is not None else {}
    found: list[Reason] = []
    for fact, line in facts(library, document).values():
        before = then.get(f"値:{fact.name}") or fact.on(day, document.lang)
        now = fact.on(today, document.lang)
        if before is not None and before != now:
            found.append(Reason(_fact_changed(fact, before, now), line, True))
    for each in quoted(library, document):
        answer = _answer(library, document, each) if each.kind == "answer" else ""
        if answer and _answer_changed(library, document, each, answer, day, then):
            faq = quoted_faq(each.name, library, document.lang)
            title = faq.title if faq else each.name
            changed = Said(
                f"引いている答え「{title}」が変わりました", f"the quoted answer '{title}' has changed"
            )
            found.append(Reason(changed, each.line, True))
    return tuple(dict.fromkeys(found))


def _fact_changed(fact: Fact, before: str, now: str | None) -> Said:
    ja, en = fact.label("ja"), fact.label("en")
    if now is None:
        return Said(f"{ja}の値がなくなりました({before})", f"{en} has no value any more ({before})")
    return Said(f"{ja}が変わりました({before} → {now})", f"{en} has changed ({before} → {now})")


def _answer(library: Library, document: Document, quote: Quote) -> str:
    found = quoted_faq(quote.name, library, document.lang)
    return found.answer.text if found is not None and found.answer is not None else ""


def _answer_changed(
    library: Library, document: Document, quote: Quote, answer: str, day: date, then: object
) -> bool:
    kept = then.get(f"答え:{quote.name}") if isinstance(then, dict) else None
    if kept is not None:
        return bool(kept != seal(answer))
    found = quoted_faq(quote.name, library, document.lang)
    past = (library.past or {}).get(found.path) if found is not None else None
    return past is not None and past.answer is not None and past.answer > day
