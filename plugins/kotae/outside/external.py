"""Links to other sites: which there are, which are due, and which may be called broken.

A site that sleeps for an hour is not gone: broken is what failed three times or more, on two days or more, with
no success between. What was good is asked again after two weeks; what failed, in the next run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from kotae.audience import PUBLIC, visible
from kotae.content.library import Library
from kotae.outside.asking import Outcome

GOOD_FOR = timedelta(days=14)
FAILURES, DAYS = 3, 2
_KEPT = 10  # failures remembered of one address


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier runs learned of an address."""

    state: str = ""  # ok, failing, broken, unknown, private
    checked: str = ""  # the day, ISO
    status: int = 0
    reason: str = ""
    failures: tuple[str, ...] = ()  # days, since the last success

    def after(self, outcome: Outcome, today: date) -> Known:
        """Return what is known once ``outcome`` was seen on ``today``."""
        day = today.isoformat()
        seen = replace(self, checked=day, status=outcome.status, reason=outcome.reason)
        if outcome.state == "ok":
            return replace(seen, state="ok", failures=())
        if outcome.state in ("unknown", "private"):
            # Neither a success nor a failure: what was counted so far stays counted.
            return replace(seen, state=outcome.state)
        failures = (*self.failures, day)[-_KEPT:]
        gone = len(failures) >= FAILURES and len(set(failures)) >= DAYS
        return replace(seen, state="broken" if gone else "failing", failures=failures)

    def due(self, today: date) -> bool:
        """Tell whether the address is to be asked on ``today``."""
        if self.state != "ok":
            return True
        try:
            return not timedelta(0) <= today - date.fromisoformat(self.checked) < GOOD_FOR
        except ValueError:
            return True


@dataclass(frozen=True)
class Places:
    """The external addresses of a library and the pages (path, line) that lead to them."""

    found: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


def external_links(library: Library, today: date, everything: bool = False) -> Places:
    """Return the links to other sites in what customers read; ``everything`` adds internal text.

    An address that only internal text knows tells something by being asked: keep ``everything`` for a machine
    inside the company. Hosts the settings call internal are never among them.
    """
    hidden = {host.lower() for host in library.desk.settings.internal_hosts}
    found: dict[str, list[tuple[str, int]]] = {}
    for d in library:
        public = visible(library, d, PUBLIC, today)
        if not (public or everything):
            continue
        links = (*d.outline.links, *(d.tail_outline.links if everything else ()))
        for link in links:
            address = urldefrag(link.target.strip()).url
            if _external(address, hidden):
                found.setdefault(address, []).append((d.path, link.line))
    return Places({address: tuple(dict.fromkeys(found[address])) for address in sorted(found)})


def _external(address: str, hidden: set[str]) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and (parts.hostname or "").lower() not in {"", *hidden}
    except ValueError:
        return False


def check_external(
    addresses: Iterable[str],
    known: Mapping[str, Known],
    ask: Callable[[str], Outcome],
    today: date,
    hosts_at_once: int = 4,
) -> dict[str, Known]:
    """Ask what is due, each host in one thread, and return what is known of every address now.

    When several hosts are asked and none answers at all, it is this machine that has no network: nothing is learned.
    """
    addresses = sorted(set(addresses))
    by_host: dict[str, list[str]] = {}
    for address in addresses:
        if known.get(address, Known()).due(today):
            by_host.setdefault(urlsplit(address).hostname or "", []).append(address)

    def host(queue: list[str]) -> list[tuple[str, Outcome]]:
        return [(address, ask(address)) for address in queue]

    learned = {address: known.get(address, Known()) for address in addresses}
    with ThreadPoolExecutor(max_workers=hosts_at_once) as pool:
        answers = [answer for queue in pool.map(host, by_host.values()) for answer in queue]
    if len(by_host) > 1 and not any(outcome.status for _, outcome in answers):
        return learned
    for address, outcome in answers:
        learned[address] = learned[address].after(outcome, today)
    return learned


def read_known(path: Path) -> dict[str, Known]:
    """Return what earlier runs wrote; nothing when there is no such file or it cannot be read."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {address: Known(**row | {"failures": tuple(row["failures"])}) for address, row in rows.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def write_known(path: Path, known: Mapping[str, Known]) -> None:
    """Write what is known, for the next run. Raises OSError where the disk cannot be written."""
    rows = {
        address: {
            "state": k.state,
            "checked": k.checked,
            "status": k.status,
            "reason": k.reason,
            "failures": list(k.failures),
        }
        for address, k in sorted(known.items())
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)
