"""A query that loses its page is noticed, and the reason is at hand."""

from __future__ import annotations

from small_site import SYNONYMS, entries

from kotae.search.engine import Engine
from kotae.search.index import build
from kotae.search.tried import Reason, reasons, tried


def test_a_query_keeps_its_page_while_the_page_is_there() -> None:
    (outcome,) = tried(Engine(build(entries(), SYNONYMS)), [("お金返して", ["refund"])])
    assert (outcome.lost, outcome.silent, outcome.rank) == (False, False, 1)


def test_a_page_taken_away_loses_its_query() -> None:
    rest = [entry for entry in entries() if entry.id != "reconcile"]
    (outcome,) = tried(Engine(build(rest, SYNONYMS)), [("けしこみ", ["reconcile"])])
    assert (outcome.lost, outcome.rank) == (True, None)


def test_reasons_name_the_field_that_holds_the_word() -> None:
    page = next(entry for entry in entries() if entry.id == "cancel")
    assert Reason("title", "解約") in reasons("解約", page)
    assert Reason("title synonyms", "退会") in reasons("退会", page, SYNONYMS)
