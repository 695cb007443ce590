"""What leaves the house beside the two sites: header files for the web server and, when asked for, offline copies."""

from __future__ import annotations

from pathlib import Path

from kotae.audience import INTERNAL, PUBLIC
from kotae.desk.lists import Desk, load_desk
from kotae.output.lock import locked
from kotae.output.swap import staged
from kotae.site.build import FOLDERS, Order
from kotae.site.headers import write_header_files
from kotae.site.offline import copy_site


def deliver(order: Order, offline: bool = False) -> dict[str, int]:
    """Write ``headers/`` and, with ``offline``, ``offline/<site>/`` beside the sites just built.

    Returns the number of pages of each offline copy. Raises NotOursError, BusyError or OSError.
    """
    desk = load_desk(order.root)
    copies: dict[str, int] = {}
    with locked(order.out / "kotae"):
        with staged(order.out / "headers") as folder:
            write_header_files(desk, folder)
        for audience in order.audiences if offline else ():
            with staged(order.out / "offline" / FOLDERS[audience]) as folder:
                site = order.out / FOLDERS[audience]
                copies[audience] = copy_site(site, folder, order.today, _published_at(desk, audience))
    return copies


def offline_folder(out: Path, audience: str) -> Path:
    """Return where the offline copy of a site stands."""
    return out / "offline" / FOLDERS[audience]


def _published_at(desk: Desk, audience: str) -> str:
    address = {PUBLIC: desk.settings.url, INTERNAL: desk.settings.handbook_url}[audience]
    return address if address.startswith(("https://", "http://")) else ""
