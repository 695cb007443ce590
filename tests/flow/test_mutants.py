"""Every error rule catches at least three differently made slips in each language, and nothing is said of the clean."""

from __future__ import annotations

import pytest
from mutants import MUTANTS, Mutant
from samples import EN, FILES, FLOW_RULES, JA, findings

TABLE = [
    pytest.param(rule, lang, mutant, id=f"{rule}-{lang}-{at}")
    for rule, both in MUTANTS.items()
    for lang, made in both.items()
    for at, mutant in enumerate(made, 1)
]


def changed(path: str, mutant: Mutant) -> str:
    text = FILES[path]
    for old, new in zip(mutant[::2], mutant[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_the_example_gives_no_finding_in_either_language() -> None:
    assert findings() == ()


@pytest.mark.parametrize(("rule", "lang", "mutant"), TABLE)
def test_a_slip_is_caught(rule: str, lang: str, mutant: Mutant) -> None:
    path = JA if lang == "ja" else EN
    found = findings({path: changed(path, mutant)})
    assert rule in {f.rule for f in found if f.path == path and f.severity.value == "error"}, found


def test_every_error_rule_of_playbooks_has_three_slips_in_each_language() -> None:
    errors = {rule_id for rule_id, each in FLOW_RULES.items() if each.severity.value == "error"}
    assert errors == set(MUTANTS)
    assert all(len(made) >= 3 for both in MUTANTS.values() for made in both.values())
