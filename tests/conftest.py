"""What several tests need: a small repository, finished sites, a server over a folder, the system's Chromium."""

from __future__ import annotations

import http.server
import os
import shutil
import signal
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from workshop import REPOSITORY, build, copy_site, once

# Started in the background, a shell lets Ctrl-C be ignored, and every child would inherit that.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A run that decides what lands asks the same examples each time; every other run looks for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this worker; "master" where there is only one."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "master"))


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A small repository of one's own: questions (public, internal, draft, expired, retired), a playbook, pages."""
    return copy_site("small", tmp_path / "repository")


@pytest.fixture(scope="session")
def small_built(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Path:
    """Both sites of the small repository as of its day, and the repository as ``source``. Read only."""
    return once(tmp_path_factory, worker, "small", lambda out: build(copy_site("small", out / "source"), out))


@pytest.fixture(scope="session")
def sample_built(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Path:
    """Both sites of つむぎ請求 as of today; the day stands in ``day.txt``. Read only."""

    def make(out: Path) -> None:
        day = date.today().isoformat()
        build(REPOSITORY, out, day=day)
        (out / "day.txt").write_text(day)

    return once(tmp_path_factory, worker, "sample", make)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a web host does: the site's own 404 page, and no word on the terminal."""

    def log_message(self, *args: Any) -> None:
        return

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that leaves in the middle of an answer is no error."""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=partial(server.serve_forever, 0.05), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on a free port until the end: ``served(folder)`` returns its address, no slash at the end."""
    known: dict[Path, str] = {}
    with ExitStack() as stack:

        def start(folder: Path) -> str:
            if folder not in known:
                known[folder] = stack.enter_context(_serving(folder))
            return known[folder]

        yield start


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The Chromium of the system, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    found = os.environ.get("KOTAE_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "scripts/chromium installs a Chromium; or set KOTAE_CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()
