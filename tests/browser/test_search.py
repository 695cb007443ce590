"""The search as a reader meets it: nothing fetched before it is touched, the same answers as in the checks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from kotae.content.library import load
from kotae.search.tried import engine_of

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 22)
ASK = """async ({index, texts}) => {
  const engine = await KotaeSearch.open(new URL(index, location.href).href);
  const all = [];
  for (const text of texts) all.push((await engine.query(text, 8)).map((hit) => [hit.type, hit.id, hit.lang, hit.score, hit.sure]));
  return all;
}"""


def test_a_page_view_fetches_no_byte_of_the_index(sample_built: Path, reader: Any) -> None:
    window = reader(sample_built / "help")
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/billing/", "/billing/refund/", "/search/"):
        window.open(path)
        window.page.wait_for_load_state("networkidle")
    touched = [url for url in asked if "/search-" in url and not url.endswith("/search/")]
    # The field of the results page is ready to type in at once, and that alone is a touch: only its directory.
    assert all(url.endswith("directory.js") for url in touched)
    asked.clear()
    for path in ("/", "/billing/", "/billing/refund/"):
        window.open(path)
        window.page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/search-" in url]


def test_the_browser_finds_what_the_checks_find(sample_built: Path, reader: Any) -> None:
    library = load(ROOT)
    for lang in library.desk.settings.languages:
        texts = [q.query for q in library.desk.queries if (q.lang, q.audience) == (lang, "public")]
        engine = engine_of(library, "public", lang, DAY)
        here = [[[h.type, h.id, h.lang, h.score, h.sure] for h in engine.query(text, 8)] for text in texts]
        page = reader(sample_built / "help").open("/")
        page.add_script_tag(url="/assets/kotae/search.js")
        assert page.evaluate(ASK, {"index": f"/search-{lang}/", "texts": texts}) == here


def test_chips_narrow_the_results_page(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "handbook").open("/search/?q=返金")
    page.locator(".results a.result").first.wait_for()
    before = page.locator(".results a.result").count()
    chips = page.locator(".filters button")
    assert chips.count() > 1
    chips.last.click()
    assert chips.last.get_attribute("aria-pressed") == "true"
    assert 0 < page.locator(".results a.result").count() < before
    chips.last.click()
    assert page.locator(".results a.result").count() == before


def test_words_for_a_person_show_a_person(sample_built: Path, reader: Any) -> None:
    for text in ("電話番号", "オペレーター", "人と話したい"):
        page = reader(sample_built / "help").open(f"/search/?q={text}")
        page.locator(".results a.result").first.wait_for()
        first = page.locator(".results a.result").evaluate_all(
            "rows => rows.slice(0, 3).map(r => r.pathname)"
        )
        assert {"/contact/", "/security/phone-hours/"} & set(first)
