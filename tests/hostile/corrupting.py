"""Damage valid pages in every way a slip, a bad merge or a broken disk can: bytes flipped, lost, swapped, put in."""

from __future__ import annotations

import random
from collections.abc import Iterator

BODY = "# 返金はできますか？\n\nはい。30日以内なら、全額を返金いたします。\n"
MEMO = "\n## 社内メモ\n\n- 高額の返金は承認が要る。\n"
_FIELDS = [
    "担当チーム: 請求サポート", "確認日: 2026-11-01", "見直し間隔: 90d", "状態: 公開", "有効期限: 2027-03-31",
    "聞かれ方:\n  - お金を返して\n  - 返金して", "対象: [スタンダード]", "関連: [cancel]",
]  # fmt: skip
AUDIENCES = {"public": ("お客様に公開", "public"), "internal": ("社内だけ", "internal")}
_KEYS = ("公開範囲", "audience")
_SIGNS = [
    b":", b"\xef\xbc\x9a", b"\n", b"\r", b"\r\n", b"\t", b" ", b"\xe3\x80\x80", b"#", b"-", b"---\n", b"...\n", b"'", b'"', b"&a ",
    b"*a", b"!!str ", b"|", b">", b"{", b"}", b"[", b"]", b",", b"%", b"@", b"`", b"<<: *a\n", b"\xef\xbb\xbf", b"\x00", b"\xe2\x80\x8b",
    b"\xe2\x80\xae", b"\xff", "お客様に公開".encode(), b"public", "社内だけ".encode(), b"internal", "公開範囲: お客様に公開\n".encode(),
    "公開範囲: 社内だけ\n".encode(), b"audience: public\n", b"audience: internal\n", "状態: 下書き\n".encode(), b"<!--", b"-->",
]  # fmt: skip


def page(chance: random.Random, audience: str) -> bytes:
    """Return a valid page for ``audience``, its fields in any order."""
    fields = chance.sample(_FIELDS, chance.randint(0, 5))
    fields.insert(
        chance.randint(0, len(fields)), f"{chance.choice(_KEYS)}: {chance.choice(AUDIENCES[audience])}"
    )
    return ("---\n" + "\n".join(fields) + "\n---\n" + BODY + (MEMO if chance.random() < 0.5 else "")).encode()


def corrupted(chance: random.Random, data: bytes) -> bytes:
    """Return ``data`` damaged one to three times, mostly inside its fields."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        end = made.find(b"\n---\n", 4) + 5 if chance.random() < 0.9 else len(made)
        at = chance.randrange(max(1, min(end, len(made))))
        chance.choice(_WAYS)(chance, made, at)
    return bytes(made)


def _flip(chance: random.Random, data: bytearray, at: int) -> None:
    if data:
        data[at] ^= 1 << chance.randrange(8)


def _delete(chance: random.Random, data: bytearray, at: int) -> None:
    del data[at : at + chance.choice((1, 1, 2, 3, 9))]


def _insert(chance: random.Random, data: bytearray, at: int) -> None:
    data[at:at] = chance.choice(_SIGNS)


def _replace(chance: random.Random, data: bytearray, at: int) -> None:
    sign = chance.choice(_SIGNS)
    data[at : at + len(sign)] = sign


def _swap(chance: random.Random, data: bytearray, at: int) -> None:
    if at + 1 < len(data):
        data[at], data[at + 1] = data[at + 1], data[at]


def _lines(chance: random.Random, data: bytearray, at: int) -> None:
    lines = bytes(data).split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    way = chance.randrange(3)
    if way == 0:
        lines[one], lines[other] = lines[other], lines[one]
    elif way == 1:
        lines.insert(other, lines[one])
    else:
        del lines[one]
    data[:] = b"\n".join(lines)


_WAYS = (_flip, _flip, _delete, _delete, _insert, _insert, _replace, _swap, _lines)


def corruptions(count: int, seed: int = 20261122) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield (audience, valid page, damaged page), the same for the same seed."""
    chance = random.Random(seed)
    made = 0
    while made < count:
        audience = chance.choice(("public", "internal"))
        whole = page(chance, audience)
        broken = corrupted(chance, whole)
        if broken != whole:
            made += 1
            yield audience, whole, broken
