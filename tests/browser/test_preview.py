"""kotae serve: a saved file is on the screen at once, and what stands in the way is said on the page."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from workshop import DAY


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def preview(small_site: Path) -> Iterator[tuple[Path, str, Any]]:
    """A running preview of a small repository: the repository, its address, the process."""
    port = free_port()
    started = subprocess.Popen(
        [sys.executable, "-m", "kotae.cli.main", "serve", "--root", small_site, "--port", str(port), "--as-of", DAY, "--messages", "ja"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 30
    while True:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert started.poll() is None, started.communicate()[0]
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield small_site, address, started
    started.terminate()
    started.wait(timeout=20)
    if started.stdout:
        started.stdout.close()


def test_a_saved_file_appears_and_a_broken_one_is_explained(
    preview: tuple[Path, str, Any], chromium: Any
) -> None:
    root, address, _ = preview
    source = root / "faq/login/password.md"
    good = source.read_text()
    page = chromium.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{address}/help/login/password/")
    assert "新しく決め直して" in page.locator(".answer").inner_text()

    source.write_text(good.replace("新しく決め直して", "もう一度お決めになって"))
    page.get_by_text("もう一度お決めになって").wait_for()

    source.write_text(good.replace("お客様に公開", "だれでも"))
    banner = page.locator("aside[role=status]")
    banner.wait_for()
    assert "faq/login/password.md:2" in banner.inner_text()
    assert "だれでも" in banner.inner_text()
    assert "もう一度お決めになって" in page.locator(".answer").inner_text()

    source.write_text(good)
    page.get_by_text("新しく決め直して").wait_for()
    assert banner.count() == 0
    page.close()


def test_the_handbook_and_the_desks_lists_are_watched_too(
    preview: tuple[Path, str, Any], chromium: Any
) -> None:
    root, address, _ = preview
    page = chromium.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{address}/handbook/playbooks/billing/refund/")
    playbook = root / "playbooks/billing/refund.md"
    playbook.write_text(playbook.read_text().replace("自分で取り消さず", "ひとりで取り消さず"))
    page.get_by_text("ひとりで取り消さず").wait_for()
    page.goto(f"{address}/help/")
    topics = root / "desk/topics.yml"
    topics.write_text(topics.read_text().replace("プラン・お支払い", "お支払いとプラン"))
    page.get_by_text("お支払いとプラン").first.wait_for()
    page.goto(f"{address}/")
    assert page.locator("a").count() == 2
    page.close()


def test_a_port_that_is_taken_is_said_in_one_line(preview: tuple[Path, str, Any]) -> None:
    root, address, _ = preview
    port = address.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "kotae.cli.main", "serve", "--root", root, "--port", port],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert port in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_preview_ends_at_ctrl_c_without_a_trace(preview: tuple[Path, str, Any]) -> None:
    _, address, started = preview
    deadline = time.monotonic() + 30
    while True:  # until it really answers, not only listens
        with suppress(OSError), urlopen(f"{address}/help/", timeout=5) as answer:
            assert answer.status == 200
            break
        assert time.monotonic() < deadline
    started.send_signal(signal.SIGINT)
    said, _ = started.communicate(timeout=20)
    assert "Traceback" not in said
    assert started.returncode in (0, 130)
