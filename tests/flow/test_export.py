"""Playbooks as data: the handbook's JSON is the graph, it fits its schema, and reply texts know when they drifted."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from samples import JA, ROOT, TODAY, library

from kotae.content.library import load
from kotae.flow.model import OUTCOME, Flow
from kotae.flow.parse import flows
from kotae.scaffold.replies import UnreadableError, drift, read, replies, written
from workshop import DAY, kotae

SCHEMA = json.loads((ROOT / "docs/kotae/reference/playbook.schema.json").read_text())
LIBRARY = load(ROOT)
BOOKS = flows(LIBRARY)


def index(handbook: Path, lang: str) -> list[dict[str, Any]]:
    home = handbook if lang == "ja" else handbook / lang
    return list(json.loads((home / "playbooks.json").read_text())["playbooks"])


def books(handbook: Path) -> dict[str, Any]:
    rows = [row for lang in ("ja", "en") for row in index(handbook, lang)]
    return {b["source"]: b for b in (json.loads((handbook / row["json"]).read_text()) for row in rows)}


def test_the_index_lists_every_playbook_with_a_page_and_a_file(sample_built: Path) -> None:
    handbook = sample_built / "handbook"
    rows = [row for lang in ("ja", "en") for row in index(handbook, lang)]
    assert len(rows) == len(BOOKS)
    for row in rows:
        assert (handbook / row["page"] / "index.html").is_file()
        assert json.loads((handbook / row["json"]).read_text())["sha256"] == row["sha256"]


def test_every_file_fits_the_schema(sample_built: Path) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    for made in books(sample_built / "handbook").values():
        jsonschema.validate(made, SCHEMA)


@pytest.mark.parametrize(
    ("name", "value"),
    [("form", "kotae-playbook-2"), ("nodes", []), ("severity", "高"), ("sha256", "0"), ("lang", "de")],
)
def test_the_schema_refuses_what_is_none(sample_built: Path, name: str, value: Any) -> None:
    made = books(sample_built / "handbook")["playbooks/billing/refund.md"] | {name: value}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, SCHEMA)


def test_the_help_center_has_none_of_it(sample_built: Path) -> None:
    assert not list((sample_built / "help").rglob("playbook*.json"))


def ways(nodes: dict[str, Any], at: str) -> list[str]:
    node = nodes[at]
    if node["kind"] == OUTCOME:
        return []
    found = [a["to"] for a in node["answers"]] + node["parallel"]
    return list(dict.fromkeys(to for to in (*found, "" if node["parallel"] else node["next"]) if to in nodes))


def walk(flow: Flow, nodes: dict[str, Any], chance: random.Random) -> None:
    at = flow.start
    for _ in range(60):
        assert tuple(ways(nodes, at)) == flow.edges[at]
        if not flow.edges[at]:
            return
        at = chance.choice(flow.edges[at])


def test_3000_random_walks_a_playbook_are_the_graphs(sample_built: Path) -> None:
    made = books(sample_built / "handbook")
    for path, flow in BOOKS.items():
        assert made[path]["start"] == flow.start
        nodes = {n["id"]: n for n in made[path]["nodes"]}
        assert list(nodes) == [n.id for n in flow.nodes]
        chance = random.Random(path)
        for _ in range(3000):
            walk(flow, nodes, chance)


def test_reply_texts_have_one_key_each_and_their_quotations_filled_in() -> None:
    found = list(replies(LIBRARY, date(2026, 11, 24)))
    assert len({r.key for r in found}) == len(found) > 50
    assert {r.channel for r in found} >= {"mail", "phone", "chat"}
    assert not any("{{答え" in r.body or "{{URL" in r.body or "{{値" in r.body for r in found)
    assert any("{{お客様名}}" in r.body for r in found)


def test_a_draft_gives_no_reply_texts() -> None:
    assert "playbooks/billing/draft.md" in flows(library())
    assert not any("/draft/" in r.key for r in replies(library(), TODAY))


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_export_read_again_has_not_drifted(form: str) -> None:
    found = list(replies(LIBRARY, TODAY))
    again = read(written(found, form))
    assert list(again.values()) == found
    assert drift(again, found) == []
    assert read("\ufeff" + written(found, "csv")) == again


@pytest.mark.parametrize("form", ["csv", "json"])
def test_every_kind_of_drift_is_told(form: str) -> None:
    found = list(replies(library(), TODAY))
    second = found[1]
    edited = next(r for r in found if r is not second and "受け付けました。" in r.body)
    text = written([r for r in found if r is not second], form).replace("受け付けました。", "承りました。", 1)
    kinds = {(d.kind, d.key) for d in drift(read(text), found)}
    assert kinds == {("edited", edited.key), ("new", second.key)}
    assert {(d.kind, d.key) for d in drift(read(written(found, form)), found[1:])} == {("gone", found[0].key)}
    new = library(
        {JA: (ROOT / "tests/flow/example/refund.md").read_text().replace("本件はいったん完了", "本件は完了")}
    )
    (only,) = drift(read(written(found, form)), replies(new, TODAY))
    assert only.kind == "changed"
    assert "マクロを入れ替えてください" in only.said.ja
    assert "Replace the macro" in only.said.en


def test_a_cell_that_a_spreadsheet_would_run_is_marked_and_read_back() -> None:
    text = (
        (ROOT / "tests/flow/example/refund.md")
        .read_text()
        .replace("お電話ありがとうございます。", "=1+1 お電話ありがとうございます。")
    )
    found = list(replies(library({JA: text}), TODAY))
    made = written(found, "csv")
    assert "'=1+1" in made
    assert ',"=1+1' not in made
    assert list(read(made).values()) == found


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "a,b\r\n1,2\r\n", '{"replies": [{"key": 1}]}', "\x00", '{"replies": 3}']
)
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read(text)


def test_the_command_writes_compares_and_refuses(small_site: Path, tmp_path: Path) -> None:
    out = tmp_path / "replies.csv"
    asked = ("replies", "--root", small_site, "--as-of", DAY, "--messages", "ja")
    assert kotae(*asked, "--out", out).returncode == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfkey,")
    same = kotae(*asked, "--against", out)
    assert (same.returncode, same.stdout.strip()) == (0, "文面は書き出したときのままです。")
    lines = out.read_text(encoding="utf-8-sig")
    out.write_text(lines.replace("/mail/1", "/mail/9", 1), encoding="utf-8-sig")
    drifted = kotae(*asked, "--against", out, "--format", "json")
    assert drifted.returncode == 1
    assert {d["kind"] for d in json.loads(drifted.stdout)["drift"]} == {"new", "gone"}
    (tmp_path / "other.csv").write_text("a,b\n")
    assert kotae(*asked, "--against", tmp_path / "other.csv").returncode == 2
