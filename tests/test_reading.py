"""Bad input: reading never raises, and every trouble is one finding with a line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import casefile
from kotae.audience import is_public
from kotae.checking import check
from kotae.content.library import Library, load
from kotae.content.reading import parse_document
from kotae.strict_yaml import read

GOOD = "# 返金はできますか？\n\nはい。30日以内なら、全額を返金いたします。\n"
PATHS = st.sampled_from(
    [
        "faq/billing/a.md",
        "faq/billing/a.en.md",
        "playbooks/x/a.md",
        "docs/help/a.md",
        "docs/handbook/a.md",
        "faq/a.md",
    ]
)
PIECES = st.lists(
    st.sampled_from(
        ["---\n", "公開範囲: お客様に公開\n", "公開範囲：", "聞かれ方:\n", "  - ", "(a|", ")", "# ", "## 社内メモ\n", "##社内メモ\n",
         "<!--", "-->", "[a](b.md#c)", "![](x)", "[x]: <", "{{値:", "!!! internal\n", "--8<--", "&a ", "*a", "<<: ", "!!python/x ", "\ufeff",
         "\u202e", "\0", "\r", "\r\n", "\n", "\t", "`", "```\n", "|", "確認日: 2026-13-40\n", "か\u3099", "'", '"', "{", "[", "# 返金はできますか？\n\nはい。\n"]
    ),
    max_size=40,
)  # fmt: skip


def judged(path: str, data: bytes) -> None:
    document = parse_document(path, data)
    library = Library(Path("/nowhere"), documents=(document,))
    for finding in check(library, casefile.TODAY):
        assert finding.line >= 1
        assert finding.message.ja
        assert finding.message.en


@given(PATHS, st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_reading_and_judging_any_bytes_never_raises(path: str, data: bytes) -> None:
    judged(path, data)


@given(PATHS, st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_reading_and_judging_any_text_never_raises(path: str, text: str) -> None:
    judged(path, text.encode("utf-8", "surrogatepass"))


@given(PATHS, PIECES)
@settings(max_examples=600, deadline=None)
def test_reading_and_judging_shuffled_markup_never_raises(path: str, pieces: list[str]) -> None:
    judged(path, "".join(pieces).encode())


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_yaml_that_cannot_be_trusted_is_a_fault_and_never_an_exception(text: str) -> None:
    read(text)


BROKEN = {
    "a tab": "公開範囲: お客様に公開\n聞かれ方:\n\t- a",
    "a duplicate key": "公開範囲: お客様に公開\n公開範囲: お客様に公開",
    "an anchor": "公開範囲: &x お客様に公開",
    "an alias bomb": "a: &a [x, x]\nb: &b [*a, *a]\n公開範囲: お客様に公開",
    "a merge key": "x: &x {公開範囲: お客様に公開}\n<<: *x",
    "a tag": "公開範囲: !!str お客様に公開\n確認日: !!timestamp 2026-01-01",
    "a bare tag": "公開範囲: ! お客様に公開",
    "a python tag": "公開範囲: !!python/object/apply:os.system [ls]",
    "an open quote": '公開範囲: "お客様に公開',
    "an open bracket": "公開範囲: お客様に公開\n関連: [a, b",
    "many brackets": "公開範囲: お客様に公開\n関連: " + "[" * 500,
    "a full-width colon": "公開範囲：お客様に公開",
    "a list": "- 公開範囲: お客様に公開",
    "one word": "お客様に公開",
    "two colons": "公開範囲: お客様に公開: はい",
    "a bad indent": "公開範囲: お客様に公開\n  関連: a\n 状態: 公開",
    "two documents": "公開範囲: お客様に公開\n--- x",
    "a control character": "公開範囲: お客様に公開\x07",
    "a percent": "%公開範囲: お客様に公開",
    "an at sign": "公開範囲: @public",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_fields_are_one_finding_and_never_public(kind: str, tmp_path: Path) -> None:
    case = casefile.read(f"=== faq/billing/good.md\n---\n公開範囲: 社内だけ\n---\n{GOOD}")
    root = case.write(tmp_path)
    (root / "faq/billing/bad.md").write_text(f"---\n{BROKEN[kind]}\n---\n{GOOD}", encoding="utf-8")
    library = load(root)
    bad = library.by_path["faq/billing/bad.md"]
    assert not is_public(library, bad)
    findings = [
        f for f in check(library, casefile.TODAY) if f.path == bad.path and f.severity.value == "error"
    ]
    assert findings
    assert {f.rule for f in findings} <= {"KT112", "KT115", "KT704", "KT104"}
    assert all(2 <= f.line <= 5 for f in findings if f.rule == "KT112")
    assert library.by_path["faq/billing/good.md"].title == "返金はできますか？"


@pytest.mark.parametrize("first", ["\n---", " ---", "----", "ーーー", "———", "--- 公開"])
def test_fields_that_do_not_begin_in_the_first_line_are_never_public(first: str, tmp_path: Path) -> None:
    root = casefile.Case([], casefile.TODAY, set()).write(tmp_path)
    (root / "faq/billing").mkdir(parents=True)
    (root / "faq/billing/a.md").write_text(f"{first}\n公開範囲: お客様に公開\n---\n{GOOD}", encoding="utf-8")
    library = load(root)
    assert not is_public(library, library.documents[0])
    assert [f.rule for f in check(library, casefile.TODAY) if f.severity.value == "error"] == ["KT112"]


@pytest.mark.parametrize("kind", ["cp932", "utf-16", "euc-jp"])
def test_other_charsets_are_named(kind: str) -> None:
    document = parse_document("faq/billing/a.md", GOOD.encode(kind))
    (problem,) = document.problems
    assert problem.rule == "KT111"
    if kind != "euc-jp":
        assert kind.upper().replace("CP932", "cp932") in problem.said.ja


def test_no_and_a_day_stay_what_was_written() -> None:
    document = parse_document(
        "faq/billing/a.md",
        f"---\n公開範囲: お客様に公開\n聞かれ方: [no, 2026-01-01, 0x10, ~]\n---\n{GOOD}".encode(),
    )
    assert document.fields["paraphrases"].value == ("no", "2026-01-01", "0x10", "~")


def test_links_on_the_disk_are_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("# 秘密\n", encoding="utf-8")
    root = casefile.Case([], casefile.TODAY, set()).write(tmp_path / "repo")
    (root / "faq").mkdir()
    (root / "faq/billing").symlink_to(outside)
    (root / "faq/loop").symlink_to(root / "faq")
    (root / "faq/login").mkdir()
    (root / "faq/login/a.md").symlink_to(outside / "secret.md")
    (root / "faq/login/gone.md").symlink_to(root / "nothing.md")
    library = load(root)
    assert library.documents == ()
    found = {f.path: f.rule for f in check(library, casefile.TODAY)}
    assert found == {
        "faq/billing": "KT111", "faq/loop": "KT111", "faq/login/a.md": "KT111", "faq/login/gone.md": "KT111",
    }  # fmt: skip


def test_a_content_root_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside/billing"
    outside.mkdir(parents=True)
    (outside / "a.md").write_text(f"---\n公開範囲: お客様に公開\n---\n{GOOD}", encoding="utf-8")
    root = casefile.Case([], casefile.TODAY, set()).write(tmp_path / "repo")
    (root / "faq").symlink_to(tmp_path / "outside")
    library = load(root)
    assert library.documents == ()
    assert [f.path for f in check(library, casefile.TODAY)] == ["faq"]


def test_a_pipe_is_named_and_never_waited_for(tmp_path: Path) -> None:
    root = casefile.Case([], casefile.TODAY, set()).write(tmp_path)
    (root / "faq/billing").mkdir(parents=True)
    os.mkfifo(root / "faq/billing/a.md")
    assert [(f.path, f.rule) for f in check(load(root), casefile.TODAY)] == [("faq/billing/a.md", "KT111")]


def test_a_name_that_is_no_text_is_a_finding(tmp_path: Path) -> None:
    root = casefile.Case([], casefile.TODAY, set()).write(tmp_path)
    (root / "faq/billing").mkdir(parents=True)
    name = os.fsencode(root / "faq/billing") + b"/\x95\xd4\x8b\xe0.md"
    try:
        with open(name, "wb") as file:
            file.write(GOOD.encode())
    except OSError:
        pytest.skip("this file system takes no such name")
    assert "KT809" in {f.rule for f in check(load(root), casefile.TODAY)}


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"- [", b"a: b", b"- id: x\n- id: x\n", b"- 1\n- 2\n", b"\0"]
)
@pytest.mark.parametrize("name", ["teams", "topics", "products", "settings", "synonyms"])
def test_a_broken_desk_list_never_stops_the_reading(name: str, data: bytes, tmp_path: Path) -> None:
    root = casefile.read(f"---\n公開範囲: お客様に公開\n---\n{GOOD}").write(tmp_path)
    (root / f"desk/{name}.yml").write_bytes(data)
    library = load(root)
    assert library.documents[0].title == "返金はできますか？"
    assert all(f.message.ja for f in check(library, casefile.TODAY))
