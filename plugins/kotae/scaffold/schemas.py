"""JSON Schemas of the front matter and of every list of the desk, for editors: made from the same tables that read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from kotae.content.schema import ALL, KEYS, Key
from kotae.desk.lists import NO, YES
from kotae.desk.model import CLASSES, ENGLISH, LISTS, Row
from kotae.settings import WEIGHTS, table

DRAFT = "http://json-schema.org/draft-07/schema#"  # what YAML editors understand
FOLDER = "docs/kotae/reference/schemas"
_DAY = {"type": "string", "pattern": r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$"}
_SPAN = {"type": "string", "pattern": r"^(?:半年|half a year|\d{1,4}\s*\S+)$"}
# A value YAML takes for a number or a yes is still a text to Kotae.
_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_TEXTS: dict[str, Any] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_GLOBS = {"faq": "faq/**/*.md", "playbook": "playbooks/**/*.md", "page": "docs/{help,handbook}/**/*.md"}


def schemas() -> dict[str, str]:
    """Return every schema by its path below docs/kotae/reference."""
    made = {f"schemas/{kind}.json": _matter(kind) for kind in sorted(ALL)}
    made |= {f"schemas/{name}.json": _list(name, kind) for name, kind in LISTS.items()}
    made["schemas/settings.json"] = _settings()
    made["schemas/synonyms.json"] = _schema(
        "synonyms", {"type": "array", "items": {"type": "array", "items": _TEXT}}
    )
    return {path: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for path, schema in made.items()}


def editor() -> dict[str, Any]:
    """Return what an editor's settings say of the desk's lists."""
    names = [*LISTS, "settings", "synonyms"]
    return {"yaml.schemas": {f"./{FOLDER}/{name}.json": f"/desk/{name}.yml" for name in names}}


def _matter(kind: str) -> dict[str, Any]:
    known = {
        name: _field(key) for key in KEYS if kind in key.kinds for name in dict.fromkeys((key.ja, key.en))
    }
    return _schema(f"{_GLOBS[kind]}", {"type": "object", "properties": known, "additionalProperties": False})


def _field(key: Key) -> dict[str, Any]:
    said = {"description": f"{key.said.ja} / {key.said.en}"}
    one: dict[str, Any] = {"day": _DAY, "span": _SPAN, "text": _TEXT}.get(key.kind, _TEXT)
    if key.values:
        one = {
            "enum": sorted(
                {
                    v
                    for written in key.values
                    for v in (written, written.upper() if written in ("sms", "sns") else written)
                }
            )
        }
    if key.kind == "waivers":
        return {"type": "array", "items": {"type": "object"}, **said}
    return (_listed(one) if key.kind in ("texts", "choices") else dict(one)) | said


def _listed(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [dict(one), {"type": "array", "items": dict(one)}]}


def _list(name: str, kind: type[Row]) -> dict[str, Any]:
    return _schema(f"desk/{name}.yml", {"type": ["array", "null"], "items": _row(kind)})


def _row(kind: type[Row]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for each in fields(kind):
        if each.metadata["kind"] != "line":
            value = _value(each.metadata["kind"])
            known |= dict.fromkeys(
                dict.fromkeys((each.metadata["ja"], ENGLISH.get(each.name, each.name))), value
            )
    return {"type": "object", "properties": known, "additionalProperties": False}


def _value(kind: str) -> dict[str, Any]:
    if kind.startswith("rows:"):
        return {"type": "array", "items": _row(CLASSES[kind.removeprefix("rows:")])}
    if kind == "yes":
        return {"enum": [*sorted(YES | NO), True, False]}
    return {"day": _DAY, "texts": _TEXTS, "map": {"type": "object", "additionalProperties": _TEXT}}.get(
        kind, _TEXT
    )


def _settings() -> dict[str, Any]:
    known: dict[str, Any] = {}
    for name, ja, default, said in table():
        value: dict[str, Any] = {"description": f"{said.ja} / {said.en}"}
        if isinstance(default, dict):
            inside = {"enum": sorted(WEIGHTS)} if name == "severities" else _TEXT
            value |= {
                "type": "object",
                "additionalProperties": _listed(inside) if name == "required" else inside,
            }
        elif isinstance(default, tuple):
            value |= _TEXTS
        elif default is not None:
            value |= _TEXT
        known |= {name: value, ja: value}
    return _schema(
        "desk/settings.yml", {"type": ["object", "null"], "properties": known, "additionalProperties": False}
    )


def _schema(title: str, body: Mapping[str, Any]) -> dict[str, Any]:
    made = "自動で作られています。 / Generated: kotae rules --write docs/kotae/reference"
    return {"$schema": DRAFT, "title": title, "$comment": made, **body}
