"""The file name of a page: from its old address, else from the words of the question; the same words, the same name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote, urlsplit

# Words of the support desk that titles are full of; the rest is written as it sounds, or left out.
_WORDS = {
    "領収書": "receipt", "請求書": "invoice", "見積書": "estimate", "納品書": "delivery-note", "返金": "refund",
    "解約": "cancel", "退会": "leave", "契約": "contract", "料金": "price", "支払い": "payment", "支払": "payment",
    "決済": "payment", "入金": "deposit", "振込": "bank-transfer", "銀行": "bank", "口座": "account-number",
    "変更": "change", "追加": "add", "削除": "delete", "登録": "register", "設定": "settings", "確認": "confirm",
    "送信": "send", "送付": "send", "再発行": "reissue", "発行": "issue", "取り消し": "undo", "取消": "undo",
    "注文": "order", "配送": "delivery", "送料": "shipping", "商品": "product", "在庫": "stock", "返品": "return",
    "交換": "exchange", "予約": "booking", "会員": "member", "住所": "address", "電話": "phone", "番号": "number",
    "営業": "business", "時間": "hours", "受付": "reception", "問い合わせ": "contact", "連絡": "contact", "担当": "staff",
    "管理者": "admin", "権限": "permission", "招待": "invite", "退職": "left-company", "税": "tax", "消費税": "tax",
    "印刷": "print", "郵送": "postal", "機能": "feature", "連携": "connect", "障害": "outage", "不具合": "trouble",
    "画面": "screen", "表示": "show", "検索": "search", "通知": "notice", "期限": "due", "期間": "period", "無料": "free",
    "方法": "how", "使い方": "how-to", "忘れ": "forgot", "届かない": "not-arriving", "届きません": "not-arriving",
    "できない": "cannot", "できません": "cannot",
    "パスワード": "password", "ログイン": "login", "メール": "mail", "アドレス": "address", "カード": "card",
    "クレジット": "credit", "プラン": "plan", "ユーザー": "user", "アカウント": "account", "データ": "data",
    "キャンセル": "cancel", "サポート": "support", "エラー": "error", "アプリ": "app", "ファイル": "file",
    "ポイント": "points", "クーポン": "coupon", "サイズ": "size", "ダウンロード": "download", "インボイス": "qualified-invoice",
}  # fmt: skip
_KANA = dict(
    pair.split(":")
    for pair in [
        "きゃ:kya",
        "きゅ:kyu",
        "きょ:kyo",
        "しゃ:sha",
        "しゅ:shu",
        "しょ:sho",
        "ちゃ:cha",
        "ちゅ:chu",
        "ちょ:cho",
        "にゃ:nya",
        "にゅ:nyu",
        "にょ:nyo",
        "ひゃ:hya",
        "ひゅ:hyu",
        "ひょ:hyo",
        "みゃ:mya",
        "みゅ:myu",
        "みょ:myo",
        "りゃ:rya",
        "りゅ:ryu",
        "りょ:ryo",
        "ぎゃ:gya",
        "ぎゅ:gyu",
        "ぎょ:gyo",
        "じゃ:ja",
        "じゅ:ju",
        "じょ:jo",
        "びゃ:bya",
        "びゅ:byu",
        "びょ:byo",
        "ぴゃ:pya",
        "ぴゅ:pyu",
        "ぴょ:pyo",
        "てぃ:ti",
        "でぃ:di",
        "ふぁ:fa",
        "ふぃ:fi",
        "ふぇ:fe",
        "ふぉ:fo",
        "うぃ:wi",
        "うぇ:we",
        "じぇ:je",
        "ちぇ:che",
        "しぇ:she",
        "あ:a",
        "い:i",
        "う:u",
        "え:e",
        "お:o",
        "か:ka",
        "き:ki",
        "く:ku",
        "け:ke",
        "こ:ko",
        "さ:sa",
        "し:shi",
        "す:su",
        "せ:se",
        "そ:so",
        "た:ta",
        "ち:chi",
        "つ:tsu",
        "て:te",
        "と:to",
        "な:na",
        "に:ni",
        "ぬ:nu",
        "ね:ne",
        "の:no",
        "は:ha",
        "ひ:hi",
        "ふ:fu",
        "へ:he",
        "ほ:ho",
        "ま:ma",
        "み:mi",
        "む:mu",
        "め:me",
        "も:mo",
        "や:ya",
        "ゆ:yu",
        "よ:yo",
        "ら:ra",
        "り:ri",
        "る:ru",
        "れ:re",
        "ろ:ro",
        "わ:wa",
        "を:o",
        "ん:n",
        "が:ga",
        "ぎ:gi",
        "ぐ:gu",
        "げ:ge",
        "ご:go",
        "ざ:za",
        "じ:ji",
        "ず:zu",
        "ぜ:ze",
        "ぞ:zo",
        "だ:da",
        "ぢ:ji",
        "づ:zu",
        "で:de",
        "ど:do",
        "ば:ba",
        "び:bi",
        "ぶ:bu",
        "べ:be",
        "ぼ:bo",
        "ぱ:pa",
        "ぴ:pi",
        "ぷ:pu",
        "ぺ:pe",
        "ぽ:po",
        "ゔ:vu",
    ]
)
_PIECES = re.compile(
    "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r"|[A-Za-z0-9]+|[ァ-ヴー]{2,}"
)
_SOUND = re.compile("|".join(sorted(_KANA, key=len, reverse=True)))
_LONGEST, _MOST = 48, 5
_GENERIC = frozenset(
    {"index", "article", "articles", "faq", "help", "show", "view", "detail", "page", "entry"}
)


def of(title: str, old: str = "") -> str:
    """Return a stem for a page called ``title`` that stood at ``old``."""
    return of_address(old) or _from_words(title) or f"q-{mark(title)}"


def mark(text: str) -> str:
    """Return a short mark of a text, the same for ever."""
    return hashlib.sha256(unicodedata.normalize("NFKC", text).encode()).hexdigest()[:6]


def unused(stem: str, taken: set[str] | frozenset[str]) -> str:
    """Return ``stem``, with a number when it is taken."""
    made, number = stem, 1
    while made in taken:
        number += 1
        made = f"{stem}-{number}"
    return made


def slug(text: str) -> str:
    """Return ASCII text as a stem; empty when nothing is left."""
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    joined = "-".join(re.findall(r"[a-z0-9]+", flat))
    return (
        joined[:_LONGEST].strip("-")
        if len(joined) <= _LONGEST
        else joined[:_LONGEST].rpartition("-")[0] or joined[:_LONGEST]
    )


def of_address(old: str) -> str:
    """Return the stem an old address names; empty when it is a number or nothing."""
    try:
        parts = unquote(urlsplit(old.strip()).path).rstrip("/").split("/")
    except ValueError:
        return ""
    last = re.sub(r"\.(html?|php|aspx?|md)$", "", parts[-1], flags=re.IGNORECASE)
    # Zendesk and others: 360001234-how-to-cancel.
    last = re.sub(r"^\d{4,}[-_]", "", last)
    made = slug(last) if last.isascii() else ""
    return made if re.search("[a-z]{2}", made) and made not in _GENERIC else ""


def _from_words(title: str) -> str:
    words: list[str] = []
    for piece in _PIECES.findall(unicodedata.normalize("NFKC", title)):
        word = _WORDS.get(piece) or (piece.lower() if piece.isascii() else _sounds(piece))
        if word and word not in words:
            words.append(word)
    if title.isascii():
        words = [
            w for w in words if w not in ("the", "a", "an", "is", "do", "i", "my", "to", "of", "s")
        ] or words
    made = slug("-".join(words[:_MOST]))
    return made if re.search("[a-z]{2}", made) else ""


def _sounds(katakana: str) -> str:
    plain = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in katakana).replace("ー", "")
    plain = re.sub("っ(.)", r"\1", plain)
    return "".join(_KANA.get(p, "") for p in _SOUND.findall(plain))
