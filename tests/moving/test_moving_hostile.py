"""Whatever a file holds: no traceback, nothing dropped without a word, nothing public that was not asked for."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inside import company

from kotae.checking import check
from kotae.content.library import load
from kotae.findings import Severity
from kotae.scaffold import moving, rows, trial
from kotae.scaffold.article import read
from kotae.scaffold.articles import gather
from kotae.scaffold.html import to_markdown
from kotae.scaffold.spreadsheet import UnreadableError, sheet
from kotae.scaffold.spreadsheet import read as read_sheet

TODAY = date(2026, 11, 24)
BITS = st.sampled_from([
    "返金できますか？", "はい。", "\n", "\n\n", "# ", "## 社内メモ", "社内メモ: ", "**社内メモ**", "- ", "1. ", "1) ", "・", "```", "~~~", "---", "===",
    "|a|b|\n|-|-|", "<p>", "</p>", "<b>x", "<!-- 隠す -->", "<script>x</script>", "<ul><li>a<ul><li>b", "<table><tr><td>", "{{値:x}}", "{{答え:y}}", "{%x%}",
    "[a](b)", "![a](b.png)", "[a]: b", "<https://", "https://example.jp/a_(b)", "http://192.168.0.1/", "tanaka@kaisha.co.jp", "03-1234-9876", "*", "_", "`", "\\",
    "&nbsp;", "&#0;", "\u200b", "\u202e", "\ufeff", "\x00", "\x0b", "　", "𠮷", "e\u0301", "(a|b", "|", ":", "? ", "- [ ] x", "> ", "    x", "\t", "=1+1", "%", "!!x", "&a",
    "--8<-- \"x\"", "::: x", "!!! note", "Yes, you can do this in the settings. ", "TODO", "}}", "{#x}", "[^1]", "*[a]: b", ".", "。",
])  # fmt: skip
CELLS = st.lists(BITS | st.text(max_size=4), max_size=7).map("".join)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return company(tmp_path_factory.mktemp("home") / "myhelp")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(CELLS, CELLS, CELLS, st.sampled_from(["", "お客様に公開", "社内だけ", "?"]), CELLS, CELLS),
        min_size=8,
        max_size=14,
    )
)
def test_every_row_is_in_a_page_or_named_and_the_site_stays_green(
    home: Path, table: list[tuple[str, ...]]
) -> None:
    library = load(home)
    lines = [["質問", "答え", "分類", "公開範囲", "別の聞かれ方", "旧URL"], *map(list, table)]
    items = rows.from_sheet(sheet(list(enumerate(lines, 1))))
    made = moving.plan(library, items)
    _, elsewhere = trial.settled(library, made, TODAY, lambda plan: {})
    assert {t.item.number for t in made.told} == {i.number for i in items}
    assert len(items) == sum(any(c.strip() for c in r) and any(rows_seen(c) for c in r) for r in table)
    for each in made.told:
        assert each.held is not None or each.path in made.pages
    for page in made.pages.values():
        assert not page.public or page.item.audience == "お客様に公開"
    assert [f for f in elsewhere if f.path != "desk/queries.yml"] == []
    with trial.changed(home, moving.files(library, made)) as tried:
        wrong = [
            f for f in check(tried, TODAY) if f.severity is Severity.ERROR and f.path != "desk/queries.yml"
        ]
        assert wrong == []
        for path, page in made.pages.items():
            if page.level == 2:
                # What became no Markdown is there letter by letter.
                assert all(
                    line.strip() in tried.by_path[path].common + tried.by_path[path].tail
                    for line in page.raw.split("\n")
                )


def rows_seen(cell: str) -> str:
    """Return what is left of a cell when unseen letters are gone."""
    from kotae.scaffold.plain import visible

    return visible(cell)[0].strip()


@QUICK
@given(CELLS, st.booleans())
def test_no_word_of_an_answer_is_lost(answer: str, html: bool) -> None:
    text = "".join(c for c in answer if c.isprintable() or c == "\n")
    made = read(text, "ja", 120, lambda t: t, html=html)
    if not html:
        words = re.findall(r"[ぁ-んァ-ヶ一-龠A-Za-z0-9]{2,}", text)
        whole = f"{made.answer}\n{made.rest}\n{made.memo}"
        bare = re.sub(r"[\\\s]", "", whole)
        assert [w for w in words if w not in bare] == []


@QUICK
@given(CELLS)
def test_any_html_becomes_some_markdown(html: str) -> None:
    assert "<script" not in to_markdown(html).text


@QUICK
@given(
    st.binary(max_size=200)
    | CELLS.map(lambda t: t.encode("utf-8", "replace"))
    | CELLS.map(lambda t: t.encode("cp932", "replace"))
)
def test_any_bytes_are_rows_or_a_reason(home: Path, data: bytes) -> None:
    file = home.parent / "any.csv"
    for start in (b"", "質問,答え\n".encode(), b"PK\x03\x04"):
        file.write_bytes(start + data)
        try:
            found = read_sheet(file)
        except UnreadableError:
            continue
        rows.from_sheet(found)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=120) | CELLS.map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_are_an_article_or_nothing(home: Path, data: bytes) -> None:
    folder = home.parent / "any"
    folder.mkdir(exist_ok=True)
    (folder / "a.html").write_bytes(b"<h1>x</h1>" + data)
    assert len(gather([folder], "", 1000).items) == 1


@QUICK
@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=6),
            min_size=2,
            max_size=3,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_sheet_keeps_every_cell(cells: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(cells)
    found = sheet(
        [(1, ["質問", "答え", "分類"]), *enumerate(csv.reader(io.StringIO(text.getvalue(), newline="")), 2)]
    )
    kept = {c.strip() for row in found.rows for c in row.cells.values()}
    assert {c.replace("\u00a0", " ").strip() for row in cells for c in row} <= kept | {""}
