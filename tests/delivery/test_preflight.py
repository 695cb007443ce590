"""`kotae preflight`: a handbook that anybody can read is a loud failure, whatever else the server says."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import workshop
from kotae.outside.preflight import Answer, Ask, ask, closed, sends_headers

HANDBOOK = "https://handbook.example.jp/"


def always(status: int, **headers: str) -> Ask:
    return lambda address: Answer(status, {k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_is_closed(status: int) -> None:
    assert all(line.good for line in closed(HANDBOOK, always(status)))


@pytest.mark.parametrize(
    "target",
    ["https://login.example.com/authorize?x", "/oauth2/start?rd=/", "/login", "https://sso.example/"],
)
def test_a_redirect_to_a_login_is_closed(target: str) -> None:
    assert all(line.good for line in closed(HANDBOOK, always(302, location=target)))


@pytest.mark.parametrize(
    "target",
    ["/ja/", HANDBOOK, "http://handbook.example.jp/", "https://www.handbook.example.jp/", "", "ftp://x/"],
)
def test_a_redirect_within_the_site_is_not(target: str) -> None:
    assert not any(line.good for line in closed(HANDBOOK, always(301, location=target)))


@pytest.mark.parametrize("status", [200, 206, 304, 404, 500, 0])
def test_any_other_answer_is_not(status: int) -> None:
    assert not any(line.good for line in closed(HANDBOOK, always(status)))


def test_one_open_path_is_enough_to_fail() -> None:
    def index_open(address: str) -> Answer:
        return Answer(200 if "search-" in address else 401)

    assert [line.good for line in closed(HANDBOOK, index_open)].count(False) == 1


def test_a_help_center_without_its_headers_is_told_each_missing_one() -> None:
    lines = sends_headers(
        "https://help.example.jp", always(200, content_security_policy="default-src 'none'")
    )
    assert [line.good for line in lines] == [True, False, False]


def test_a_loosened_policy_is_told() -> None:
    said = {
        "content_security_policy": "script-src 'unsafe-inline'",
        "x_content_type_options": "nosniff",
        "referrer_policy": "no-referrer",
    }
    assert [line.good for line in sends_headers("https://help.example.jp", always(200, **said))][-1] is False


@pytest.fixture
def server() -> Iterator[Callable[[int, dict[str, str]], str]]:
    """A server that answers everything with one status: ``server(status, headers)`` returns its address."""
    running: list[http.server.ThreadingHTTPServer] = []

    def start(status: int, headers: dict[str, str]) -> str:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                assert "Cookie" not in self.headers
                assert "Authorization" not in self.headers
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                return

        made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True).start()
        running.append(made)
        return f"http://127.0.0.1:{made.server_port}"

    yield start
    for each in running:
        each.shutdown()
        each.server_close()


def test_no_redirect_is_followed(server: Callable[[int, dict[str, str]], str]) -> None:
    answer = ask(server(302, {"Location": "https://login.example.com/"}) + "/")
    assert (answer.status, answer.headers["location"]) == (302, "https://login.example.com/")


def test_a_server_that_is_not_there_is_told_and_not_raised() -> None:
    assert ask("http://127.0.0.1:9/", timeout=1).status == 0


def test_the_command_says_one_line_an_address(server: Callable[[int, dict[str, str]], str]) -> None:
    shut, readable = server(401, {}), server(200, {})
    good = workshop.kotae("preflight", shut)
    assert good.returncode == 0, good.stdout + good.stderr
    assert {line[0] for line in good.stdout.splitlines()} == {"○"}
    bad = workshop.kotae("preflight", readable, "--public", readable)
    assert bad.returncode == 1
    assert "ログインなしで読めます(200)" in bad.stdout
    assert "Content-Security-Policy が付いていません" in bad.stdout


def test_an_address_without_a_scheme_cannot_be_asked() -> None:
    assert workshop.kotae("preflight", "handbook.example.jp").returncode == 2
