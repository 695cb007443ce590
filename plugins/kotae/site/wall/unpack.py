"""The texts inside one file of a site, whatever kind of file it is. What cannot be read is said, never skipped."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

LIMIT = 256 * 1024 * 1024  # bytes that one packed file may become
_TEXT = {
    "html",
    "htm",
    "json",
    "js",
    "mjs",
    "xml",
    "txt",
    "svg",
    "md",
    "css",
    "map",
    "webmanifest",
    "csv",
    "yml",
    "yaml",
    "rss",
    "atom",
}
_RUNS = re.compile(
    rb"(?:[\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){6,}|(?:[\x20-\x7e]\x00){6,}|(?:\x00[\x20-\x7e]){6,}"
)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:\\.|[^()\\])*)\)|<((?:[0-9A-Fa-f]{2}\s*)+)>", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)


class UnreadableError(Exception):
    """The file cannot be read to its end; the message says why."""


def is_plain(name: str, data: bytes) -> bool:
    """Tell whether a file is text by its name and does not begin like a packed one."""
    return name.lower().rpartition(".")[2] in _TEXT and data[:2] not in (
        b"\x1f\x8b",
        b"PK",
        b"%P",
        b"\xff\xfe",
        b"\xfe\xff",
    )


def texts(name: str, data: bytes) -> Iterator[str]:
    """Yield every text in a file called ``name``. Raises UnreadableError."""
    try:
        yield from _texts(name.lower(), data)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnreadableError(str(error) or type(error).__name__) from error


def _texts(name: str, data: bytes) -> Iterator[str]:
    if data[:2] == b"\x1f\x8b":
        with gzip.open(io.BytesIO(data)) as packed:
            yield from _texts(name.removesuffix(".gz"), _bounded(packed.read(LIMIT + 1)))
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield entry.filename
                with archive.open(entry) as member:
                    yield from _texts(entry.filename.lower(), _bounded(member.read(LIMIT + 1)))
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        yield from _png(data)
    elif data[:3] == b"\xff\xd8\xff":
        yield from _jpeg(data)
    elif data[:5] == b"%PDF-":
        yield from _pdf(data)
    else:
        yield from _plain(name, data)


def _plain(name: str, data: bytes) -> Iterator[str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield data.decode("utf-16", "replace")
        return
    try:
        yield data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if name.rpartition(".")[2] in _TEXT:
            raise UnreadableError(f"not UTF-8 at byte {error.start}") from error
        yield _runs(data)


def _runs(data: bytes) -> str:
    return "\n".join(run.replace(b"\0", b"").decode("utf-8", "replace") for run in _RUNS.findall(data))


def _metadata(data: bytes) -> Iterator[str]:
    # Writers of metadata use any of these; a text in the wrong one is noise that matches nothing.
    yield data.decode("utf-8", "replace")
    for start in (0, 1):
        for code in ("utf-16-le", "utf-16-be"):
            yield data[start:].decode(code, "replace")
    yield data.decode("cp932", "replace")


def _png(data: bytes) -> Iterator[str]:
    at = 8
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if len(body) < size:
            raise UnreadableError("the PNG ends early")
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            for start in (m.end() for m in re.finditer(b"\0", body[:400])):
                yield from _inflated(body[start:])
        if kind not in (b"IDAT", b"PLTE", b"IHDR"):
            yield from _metadata(body)
        at += 12 + size
        if kind == b"IEND":
            yield _runs(data[at:])
            return
    raise UnreadableError("the PNG ends early")


def _jpeg(data: bytes) -> Iterator[str]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xE0 <= data[at + 1] <= 0xEF or data[at + 1] == 0xFE:
            yield from _metadata(data[at + 4 : at + 2 + size])
        at += 2 + size
    if at + 4 > len(data):
        raise UnreadableError("the JPEG ends early")
    yield _runs(data[at:])


def _pdf(data: bytes) -> Iterator[str]:
    if b"/Encrypt" in data:
        raise UnreadableError("the PDF is encrypted")
    for part in (data, *(s for m in _STREAM.finditer(data) for s in _inflated_bytes(m[1]))):
        yield _runs(part)
        for literal, digits in _LITERAL.findall(part):
            raw = bytes.fromhex(digits.decode()) if digits else _ESCAPED.sub(_pdf_escape, literal)
            yield raw.decode("utf-16-be" if raw[:2] == b"\xfe\xff" else "utf-8", "replace")


def _pdf_escape(match: re.Match[bytes]) -> bytes:
    if match[1].isdigit():
        return bytes([int(match[1], 8) & 255])
    return {b"n": b"\n", b"r": b"", b"t": b" ", b"\n": b""}.get(match[1], match[1])


def _inflated(data: bytes) -> Iterator[str]:
    for plain in _inflated_bytes(data):
        yield from _metadata(plain)


def _inflated_bytes(data: bytes) -> Iterator[bytes]:
    try:
        yield _bounded(zlib.decompressobj().decompress(data, LIMIT + 1))
    except zlib.error:
        return


def _bounded(data: bytes) -> bytes:
    if len(data) > LIMIT:
        raise UnreadableError(f"unpacked, it is larger than {LIMIT // 1024 // 1024} MB")
    return data
