"""The schemas for editors: they accept all that the sample desk has written, and refuse what the checker refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kotae.content.front_matter import split
from kotae.content.library import load
from kotae.desk.model import LISTS
from kotae.scaffold.schemas import editor, schemas
from kotae.strict_yaml import Items, Node, Pairs, Text, read

REPOSITORY = Path(__file__).parent.parent
MADE = {Path(path).stem: json.loads(text) for path, text in schemas().items()}


def plain(node: Node | None) -> Any:
    if isinstance(node, Pairs):
        return {key.text: plain(value) for key, value in node.pairs}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, Text) else None


@pytest.mark.parametrize("name", MADE)
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(MADE[name])


def test_every_page_of_the_sample_fits_its_schema() -> None:
    for document in load(REPOSITORY):
        matter, _, _ = split((REPOSITORY / document.path).read_text(encoding="utf-8"))
        jsonschema.validate({key.text: plain(value) for key, value in matter.pairs}, MADE[document.kind])


@pytest.mark.parametrize("name", [*LISTS, "settings", "synonyms"])
def test_every_list_of_the_sample_fits_its_schema(name: str) -> None:
    node, faults = read((REPOSITORY / f"desk/{name}.yml").read_text(encoding="utf-8"))
    assert not faults
    jsonschema.validate(plain(node), MADE[name])


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("faq", {"確認目": "2026-11-01"}), ("faq", {"公開範囲": "everyone"}), ("faq", {"確認日": "きのう"}),
        ("faq", {"重要度": "高"}), ("playbook", {"連絡手段": ["ファクス"]}), ("page", {"例外": "KT606"}),
        ("teams", [{"id": "a", "なまえ": "b"}]), ("teams", {"id": "a"}), ("facts", [{"id": "a", "公開": "たぶん"}]),
        ("settings", {"重大さ": {"KT606": "とても"}}), ("settings", {"なにか": "x"}), ("synonyms", ["a"]),
    ],
)  # fmt: skip
def test_what_the_checker_refuses_the_schema_refuses(name: str, wrong: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, MADE[name])


def test_the_editors_settings_name_a_schema_for_every_list() -> None:
    written = json.loads((REPOSITORY / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert written == editor()
    assert all((REPOSITORY / path).is_file() for path in written["yaml.schemas"])


def test_the_hooks_call_commands_that_are_there() -> None:
    node, faults = read((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert not faults
    assert [hook["entry"].split()[:2] for hook in plain(node)] == [["kotae", "check"]] * 2
