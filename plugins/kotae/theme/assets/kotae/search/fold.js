// One folding for the index and the query; search/folding.py and search/terms.py say why.
// Held to the Python by tests/search/vectors.json. No Intl, no look-behind: old phones search too.
(function (scope) {
  "use strict";
  var KANJI = "々\u3400-\u4dbf\u4e00-\u9fff";
  var HIRAGANA = "\u3041-\u3096";
  var KATAKANA = "\u30a1-\u30fa";
  var LATIN = "0-9a-z\u00df-\u02af\u0370-\u03ff\u0400-\u052f\uac00-\ud7af";

  var DROPPED = "ー-\u2010\u2011\u2012\u2013\u2014\u2015\u2212・\u00b7\u2022\u2219'\u2019`\u309d\u309e\u30fd\u30fe\u3099\u309a";
  var PAIRS = [
    ["ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ", "あいうえおつやゆよわかかアイウエオツヤユヨワカカ"],
    ["ぢづゐゑヂヅヰヱ", "じずいえジズイエ"],
    ["舊變發證號廣國會圓學澤齋齊斎邊邉辺髙﨑德惠榮藏眞實應對當從總續轉條濟經營讀賣價澁龍瀧櫻驛與爲豫寫廳區戶〆",
      "旧変発証号広国会円学沢斉斉斉辺辺辺高崎徳恵栄蔵真実応対当従総続転条済経営読売価渋竜滝桜駅与為予写庁区戸締"]
  ];
  var CHARS = Object.create(null);
  DROPPED.split("").forEach(function (char) { CHARS[char] = ""; });
  PAIRS.forEach(function (pair) {
    for (var i = 0; i < pair[0].length; i += 1) CHARS[pair[0][i]] = pair[1][i];
  });
  var VU = { "ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴ": "ブ", "ゔ": "ぶ" };
  var DIGITS = "一二三四五六七八九";

  var HYPHEN = /([a-z]{2}|[0-9])[-\u2010\u2011](?=[a-z])/g;
  var THOUSANDS = /([0-9]),(?=[0-9])/g;
  var VU_SOUND = /ヴ[ァィェォ]?|ゔ/g;
  var OTHER = new RegExp("[^" + KANJI + HIRAGANA + KATAKANA + LATIN + "]+", "g");
  var COUNTED = /[一二三四五六七八九](?=[段回重個件通度つ])/g;
  var OKURIGANA = new RegExp(
    "([" + KANJI + "])(?:わせ|らせ|とし|もり|まり|がり|[いきしちみりえけげせめれびぎ]{1,2})(?=[" + KANJI + "])", "g");
  var ENDINGS = /^([a-z]{3,}?)(?:ations?|ings?|ies|ied|ed|es|s|y|e)$/;
  var KANA = /[\u30a1-\u30f6]/g;

  var KNOWN = new RegExp("[" + Object.keys(CHARS).join("").replace(/[-\\\]^]/g, "\\$&") + "]", "g");

  function each(text) {
    return text.replace(KNOWN, function (char) { return CHARS[char]; });
  }

  function shape(text) {
    text = String(text).normalize("NFKC").toLowerCase();
    text = text.replace(HYPHEN, "$1 ").replace(THOUSANDS, "$1");
    text = each(text.replace(VU_SOUND, function (sound) { return VU[sound]; }));
    text = text.replace(COUNTED, function (digit) { return String(DIGITS.indexOf(digit) + 1); });
    return text.replace(OTHER, " ").replace(OKURIGANA, "$1").trim();
  }

  function hiragana(shaped) {
    return shaped.replace(KANA, function (char) { return String.fromCharCode(char.charCodeAt(0) - 0x60); });
  }

  function stem(word) {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    var match = /ss$/.test(word) ? null : ENDINGS.exec(word);
    var short = match ? match[1] : word;
    var last = short.length - 1;
    return last >= 3 && short[last] === short[last - 1] ? short.slice(0, last) : short;
  }

  function pieces(word) {
    if (word.length < 2) return [];
    var found = ["^" + word.slice(0, 2)];
    for (var i = 0; i + 3 <= word.length; i += 1) found.push("~" + word.slice(i, i + 3));
    return found;
  }

  var RUN = new RegExp("[" + LATIN + "]+|[" + KANJI + HIRAGANA + KATAKANA + "]+", "g");
  var IS_LATIN = new RegExp("^[" + LATIN + "]");
  var IS_KANJI = new RegExp("^[" + KANJI + "]");

  var NOT = new RegExp("([" + KANJI + "])[" + HIRAGANA + "]{0,4}?(?:な[いくかけ]|ませ)", "g");

  // Where a kanji's word is denied: [place in the text], so that 入れない is not 入れたい.
  function denied(text) {
    var found = [], match;
    NOT.lastIndex = 0;
    while ((match = NOT.exec(text))) found.push(match.index);
    return found;
  }

  // A word of kana read aloud, as the index holds the readings of its wordings.
  function sounds(kana) {
    var found = [], size = kana.length > 2 ? 3 : 2;
    for (var i = 0; i + size <= kana.length; i += 1) found.push("+" + kana.slice(i, i + size));
    return found;
  }

  function isStem(word, i) {
    return IS_KANJI.test(word[i]) && !IS_KANJI.test(word[i - 1] || "") && !IS_KANJI.test(word[i + 1] || "");
  }

  // The terms of a wording in the order in which the index builder finds them.
  function terms(text) {
    var shaped = shape(text), found = [];
    (shaped.match(RUN) || []).reduce(function (from, word) {
      var at = shaped.indexOf(word, from), end = at + word.length;
      if (IS_LATIN.test(word)) {
        found.push(stem(word));
        var number = /[0-9]+$/.exec(word);
        if (number && end < shaped.length && shaped[end] !== " ") found.push(number[0] + hiragana(shaped[end]));
      } else {
        var folded = hiragana(word), i;
        for (i = 0; i + 2 <= folded.length; i += 1) found.push(folded.slice(i, i + 2));
        for (i = 0; i < word.length; i += 1) if (IS_KANJI.test(word[i])) found.push(word[i]);
        for (i = 0; i < word.length; i += 1) if (isStem(word, i)) found.push(word[i] + ".");
        denied(word).forEach(function (at) { found.push(word[at] + "!"); });
      }
      return end;
    }, 0);
    return found;
  }

  scope.KotaeFold = {
    KANJI: KANJI, HIRAGANA: HIRAGANA, KATAKANA: KATAKANA, LATIN: LATIN,
    shape: shape, hiragana: hiragana, stem: stem, pieces: pieces, terms: terms, denied: denied, sounds: sounds,
    fold: function (text) { return hiragana(shape(text)); }
  };
})(typeof globalThis === "undefined" ? this : globalThis);
