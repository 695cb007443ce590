"""A reader with a browser, who notices every error on the console and every request to another host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Read = Callable[..., Any]


class Reader:
    """One window. ``trouble`` holds what a reader should never see on the console, or send elsewhere."""

    def __init__(self, context: Any, base: str) -> None:
        self.base, self.trouble = base, list[str]()
        self.page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.trouble.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def _console(self, message: Any) -> None:
        # A page that is not there is told on the console by the browser itself.
        lost = "status of 404" in message.text and message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not lost:
            self.trouble.append(f"{self.page.url}: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.trouble.append(f"{self.page.url}: asks for {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.trouble.append(f"{self.page.url}: {response.status} for {response.url}")

    def open(self, path: str) -> Any:
        """Go to a path of the site and return the page."""
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture
def reader(chromium: Any, served: Callable[[Path], str]) -> Iterator[Read]:
    """Open a window on a folder: ``reader(folder, width=390, scheme="dark")``; every window must stay without trouble."""
    contexts, readers = [], []

    def start(folder: Path, width: int = 1440, scheme: str = "light", **options: Any) -> Reader:
        context = chromium.new_context(
            viewport={"width": width, "height": 844}, color_scheme=scheme, locale="ja-JP", **options
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        readers.append(Reader(context, served(folder)))
        return readers[-1]

    yield start
    for context in contexts:
        context.close()
    assert [trouble for each in readers for trouble in each.trouble] == []


@contextmanager
def no_navigation(page: Any) -> Iterator[None]:
    """Whatever happens inside must not leave the page."""
    before = page.url
    yield
    page.wait_for_timeout(150)
    assert page.url == before


@pytest.fixture
def stays() -> Any:
    """``with stays(page):`` nothing inside leaves the page."""
    return no_navigation
