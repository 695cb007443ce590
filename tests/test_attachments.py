"""What a picture or an attachment tells of people: every kind of file, and bytes that are none of them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kotae.content.attachments import traces


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + b"".join(chunks) + chunk(b"IEND", b"")


def exif(tag: int, text: bytes, order: str = "<") -> bytes:
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    return head + struct.pack(f"{order}HHHII", 1, tag, 2, len(text), 26) + bytes(4) + text


def jpeg(*parts: tuple[int, bytes]) -> bytes:
    body = b"".join(b"\xff" + bytes([kind]) + struct.pack(">H", len(data) + 2) + data for kind, data in parts)
    return b"\xff\xd8" + body + b"\xff\xda\0\x02\xff\xd9"


def office(creator: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(
            "docProps/core.xml", f"<cp:coreProperties><dc:creator>{creator}</dc:creator></cp:coreProperties>"
        )
    return out.getvalue()


TELLING = {
    "author in a PNG": (png(chunk(b"tEXt", b"Author\0Hanako Sato")), "作成者"),
    "packed note in a PNG": (png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x"))), "覚え書き"),
    "EXIF in a PNG": (png(chunk(b"eXIf", exif(0x013B, b"Hanako Sato\0"))), "作成者"),
    "artist in a JPEG": (jpeg((0xE1, b"Exif\0\0" + exif(0x013B, b"Hanako Sato\0"))), "作成者"),
    "big-endian EXIF": (jpeg((0xE1, b"Exif\0\0" + exif(0x8298, b"Tsumugi Inc.\0", ">"))), "作成者"),
    "a place": (jpeg((0xE1, b"Exif\0\0" + exif(0x8825, b"Tsumugi\0"))), "撮影した場所"),
    "a comment": (jpeg((0xFE, b"taken at the office")), "覚え書き"),
    "XMP": (jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0<dc:creator>Sato</dc:creator>")), "作成者"),
    "a sheet": (office("Hanako Sato"), "作成者"),
    "a PDF": (b"%PDF-1.4\n<< /Author (Sato) >>", "作成者"),
}  # fmt: skip
SILENT = {
    "a bare PNG": png(chunk(b"tEXt", b"Software\0Some editor")),
    "a bare JPEG": jpeg((0xE0, b"JFIF\0")),
    "an empty artist": jpeg((0xE1, b"Exif\0\0" + exif(0x013B, b"\0\0\0\0\0"))),
    "a sheet of nobody": office(""),
    "a text": b"Author: Sato",
    "a torn JPEG": b"\xff\xd8\xff\xe1\xff\xffExif\0\0II",
    "a torn sheet": office("Sato")[:40],
}


@pytest.mark.parametrize("kind", TELLING)
def test_what_a_file_tells_is_named(kind: str, tmp_path: Path) -> None:
    data, what = TELLING[kind]
    (tmp_path / "a").write_bytes(data)
    assert [said.ja for said in traces(tmp_path / "a")] == [what]


@pytest.mark.parametrize("kind", SILENT)
def test_a_file_that_tells_nothing_is_left_alone(kind: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(SILENT[kind])
    assert traces(tmp_path / "a") == ()


@given(
    data=st.sampled_from([d for d, _ in TELLING.values()]),
    at=st.integers(0, 300),
    noise=st.binary(max_size=40),
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_stop_the_look(data: bytes, at: int, noise: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(data[:at] + noise + data[at + len(noise) :])
    traces(tmp_path / "a")
