"""The rules: their registry, their documentation, and one file per case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import casefile
from kotae.checking import check
from kotae.content.library import load
from kotae.rules.registry import ERROR, RETIRED, RULES, Rule, library_rule, rule

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*/*.md"))
EXAMPLE = re.compile(r"^(Bad|Good):\n````markdown\n(.*?)\n````$", re.MULTILINE | re.DOTALL)
UNKIND = re.compile("不正|違反|失敗|禁止|エラー|しろ。")


def found(
    text: str, root: Path, rules: dict[str, Rule]
) -> tuple[set[casefile.Expected], set[casefile.Expected]]:
    """Return what was found in a case and what it expects."""
    case = casefile.read(text)
    library = load(case.write(root))
    findings = check(library, case.today, rules=rules)
    return {(f.severity.value, f.path, f.line, f.rule) for f in findings}, case.expected


def family(name: str) -> dict[str, Rule]:
    return {r.id: r for r in RULES.values() if r.family == name}


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_case_finds_what_it_says_and_nothing_else(path: Path, tmp_path: Path) -> None:
    seen, expected = found(path.read_text(encoding="utf-8"), tmp_path, family(path.parent.name))
    assert seen == expected


@pytest.mark.parametrize("each", RULES.values(), ids=lambda r: r.id)
def test_the_bad_example_is_caught_where_it_says(each: Rule, tmp_path: Path) -> None:
    bad = dict(EXAMPLE.findall(each.doc))["Bad"]
    seen, expected = found(bad, tmp_path, family(each.family))
    assert expected
    assert seen == expected
    assert {rule_id for *_, rule_id in seen} == {each.id}


@pytest.mark.parametrize("each", RULES.values(), ids=lambda r: r.id)
def test_the_good_example_passes_its_whole_family(each: Rule, tmp_path: Path) -> None:
    good = dict(EXAMPLE.findall(each.doc))["Good"]
    assert found(good, tmp_path, family(each.family)) == (set(), set())


@pytest.mark.parametrize("each", RULES.values(), ids=lambda r: r.id)
def test_a_rule_says_why_and_speaks_kindly_in_both_languages(each: Rule) -> None:
    assert re.match(r"なぜ: .+\n\nWhy: .+\n\nBad:\n", each.doc)
    assert re.search("[ぁ-ん]", each.said.ja)
    assert not re.search("[ぁ-ん]", each.said.en)
    assert each.said.ja.endswith(("。", "}"))
    assert not UNKIND.search(each.said.ja)


@pytest.mark.parametrize("each", RULES.values(), ids=lambda r: r.id)
def test_every_rule_is_expected_in_three_places_of_its_familys_cases(each: Rule) -> None:
    texts = [p.read_text(encoding="utf-8") for p in (CASES / each.family).glob("*.md")]
    assert sum(text.count(f": {each.id} -->") for text in texts) >= 3


@pytest.mark.parametrize("name", sorted({r.family for r in RULES.values()}))
def test_every_family_has_clean_cases(name: str) -> None:
    assert any("<!-- " not in p.read_text(encoding="utf-8") for p in (CASES / name).glob("*.md"))


def test_a_second_registration_of_an_id_stops_at_import() -> None:
    with pytest.raises(ValueError, match="KT601"):
        rule("KT601", "something-else", ERROR, "", "")(lambda document, context: iter(()))
    with pytest.raises(ValueError, match="KT601"):
        library_rule("KT601", "something-else", ERROR, "", "")(lambda context: iter(()))


def test_a_retired_id_and_a_name_in_use_stop_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RETIRED, "KT999", "KT901")
    with pytest.raises(ValueError, match="KT999"):
        rule("KT999", "again", ERROR, "", "")(lambda document, context: iter(()))
    with pytest.raises(ValueError, match="dead-link"):
        rule("KT998", "dead-link", ERROR, "", "")(lambda document, context: iter(()))
    assert "KT998" not in RULES


def test_rules_of_the_wall_can_never_be_waived() -> None:
    assert not [r.id for r in RULES.values() if r.id.startswith("KT7") and r.waivable]
    assert not RULES["KT611"].waivable


def test_what_the_calendar_causes_is_never_an_error_by_nature() -> None:
    assert all(r.severity.value == "warning" for r in RULES.values() if r.time)
