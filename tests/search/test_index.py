"""The index as files: the same bytes for the same pages, and small for whoever searches."""

from __future__ import annotations

import gzip
import json
import random

import quickjs
from hypothesis import given
from hypothesis import strategies as st
from small_site import SYNONYMS, entries

from kotae.search.engine import Engine, script
from kotae.search.entries import Entry
from kotae.search.index import build
from kotae.search.postings import encode, impact, shard
from kotae.search.spoken import spoken


def part(files: dict[str, bytes], name: str) -> object:
    text = files[f"{name}.js"].decode()
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def test_the_order_of_the_pages_changes_no_byte() -> None:
    shuffled = entries()
    random.Random(1).shuffle(shuffled)
    assert build(shuffled, SYNONYMS) == build(entries(), SYNONYMS)


def test_every_file_is_a_script_of_one_call() -> None:
    for name, content in build(entries()).items():
        text = content.decode()
        assert text.startswith(f'KotaeSearchPart("{name.removesuffix(".js")}",')
        assert text.endswith(");\n")
        assert "</" not in text


def test_the_directory_names_what_exists() -> None:
    files = build(entries())
    directory = part(files, "directory")
    assert isinstance(directory, dict)
    shards = set(range(directory["shards"])) - set(directory["empty"])
    assert {f"t{n}.js" for n in shards} | {f"r{n}.js" for n in range(len(directory["chunks"]))} == set(
        files
    ) - {"directory.js"}


def test_no_page_at_all_is_an_index_too() -> None:
    assert Engine(build([])).query("返金") == []


def test_a_reading_from_outside_finds_a_word_that_the_list_does_not_know() -> None:
    page = Entry("a", "faq", "ja", "t", "蒟蒻を買えますか", "/a/", "いいえ。")
    other = Entry("b", "faq", "ja", "t", "返金できますか", "/b/", "はい。")
    files = build([page, other], readings=lambda text: ["こんにゃく"] if "蒟蒻" in text else [])
    assert Engine(files).query("こんにゃく")[0].id == "a"


def test_the_built_in_list_reads_the_desks_words() -> None:
    assert spoken("領収書の再発行") == ("りょうしゅうしょのさいはっこう",)
    assert spoken("ログイン") == ()


@given(
    st.lists(
        st.tuples(st.integers(0, 20000), st.integers(1, 15)), max_size=40, unique_by=lambda pair: pair[0]
    )
)
def test_postings_survive_the_way_to_the_browser(pairs: list[tuple[int, int]]) -> None:
    global _DECODE
    if _DECODE is None:
        context = quickjs.Context()
        context.eval(script().decode())
        context.eval("function decode(t){return JSON.stringify(KotaeSearch.decode(t))}")
        context.eval("function shardOf(t, n){return KotaeSearch.shardOf(t, n)}")
        _DECODE = context
    packed = [document << 4 | weight for document, weight in sorted(pairs)]
    flat = json.loads(_DECODE.get("decode")(encode(packed)))
    assert flat == [value for document, weight in sorted(pairs) for value in (document, weight / 16)]


_DECODE = None


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=4))
def test_a_shard_number_is_within_the_shards(term: str) -> None:
    assert 0 <= shard(term, 64) < 64


def test_impacts_grow_with_weight_and_stay_in_a_letter() -> None:
    values = [impact(weight / 10) for weight in range(400)]
    assert values == sorted(values)
    assert (values[0], values[-1]) == (1, 15)


def test_a_query_on_a_large_site_fetches_little() -> None:
    """800 pages here; the shape of the files is the same at 5,000 (docs/kotae has the figures)."""
    pages = made_up(800)
    files = build(pages)
    fetched: list[int] = []

    class Watched(dict[str, bytes]):
        def __getitem__(self, name: str) -> bytes:
            fetched.append(len(gzip.compress(super().__getitem__(name))))
            return super().__getitem__(name)

    engine = Engine(Watched(files))
    for page in random.Random(2).sample(pages, 10):
        fetched.clear()
        assert page.id in [hit.id for hit in engine.query(page.paraphrases[0])[:3]]
        assert sum(fetched) <= 60_000


def made_up(count: int) -> list[Entry]:
    """Pages of random words, common ones far more often than rare ones."""
    chance = random.Random(5)
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 600)]
    words = ["".join(chance.choices(letters, k=chance.choice((2, 2, 3)))) for _ in range(2500)]
    weights = [1 / (rank + 3) for rank in range(len(words))]

    def text(number: int) -> str:
        return "を".join(chance.choices(words, weights, k=number))

    return [
        Entry(
            f"p{n:04}",
            "faq",
            "ja",
            f"t{n % 9}",
            text(4),
            f"/p{n}/",
            text(20),
            (text(5), text(5)),
            body=text(150),
        )
        for n in range(count)
    ]
