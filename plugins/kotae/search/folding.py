"""One folding for the index and the query: texts that differ only in spelling become one.

`theme/assets/kotae/search/fold.js` is the same code in the browser's language; both are
held together by tests/search/vectors.json. What is not in the vectors is not promised.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# One class of characters per script; everything outside them separates words.
KANJI = "々\u3400-\u4dbf\u4e00-\u9fff"
HIRAGANA = "\u3041-\u3096"
KATAKANA = "\u30a1-\u30fa"
LATIN = "0-9a-z\u00df-\u02af\u0370-\u03ff\u0400-\u052f\uac00-\ud7af"

_DROPPED = "ー-\u2010\u2011\u2012\u2013\u2014\u2015\u2212・\u00b7\u2022\u2219'\u2019`\u309d\u309e\u30fd\u30fe\u3099\u309a"
_SMALL = (
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ",
    "あいうえおつやゆよわかかアイウエオツヤユヨワカカ",
)
_SAME_SOUND = ("ぢづゐゑヂヅヰヱ", "じずいえジズイエ")
_OLD_KANJI = (
    "舊變發證號廣國會圓學澤齋齊斎邊邉辺髙﨑德惠榮藏眞實應對當從總續轉條濟經營讀賣價澁龍瀧櫻驛與爲豫寫廳區戶〆",
    "旧変発証号広国会円学沢斉斉斉辺辺辺高崎徳恵栄蔵真実応対当従総続転条済経営読売価渋竜滝桜駅与為予写庁区戸締",
)
_DIGITS = ("一二三四五六七八九", "123456789")

_CHARS = str.maketrans("", "", _DROPPED) | {
    ord(a): b for pair in (_SMALL, _SAME_SOUND, _OLD_KANJI) for a, b in zip(*pair, strict=True)
}
_HIRAGANA = {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}
_VU = {"ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴ": "ブ", "ゔ": "ぶ"}

_HYPHEN = re.compile(r"([a-z]{2}|[0-9])[-\u2010\u2011](?=[a-z])")
_THOUSANDS = re.compile(r"([0-9]),(?=[0-9])")
_VU_SOUND = re.compile("ヴ[ァィェォ]?|ゔ")
_OTHER = re.compile(f"[^{KANJI}{HIRAGANA}{KATAKANA}{LATIN}]+")
_COUNTED = re.compile("[一二三四五六七八九](?=[段回重個件通度つ])")
# The kana inside 取り消し, 問い合わせ先, 引き落とし日. Never て に で を が は の と も: those are words.
_OKURIGANA = re.compile(
    f"([{KANJI}])(?:わせ|らせ|とし|もり|まり|がり|[いきしちみりえけげせめれびぎ]{{1,2}})(?=[{KANJI}])"
)


def shape(text: str) -> str:
    """The folded text with katakana still told from hiragana: words and particles differ there."""
    # A wording is folded for its terms, its sounds and its pieces; a body once.
    return _short(text) if len(text) < _WORDING else _shape(text)


_WORDING = 120


def _shape(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    text = _THOUSANDS.sub(r"\1", _HYPHEN.sub(r"\1 ", text))
    text = _VU_SOUND.sub(lambda match: _VU[match.group()], text).translate(_CHARS)
    text = _COUNTED.sub(lambda match: _DIGITS[1][_DIGITS[0].index(match.group())], text)
    return _OKURIGANA.sub(r"\1", _OTHER.sub(" ", text)).strip()


_short = lru_cache(maxsize=4096)(_shape)


def fold(text: str) -> str:
    """The folded text: equal for texts that a reader would call the same."""
    return shape(text).translate(_HIRAGANA)


def hiragana(shaped: str) -> str:
    """A shaped text, or a piece of one, in its final spelling; no letter moves."""
    return shaped.translate(_HIRAGANA)


# Lazy, so that the longest ending goes and three letters stay.
_ENDINGS = re.compile("([a-z]{3,}?)(?:ations?|ings?|ies|ied|ed|es|s|y|e)")


def stem(word: str) -> str:
    """A light English stem: cancelled, canceling and cancellation meet, nothing clever."""
    if len(word) < 4 or not re.fullmatch("[a-z]+", word):
        return word
    match = None if word.endswith("ss") else _ENDINGS.fullmatch(word)
    short = match.group(1) if match else word
    return short[:-1] if len(short) > 3 and short[-1] == short[-2] else short
