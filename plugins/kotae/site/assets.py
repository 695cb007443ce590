"""The pictures and attachments of a site: only what its pages use, only from where its readers may see, nothing but what they show."""

from __future__ import annotations

import errno
from pathlib import Path

from kotae.audience import PUBLIC, cut, public_place
from kotae.content.pictures import BrokenPictureError, bare
from kotae.links.addresses import leads
from kotae.site.edition import Edition


def used_files(edition: Edition, audience: str) -> set[str]:
    """Return the images and attachments that pages of this audience use, and no others.

    For customers also the place counts: beside the questions or below docs/help/, never among playbooks, in the
    handbook or in the second repository.
    """
    library, used = edition.library, set[str]()
    for d in library:
        if d.path in edition.seen[audience]:
            common, tail = leads(library, d)
            used |= {
                led.path
                for led in (*common, *(tail if cut(d, audience).tail else ()))
                if led.path in library.files and (audience != PUBLIC or public_place(library, led.path))
            }
    return used


def asset(path: Path, audience: str) -> bytes:
    """Return the bytes to publish: for customers pictures without their metadata. Raises OSError."""
    data = path.read_bytes()
    if audience != PUBLIC:
        return data
    try:
        return bare(path.name, data)
    except BrokenPictureError as error:
        # The check names it first; here it has changed since.
        raise OSError(errno.EIO, str(error), str(path)) from error
