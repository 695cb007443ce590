"""The runner's logic in a small engine, and the playbooks of the sample as its pages hold them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kotae.content.library import Library, load
from kotae.flow.model import Flow
from kotae.flow.parse import flows
from kotae.site.engine import THEME
from workshop import REPOSITORY

PARTS = ("clock", "fields", "flow", "runs", "record")


class Script:
    """The parts without a screen; ``call("KotaeClock.time", 5)`` passes values in and out as JSON."""

    def __init__(self) -> None:
        import quickjs

        self.context: Any = quickjs.Context()
        for part in PARTS:
            self.context.eval((THEME / "assets/kotae/runner" / f"{part}.js").read_text(encoding="utf-8"))
        self.context.eval(
            "globalThis.call = (name, text) => { const [of, what] = name.split('.');"
            " const told = globalThis[of][what](...JSON.parse(text)); return JSON.stringify(told ?? null); }"
        )

    def call(self, name: str, *given: Any) -> Any:
        return json.loads(self.context.get("call")(name, json.dumps(given)))

    def run(self, source: str) -> Any:
        return json.loads(self.context.eval(f"JSON.stringify({source})"))


@pytest.fixture(scope="session")
def script() -> Script:
    """One engine with the runner's logic."""
    return Script()


@pytest.fixture(scope="session")
def sample() -> Library:
    """The content of つむぎ請求."""
    return load(REPOSITORY)


@pytest.fixture(scope="session")
def graphs(sample: Library) -> dict[str, Flow]:
    """The graph of every playbook by path."""
    return dict(flows(sample))


@pytest.fixture(scope="session")
def book_of(sample_built: Path) -> Callable[[str], dict[str, Any]]:
    """What the page of a playbook gives to its script: ``book_of("billing/refund")``."""

    def read(name: str, lang: str = "ja") -> dict[str, Any]:
        base = sample_built / "handbook" / ("" if lang == "ja" else lang)
        text = (base / "playbooks" / name / "index.html").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(
            text.split('<script type="application/json" id="kotae-book">')[1].split("</script>")[0]
        )
        return found

    return read
