"""Links to other sites: asked slowly, called broken late, and never on this machine or this network."""

from __future__ import annotations

import http.client
import http.server
import itertools
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import workshop
from kotae.content.library import load
from kotae.outside.asking import Asker, Outcome, Pace
from kotae.outside.external import (
    Known,
    check_external,
    external_links,
    read_known,
    write_known,
)
from kotae.outside.guard import PrivateAddressError, is_public, public_addresses

# Public addresses in the test's own name service; a connection to any of them ends at the fake server.
FAKE, OTHER = "93.184.215.14", "93.184.215.15"
NAMES = {
    "site.test": [FAKE],
    "other.test": [OTHER],
    "home.test": ["127.0.0.1"],
    "cloud.test": ["169.254.169.254"],
    "mixed.test": [FAKE, "10.0.0.1"],
}


@dataclass
class Clock:
    """Time that passes only when somebody sleeps."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass
class Fake:
    """A server on this machine that stands for the internet."""

    port: int = 0
    clock: Clock = field(default_factory=Clock)
    asked: list[tuple[str, str, str, float]] = field(default_factory=list)  # method, host, path, when
    connected: list[str] = field(default_factory=list)

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.connected.append(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def resolve(self, host: str, port: int) -> list[str]:
        if host not in NAMES:
            try:
                socket.inet_aton(host)
            except OSError:
                raise OSError(f"{host}: name not known") from None
            return [host]
        return NAMES[host]

    def asker(self, **more: Any) -> Asker:
        pace = Pace(clock=self.clock, sleep=self.clock.sleep)
        return Asker(pace, self.resolve, self.connect, now=lambda: datetime(2026, 11, 24, tzinfo=UTC), **more)


@pytest.fixture
def fake() -> Iterator[Fake]:
    known = Fake()

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            host = self.headers["Host"].split(":")[0]
            known.asked.append((self.command, host, self.path, known.clock.seconds))
            status, headers = 200, {}
            match self.path.strip("/").split("/", 1):
                case ["to", target]:
                    status, headers = 302, {"Location": target}
                case ["loop"]:
                    status, headers = 302, {"Location": "/loop"}
                case ["no-head"]:
                    status = 405 if self.command == "HEAD" else 206
                case ["later", seconds]:
                    status, headers = 429, {"Retry-After": seconds}
                case [number] if number.isdigit():
                    status = int(number)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET = answer  # noqa: N815 - the names http.server asks for

        def log_message(self, *args: Any) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield known
    server.shutdown()
    server.server_close()


def test_a_page_that_answers_is_asked_once_and_only_for_its_head(fake: Fake) -> None:
    assert fake.asker().ask("http://site.test/page").state == "ok"
    assert [row[0] for row in fake.asked] == ["HEAD"]


def test_a_server_that_knows_no_head_is_asked_for_one_byte(fake: Fake) -> None:
    assert fake.asker().ask("http://site.test/no-head").state == "ok"
    assert [row[0] for row in fake.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [403, 429, 999, 401, 451])
def test_being_turned_away_says_nothing_of_the_page(fake: Fake, status: int) -> None:
    assert fake.asker().ask(f"http://site.test/{status}").state == "unknown"


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_a_missing_page_fails(fake: Fake, status: int) -> None:
    assert fake.asker().ask(f"http://site.test/{status}") == Outcome(
        "failed", status, http.client.responses[status]
    )


def test_a_name_nobody_knows_fails(fake: Fake) -> None:
    assert fake.asker().ask("http://gone.test/").state == "failed"
    assert not fake.connected


def test_one_request_a_second_goes_to_a_host(fake: Fake) -> None:
    asker = fake.asker()
    for at in range(5):
        asker.ask(f"http://site.test/{at}/no-head")
        asker.ask("http://other.test/x")
    for host in ("site.test", "other.test"):
        times = [when for _, asked, _, when in fake.asked if asked == host]
        assert len(times) >= 5
        assert all(b - a >= 1 for a, b in itertools.pairwise(times))


def test_head_get_and_redirects_keep_the_pace_too(fake: Fake) -> None:
    fake.asker().ask("http://site.test/to//no-head")
    times = [when for *_, when in fake.asked]
    assert len(times) == 3
    assert all(b - a >= 1 for a, b in itertools.pairwise(times))


def test_retry_after_is_kept(fake: Fake) -> None:
    asker = fake.asker()
    asker.ask("http://site.test/later/30")
    assert asker.ask("http://site.test/page").state == "ok"
    assert fake.asked[-1][3] - fake.asked[0][3] >= 30


def test_a_host_that_wants_an_hour_is_left_alone_in_this_run(fake: Fake) -> None:
    asker = fake.asker()
    asker.ask("http://site.test/later/3600")
    asked = len(fake.asked)
    assert asker.ask("http://site.test/page").state == "unknown"
    assert len(fake.asked) == asked


@pytest.mark.parametrize(
    "address",
    [
        "http://home.test/",
        "http://cloud.test/latest/meta-data/",
        "http://mixed.test/",
        "http://127.0.0.1/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://172.16.0.9/",
        "http://0.0.0.0/",
        "http://169.254.169.254/",
        "ftp://site.test/",
        "file:///etc/passwd",
    ],
)
def test_a_private_address_is_never_asked_nor_reached_by_a_redirect(fake: Fake, address: str) -> None:
    assert fake.asker().ask(address).state == "private"
    assert fake.connected == []
    if address.startswith("http"):
        assert fake.asker().ask(f"http://site.test/to/{address}").state == "private"
        assert fake.connected == [FAKE]


def test_the_connection_goes_to_the_address_that_was_judged(fake: Fake) -> None:
    answers = [[FAKE], ["127.0.0.1"]]
    asker = fake.asker()
    asker = Asker(asker.pace, lambda host, port: answers.pop(0), fake.connect)
    assert asker.ask("http://rebound.test/").state == "ok"
    assert fake.connected == [FAKE]
    assert answers == [["127.0.0.1"]]


def test_a_host_the_settings_call_internal_is_not_asked_even_by_a_redirect(fake: Fake) -> None:
    asker = fake.asker(internal_hosts=frozenset({"other.test"}))
    assert asker.ask("http://site.test/to/http://other.test/").state == "private"
    assert fake.connected == [FAKE]


def test_an_endless_redirect_fails(fake: Fake) -> None:
    assert fake.asker().ask("http://site.test/loop").state == "failed"
    assert len(fake.asked) <= 6


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:0:0:0:0:80ff:fffe", "localhost", "",
    ],
)  # fmt: skip
def test_every_kind_of_private_address_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [FAKE, "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_one_private_address_among_public_ones_closes_the_name() -> None:
    with pytest.raises(PrivateAddressError):
        public_addresses("mixed.test", 80, lambda host, port: NAMES["mixed.test"])


def run(known: Known, *steps: tuple[str, str]) -> Known:
    for day, state in steps:
        known = known.after(Outcome(state), date.fromisoformat(day))
    return known


def test_three_failures_on_one_day_are_not_broken() -> None:
    assert run(Known(), *[("2026-11-24", "failed")] * 5).state == "failing"


def test_two_failures_on_two_days_are_not_broken() -> None:
    assert run(Known(), ("2026-11-24", "failed"), ("2026-11-25", "failed")).state == "failing"


def test_three_failures_on_two_days_are_broken() -> None:
    days = [("2026-11-24", "failed"), ("2026-11-24", "failed"), ("2026-11-25", "failed")]
    assert run(Known(), *days).state == "broken"


def test_a_success_forgets_failures_and_unknown_keeps_them() -> None:
    two = [("2026-11-24", "failed"), ("2026-11-25", "failed")]
    assert run(Known(), *two, ("2026-11-26", "ok"), ("2026-11-27", "failed")).state == "failing"
    assert run(Known(), *two, ("2026-11-26", "unknown"), ("2026-11-27", "failed")).state == "broken"
    assert run(Known(), *[(f"2026-11-{day}", "unknown") for day in range(10, 20)]).state == "unknown"


def test_what_was_good_is_asked_again_after_two_weeks_and_nothing_else_is_kept() -> None:
    asked: list[str] = []

    def ask(address: str) -> Outcome:
        asked.append(address)
        return Outcome({"a": "ok", "b": "failed", "c": "unknown"}[address[-1]], 200)

    addresses = ["http://x.test/a", "http://x.test/b", "http://x.test/c"]
    known = check_external(addresses, {}, ask, date(2026, 11, 1))
    known = check_external(addresses, known, ask, date(2026, 11, 14))
    assert asked == [*addresses, *addresses[1:]]
    check_external(addresses, known, ask, date(2026, 11, 15))
    assert asked[5:] == addresses


def test_a_machine_without_a_network_learns_nothing() -> None:
    addresses = ["http://x.test/a", "http://y.test/b"]
    known = check_external(
        addresses, {}, lambda address: Outcome("failed", 0, "no network"), date(2026, 11, 1)
    )
    assert set(known.values()) == {Known()}


def test_what_is_known_survives_on_disk_and_a_broken_file_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cache/links.json"
    known = {"http://x.test/": Known("failing", "2026-11-24", 404, "Not Found", ("2026-11-24",))}
    write_known(path, known)
    assert read_known(path) == known
    path.write_text("{", encoding="utf-8")
    assert read_known(path) == {}
    path.write_text(
        json.dumps({"http://x.test/": {"state": "ok", "new": 1, "failures": []}}), encoding="utf-8"
    )
    assert read_known(path) == {}


def test_only_public_text_is_asked_and_never_an_internal_host(small_site: Path) -> None:
    page = small_site / "docs/help/links.md"
    page.write_text(
        "# 外の案内\n\n[国税庁](https://nta.example.jp/#a) と[手元](https://git.example.jp/x)\n\n## 社内メモ\n\n[台帳](https://ledger.example.jp/)\n",
        encoding="utf-8",
    )
    settings = small_site / "desk/settings.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "\n社内のホスト: [git.example.jp]\n", encoding="utf-8"
    )
    library, day = load(small_site), date.fromisoformat(workshop.DAY)
    public, everything = external_links(library, day).found, external_links(library, day, True).found
    assert "https://nta.example.jp/" in public
    assert public["https://nta.example.jp/"][0][0] == "docs/help/links.md"
    assert not {a for a in everything if "git.example.jp" in a}
    assert {a for a in everything if "ledger" in a}
    assert not {a for a in public if "ledger" in a}
