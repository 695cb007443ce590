"""The last net: a page that hangs while it is printed, or takes its worker down, is named; nothing is published."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kotae.cli.main import main
from kotae.site import watching, workers
from workshop import DAY, build, tree

SLOW = "faq/billing/refund.md"


def hang() -> None:
    while True:
        try:
            time.sleep(0.01)
        except Exception:  # Extensions of Markdown catch what they can.
            continue


def hang_deaf() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])  # as code that never comes back to Python
    hang()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("processes", "trouble", "said"),
    [("1", hang, "1秒"), ("2", hang, "1秒"), ("2", hang_deaf, "1秒"), ("2", die, "プロセス")],
    ids=["alone", "in-a-worker", "deaf", "killed"],
)
def test_a_page_that_never_ends_is_named_and_nothing_is_published(
    small_site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    processes: str, trouble: Callable[[], None], said: str,
) -> None:  # fmt: skip
    out = build(small_site, small_site / "out")
    before = tree(out)
    with open(small_site / "desk/settings.yml", "a", encoding="utf-8") as file:
        file.write("1ページの秒数: 1\n")
    real = workers._print

    def sometimes(job: Any, document: Any) -> Any:
        if document.path == SLOW:
            trouble()
        return real(job, document)

    monkeypatch.setattr(workers, "_print", sometimes)
    monkeypatch.setattr(workers, "_CHUNK", 2)
    monkeypatch.setattr(watching, "_GRACE", 1)
    words = ["--root", str(small_site), "--out", str(out), "--as-of", DAY, "--messages", "ja"]
    assert main(["build", *words, "--processes", processes]) == 1
    told = capsys.readouterr().out
    assert SLOW in told
    assert said in told
    assert "公開しませんでした" in told
    assert tree(out) == before
    assert not [p for p in out.iterdir() if ".tmp-" in p.name]
