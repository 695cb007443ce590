"""Who made a picture or an attachment, and where: what such a file says of people beside what it shows."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from kotae.findings import Said

_LARGEST = 50 * 1024 * 1024
_AUTHOR, _PLACE, _NOTE = (
    Said("作成者", "an author"),
    Said("撮影した場所", "a place"),
    Said("覚え書き", "a note"),
)
_PNG = {
    b"author": _AUTHOR,
    b"artist": _AUTHOR,
    b"copyright": _AUTHOR,
    b"comment": _NOTE,
    b"description": _NOTE,
}
_EXIF = {0x013B: _AUTHOR, 0x8298: _AUTHOR, 0x010E: _NOTE, 0x9C9D: _AUTHOR, 0x9C9C: _NOTE, 0x8825: _PLACE}
_XMP = re.compile(
    rb"<(dc:creator|photoshop:AuthorsPosition|exif:GPSLatitude|xmpMM:ManagedBy)\b[^>]*>(.*?)</\1>|exif:GPSLatitude=",
    re.DOTALL,
)
_PDF = re.compile(rb"/Author\s*(\((?:\\.|[^()\\])+\)|<[0-9A-Fa-f\s]{4,}>)")
_OFFICE = re.compile(rb"<(dc:creator|cp:lastModifiedBy)>([^<]+)</\1>")


def traces(path: Path) -> tuple[Said, ...]:
    """Return what the file tells of people, each kind once; a file that cannot be read tells nothing here."""
    try:
        if path.stat().st_size > _LARGEST:
            return ()
        data = path.read_bytes()
        return tuple(dict.fromkeys(_found(data)))
    except (
        EOFError,
        OSError,
        struct.error,
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ):
        return ()


def _found(data: bytes) -> Iterator[Said]:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from _png(data)
    elif data.startswith(b"\xff\xd8\xff"):
        yield from _jpeg(data)
    elif data.startswith(b"%PDF-"):
        if _PDF.search(data):
            yield _AUTHOR
        yield from _xmp(data)
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as office:
            if "docProps/core.xml" in office.namelist():
                with office.open("docProps/core.xml") as core:
                    if _OFFICE.search(core.read(1_000_000)):
                        yield _AUTHOR


def _png(data: bytes) -> Iterator[Said]:
    at = 8
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            key = body.split(b"\0", 1)[0]
            if key.lower() in _PNG:
                yield _PNG[key.lower()]
            elif key == b"XML:com.adobe.xmp":
                yield from _xmp(body)
        elif kind == b"eXIf":
            yield from _exif(body)
        at += 12 + size


def _jpeg(data: bytes) -> Iterator[Said]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + size]
        if data[at + 1] == 0xFE and body.strip():
            yield _NOTE
        elif body.startswith(b"Exif\0\0"):
            yield from _exif(body[6:])
        elif body.startswith(b"http://ns.adobe.com/xap"):
            yield from _xmp(body)
        at += 2 + max(size, 2)


def _exif(tiff: bytes) -> Iterator[Said]:
    """Look at the first directory only: author, note and whether there is one of places."""
    order = "<" if tiff[:2] == b"II" else ">"
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for entry in range(min(count, 200)):
        tag, _, length, value = struct.unpack_from(f"{order}HHII", tiff, start + 2 + 12 * entry)
        if tag in _EXIF and (tag == 0x8825 or _written(tiff, length, value, start + 2 + 12 * entry + 8)):
            yield _EXIF[tag]


def _written(tiff: bytes, length: int, value: int, here: int) -> bool:
    text = tiff[here : here + 4] if length <= 4 else tiff[value : value + length]
    return bool(text.strip(b"\0 "))


def _xmp(data: bytes) -> Iterator[Said]:
    for match in _XMP.finditer(data):
        yield _PLACE if b"GPS" in match[0] else _AUTHOR
