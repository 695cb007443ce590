"""Pictures without what they say beside what they show: who made them, where, with what. No pixel is touched."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
# What decides how a picture looks stays; texts, times, cameras and places go.
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD", b"hIST", b"sPLT", b"cICP", b"acTL", b"fcTL", b"fdAT")
)  # fmt: skip
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_ORIENTATION = 0x0112


class BrokenPictureError(ValueError):
    """The bytes are not the picture their name promises, or end early."""


def bare(name: str, data: bytes) -> bytes:
    """Return the picture ``data`` without its metadata; a file that is no PNG, JPEG, GIF or WebP by ``name`` comes back as it is.

    Raises BrokenPictureError when the bytes are not such a picture.
    """
    strip = _STRIPPERS.get(name.lower().rpartition(".")[2])
    if strip is None:
        return data
    try:
        return strip(data)
    except (IndexError, struct.error) as error:
        raise BrokenPictureError("it ends early") from error


def _need(there: bool, what: str) -> None:
    if not there:
        raise BrokenPictureError(what)


def _png(data: bytes) -> bytes:
    _need(data.startswith(_PNG), "it is no PNG")
    kept, at = [_PNG], len(_PNG)
    while True:
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        _need(end <= len(data), "it ends early")
        if kind in _PNG_KEPT:
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end


def _jpeg(data: bytes) -> bytes:
    _need(data.startswith(b"\xff\xd8\xff"), "it is no JPEG")
    kept, at, turned = [b"\xff\xd8"], 2, 1
    while True:
        _need(data[at] == 0xFF, "it ends early")
        code = data[at + 1]
        if code == 0xFF:
            at += 1
            continue
        size = struct.unpack_from(">H", data, at + 2)[0]
        part = data[at : at + 2 + size]
        _need(size >= 2 and len(part) == 2 + size, "it ends early")
        if code == 0xE1 and part[4:10] == b"Exif\0\0":
            turned = _turned(part[10:]) or turned
        elif not (0xE0 <= code <= 0xEF or code == 0xFE) or _shows(code, part):
            kept.append(part)
        at += 2 + size
        if code == 0xDA:
            break
    end = data.rfind(b"\xff\xd9")
    _need(end >= at, "it ends early")
    if turned != 1:
        kept.insert(1, _orientation(turned))
    # Several scans follow each other in progressive pictures, so all is kept up to the end of the first picture.
    return b"".join(kept) + data[at : _jpeg_end(data, at)]


def _shows(code: int, part: bytes) -> bool:
    """Tell whether an application segment changes the look: JFIF's density, the colour profile, Adobe's transform."""
    return (
        (code == 0xE0 and part[4:9] == b"JFIF\0")
        or (code == 0xE2 and part[4:16] == b"ICC_PROFILE\0")
        or (code == 0xEE and part[4:9] == b"Adobe")
    )


def _jpeg_end(data: bytes, at: int) -> int:
    while True:
        at = data.index(b"\xff", at)
        code = data[at + 1]
        if code == 0xD9:
            return at + 2
        if code == 0 or code == 0xFF or 0xD0 <= code <= 0xD7:
            at += 1 if code == 0xFF else 2
        else:
            at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])


def _turned(exif: bytes) -> int:
    """Return the orientation an EXIF block gives, 0 where it gives none."""
    try:
        order = {b"II": "<", b"MM": ">"}[exif[:2]]
        at = struct.unpack_from(f"{order}I", exif, 4)[0]
        for number in range(struct.unpack_from(f"{order}H", exif, at)[0]):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * number)
            if tag == _ORIENTATION and 1 <= value <= 8:
                return int(value)
    except (KeyError, struct.error):
        pass
    return 0


def _orientation(turned: int) -> bytes:
    # Without it a photo taken upright would lie on its side.
    exif = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _webp(data: bytes) -> bytes:
    _need(data[:4] == b"RIFF" and data[8:12] == b"WEBP", "it is no WebP")
    kept, at = [], 12
    end = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at < end:
        kind, size = struct.unpack_from("<4sI", data, at)
        part = data[at : at + 8 + size + size % 2]
        _need(len(part) >= 8 + size, "it ends early")
        if kind == b"VP8X":
            part = part[:8] + bytes([part[8] & ~0x0C]) + part[9:]  # its flags for EXIF and XMP
        if kind in _WEBP_KEPT:
            kept.append(part)
        at += 8 + size + size % 2
    _need(bool(kept), "it ends early")
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> bytes:
    _need(data[:6] in (b"GIF87a", b"GIF89a"), "it is no GIF")
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    kept = [data[:at]]
    for start, end in _gif_blocks(data, at):
        block = data[start:end]
        told = block[:2] == b"\x21\xfe" or (block[:2] == b"\x21\xff" and block[3:14] not in _GIF_LOOPS)
        if not told:
            kept.append(block)
    return b"".join(kept)


def _gif_blocks(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    while True:
        start, kind = at, data[at]
        if kind == 0x3B:
            yield start, at + 1
            return
        _need(kind in (0x21, 0x2C), "it ends early")
        at += 2
        if kind == 0x2C:
            packed = data[at + 7]
            at += 9 + (3 << (packed & 7) + 1 if packed & 0x80 else 0)
        while data[at]:
            at += 1 + data[at]
        at += 1
        yield start, at


_STRIPPERS: dict[str, Callable[[bytes], bytes]] = {
    "png": _png, "jpg": _jpeg, "jpeg": _jpeg, "webp": _webp, "gif": _gif,
}  # fmt: skip
