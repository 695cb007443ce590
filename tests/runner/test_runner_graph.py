"""Where the runner may go is where the checked graph goes: every walk, every case, every id."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kotae.flow.model import OUTCOME, Flow
from kotae.flow.walking import walk

WALKS, STEPS = 3000, 60
# Runs in the engine: a walk is the picks taken and the nodes passed.
WALK = """
globalThis.kotaeWalks = (text, numbers, most) => {
  const book = JSON.parse(text), made = [], offered = {};
  let at = 0;
  const next = (n) => { at = (at * 1103515245 + 12345 + numbers) % 2147483648; return Math.floor(at / 65536) % n; };
  for (let walk = 0; walk < WALKS; walk++) {
    let state = KotaeFlow.begin(book);
    const path = [state.at];
    for (let step = 0; step < most; step++) {
      const ways = KotaeFlow.options(book, state);
      offered[state.at] = ways.map((way) => [way.pick, way.answer ?? "", way.to]);
      if (!ways.length) break;
      state = KotaeFlow.take(book, state, ways[next(ways.length)].pick);
      path.push(state.at);
    }
    made.push([KotaeFlow.picks(state), path]);
  }
  return JSON.stringify({ made, offered });
};
""".replace("WALKS", str(WALKS))


def follow(flow: Flow, picks: list[Any]) -> list[str]:
    """Return the nodes a walk passes, by the graph alone; of several lines one after the other until they join."""
    left, path = list(picks), list[str]()

    def go(at: str, stop: str) -> Iterator[str]:
        while at and at in flow.by_id and (not stop or at != stop):
            path.append(at)
            node = flow.by_id[at]
            if node.kind == OUTCOME or not left:
                yield at
                return
            pick = left.pop(0)
            if pick == "t":
                for line in node.parallel:
                    ended = list(go(line.to, node.next))
                    if ended:
                        yield from ended
                        return
                at = node.next
            else:
                at = node.next if pick == "n" else node.branches[pick].to

    list(go(flow.start, ""))
    return path


def _name(path: str) -> tuple[str, str]:
    stem = path.removeprefix("playbooks/").removesuffix(".md")
    return (stem.removesuffix(".en"), "en") if stem.endswith(".en") else (stem, "ja")


def test_every_walk_of_the_runner_is_a_walk_of_the_graph(
    script: Any, graphs: dict[str, Flow], book_of: Callable[..., dict[str, Any]]
) -> None:
    script.context.eval(WALK)
    assert len(graphs) > 20
    for path, flow in graphs.items():
        book = book_of(*_name(path))
        told = json.loads(
            script.context.get("kotaeWalks")(json.dumps(book), random.Random(path).randrange(10**6), STEPS)
        )
        assert len(told["made"]) == WALKS
        for picks, passed in told["made"]:
            assert follow(flow, picks)[: len(passed)] == [p for p in passed if p], (path, picks)
        for at, ways in told["offered"].items():
            node = flow.by_id[at]
            if node.parallel:
                expected = [["t", "", node.parallel[0].to]]
            else:
                expected = [[n, b.answer, b.to] for n, b in enumerate(node.branches)]
                expected += [["n", "", node.next]] if node.next and not node.decision else []
            assert ways == (expected if node.kind != OUTCOME else []), (path, at)


def test_every_case_ends_in_the_runner_where_the_checker_ends_it(
    script: Any, graphs: dict[str, Flow], book_of: Callable[..., dict[str, Any]]
) -> None:
    played = 0
    for path, flow in graphs.items():
        book = book_of(*_name(path))
        for case in flow.cases:
            told = script.call("KotaeFlow.play", book, list(case.answers))
            assert told["state"]["at"] == walk(flow, case).outcome == case.outcome.to, (path, case.name)
            assert told["left"] == []
            played += 1
    assert played > 50


def test_every_node_is_an_id_of_its_page(sample_built: Path, graphs: dict[str, Flow]) -> None:
    for path, flow in graphs.items():
        name, lang = _name(path)
        base = sample_built / "handbook" / ("" if lang == "ja" else lang)
        text = (base / "playbooks" / name / "index.html").read_text(encoding="utf-8")
        ids = set(re.findall(r'<h3 id="([^"]*)">', text))
        assert {n.id for n in flow.nodes} <= ids, path
        # Every message of the graph stands on the page in its own form, every answer as a way on.
        shown = text.split("<kotae-runner")[0]
        assert shown.count("<kotae-message") == len(flow.messages), path
        assert "{{" not in shown, path


def test_going_back_is_playing_the_picks_again(script: Any, book_of: Callable[..., dict[str, Any]]) -> None:
    book = book_of("billing/refund")
    state = script.call("KotaeFlow.replay", book, ["n", 0, 0, 0])
    assert state["at"] == "返金を実行する"
    assert script.call("KotaeFlow.replay", book, ["n", 0, 0])["at"] == "返金額を確かめる"
    # A pick that no longer fits ends the play where it stands.
    assert script.call("KotaeFlow.replay", book, ["n", 7, 0])["at"] == "ご本人と契約を確認する"
