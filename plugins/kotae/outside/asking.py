"""Ask one address of another site, politely: HEAD, then one byte by GET; one request a second for each host."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit

from kotae.outside.guard import PrivateAddressError, Resolve, public_addresses, resolve

HOPS, TIMEOUT, LONGEST_WAIT = 5, 15.0, 120.0  # redirects; seconds; seconds
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Asked not to come, or not to come yet: that says nothing of the page.
_UNKNOWN = frozenset({401, 403, 407, 429, 451, 999})
_AGENT = "kotae-links/1 (a link checker; one request a second)"

Connect = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was learned of an address: ``ok``, ``failed``, ``unknown`` or ``private``, and why."""

    state: str
    status: int = 0
    reason: str = ""


def connect(address: str, port: int, timeout: float) -> socket.socket:
    """Open a connection to an address that was judged before."""
    return socket.create_connection((address, port), timeout)


@dataclass
class Pace:
    """Lets a request to a host go at most once a second, and not before the host said we may come again."""

    every: float = 1.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _next: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, host: str) -> bool:
        """Wait for the host's turn; False when it asked for more patience than a run has."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._next.get(host, now))
            if turn - now > LONGEST_WAIT:
                return False
            self._next[host] = turn + self.every
        if turn > now:
            self.sleep(turn - now)
        return True

    def later(self, host: str, seconds: float) -> None:
        """Do not come again for ``seconds``."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), self.clock() + seconds)


@dataclass(frozen=True)
class Asker:
    """Asks addresses. What a test replaces: how names are resolved, how a connection is opened, the pace."""

    pace: Pace = field(default_factory=Pace)
    resolver: Resolve = resolve
    connect: Connect = connect
    internal_hosts: frozenset[str] = frozenset()
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def ask(self, address: str) -> Outcome:
        """Ask for ``address``, following at most five redirects, each judged like the first. Never raises."""
        here = address
        for _ in range(HOPS + 1):
            try:
                answer = self._both(here)
            except PrivateAddressError:
                return Outcome("private", reason="private address")
            except (OSError, ValueError, http.client.HTTPException) as error:
                said = getattr(error, "strerror", None) or str(error) or type(error).__name__
                return Outcome("failed", reason=str(said))
            if isinstance(answer, Outcome):
                return answer
            here = urljoin(here, answer)
        return Outcome("failed", reason="too many redirects")

    def _both(self, address: str) -> Outcome | str:
        """Return the outcome, or where the server sends us."""
        answer = self._once("HEAD", address)
        if isinstance(answer, Outcome) and answer.status != 429 and answer.status >= 400:
            # Many servers answer HEAD wrongly; only what GET says counts.
            return self._once("GET", address)
        return answer

    def _once(self, method: str, address: str) -> Outcome | str:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".").lower()
        if parts.scheme not in ("http", "https") or not host or host in self.internal_hosts:
            raise PrivateAddressError(host)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        name = host if host.isascii() else host.encode("idna").decode()
        places = public_addresses(name, port, self.resolver)
        if not places:
            raise OSError(f"{host}: no address")
        if not self.pace.wait(host):
            return Outcome("unknown", 429, "asked to wait")
        link = _Line(name, port, places[0], secure, self.connect)
        try:
            path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
            query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
            headers = {"User-Agent": _AGENT, "Accept": "*/*"}
            if method == "GET":
                headers["Range"] = "bytes=0-0"
            link.request(method, f"{path}?{query}" if query else path, headers=headers)
            return self._judge(host, link.getresponse())
        finally:
            link.close()

    def _judge(self, host: str, answer: http.client.HTTPResponse) -> Outcome | str:
        status, target = answer.status, answer.getheader("Location", "")
        if status in (429, 503) and (wait := answer.getheader("Retry-After")):
            self.pace.later(host, _seconds(wait, self.now()))
        if status in _REDIRECTS and target:
            return target
        if status in _UNKNOWN:
            return Outcome("unknown", status, answer.reason)
        good = status < 400 or status == 416  # an empty page has no first byte
        return Outcome("ok" if good else "failed", status, answer.reason)


def _seconds(written: str, now: datetime) -> float:
    if written.strip().isdigit():
        return float(min(int(written), 86_400))
    try:
        return max(0.0, (parsedate_to_datetime(written) - now).total_seconds())
    except (TypeError, ValueError):
        return 60.0


class _Line(http.client.HTTPConnection):
    """A connection to the address that was judged, under the name that was asked for."""

    def __init__(self, host: str, port: int, place: str, secure: bool, opened: Connect) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self.default_port = 443 if secure else 80
        self._place, self._secure, self._opened = place, secure, opened

    def connect(self) -> None:
        self.sock = self._opened(self._place, self.port, TIMEOUT)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
