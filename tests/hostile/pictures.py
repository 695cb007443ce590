"""Small pictures with something to hide in every place their formats have for it."""

from __future__ import annotations

import struct
import zlib

SECRET = b"MITSU-TANAKA-35.6812N"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\x10\x20\x30"))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(more)
        + chunk(b"gAMA", b"\0\0\xb1\x8f")
        + pixels
        + chunk(b"IEND", b"")
    )


def telling_png() -> bytes:
    return png(
        chunk(b"tEXt", b"Author\0" + SECRET), chunk(b"zTXt", b"Comment\0\0" + zlib.compress(SECRET)),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET), chunk(b"eXIf", exif(6)), chunk(b"tIME", b"\x07\xea\x0b\x16\0\0\0"),
    ) + SECRET  # fmt: skip


def exif(turned: int) -> bytes:
    fields = struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0) + struct.pack("<HHII", 0x013B, 2, len(SECRET), 38)
    return b"II*\0" + struct.pack("<IH", 8, 2) + fields + struct.pack("<I", 0) + SECRET


def segment(code: int, body: bytes) -> bytes:
    return bytes([0xFF, code]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*more: bytes) -> bytes:
    table = segment(0xDB, b"\0" + bytes(range(1, 65)))
    frame = segment(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0")
    huffman = segment(0xC4, b"\0" + b"\0\x01" + b"\0" * 14 + b"\0") + segment(
        0xC4, b"\x10" + b"\0\x01" + b"\0" * 14 + b"\0"
    )
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x3f\xff\0\x3f"
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + b"".join(more)
        + table
        + frame
        + huffman
        + scan
        + b"\xff\xd9"
    )


def telling_jpeg(turned: int = 1) -> bytes:
    return jpeg(
        segment(0xE1, b"Exif\0\0" + exif(turned)), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
        segment(0xED, b"Photoshop 3.0\0" + SECRET), segment(0xFE, SECRET), segment(0xEE, b"Adobe\0\x64\0\0\0\0\0"),
    ) + SECRET  # fmt: skip


def gif(*more: bytes) -> bytes:
    loops = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    image = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
    return b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff" + loops + b"".join(more) + image + b"\x3b"


def telling_gif() -> bytes:
    size = bytes([len(SECRET)])
    return gif(b"\x21\xfe" + size + SECRET + b"\0", b"\x21\xff\x0bXMP DataXMP" + size + SECRET + b"\0")


def riff(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def webp(*more: bytes, flags: int = 0x10) -> bytes:
    pixels = riff(b"VP8L", b"\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07")
    body = b"WEBP" + riff(b"VP8X", bytes([flags]) + b"\0" * 9) + pixels + b"".join(more)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def telling_webp() -> bytes:
    return webp(riff(b"EXIF", exif(1)), riff(b"XMP ", SECRET), flags=0x1C)
