"""A web host that reads a _headers file: what `kotae build` wrote is what a browser gets."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any


def parse(rules: str) -> dict[str, list[tuple[str, str]]]:
    """Return path pattern -> headers of a _headers file."""
    found: dict[str, list[tuple[str, str]]] = {}
    pattern = ""
    for line in rules.splitlines():
        if line.startswith("/"):
            pattern = line.strip()
            found[pattern] = []
        elif line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            found[pattern].append((name, value))
    return found


class _Handler(http.server.SimpleHTTPRequestHandler):
    rules: dict[str, list[tuple[str, str]]]

    def end_headers(self) -> None:
        for pattern, headers in self.rules.items():
            if self.path.startswith(pattern.rstrip("*")):
                for name, value in headers:
                    self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *args: Any) -> None:
        return


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle of an answer is no error."""


@contextmanager
def serving_with_headers(folder: Path, rules: str) -> Iterator[str]:
    """Serve ``folder`` with the headers of ``rules``; yield its address."""
    handler = type("Handler", (_Handler,), {"rules": parse(rules)})
    server = _Server(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=partial(server.serve_forever, 0.05), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
