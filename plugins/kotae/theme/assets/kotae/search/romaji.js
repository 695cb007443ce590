// Latin letters as Japanese keyboards take them: kaiyaku, ryoushuusyo, ginkou, shiharai.
(function (scope) {
  "use strict";
  var VOWELS = "aiueo";
  var ROWS = {
    "": "あいうえお", k: "かきくけこ", s: "さしすせそ", t: "たちつてと", n: "なにぬねの", h: "はひふへほ",
    m: "まみむめも", y: "や ゆ よ", r: "らりるれろ", w: "わ   を", g: "がぎぐげご", z: "ざじずぜぞ",
    d: "だぢづでど", b: "ばびぶべぼ", p: "ぱぴぷぺぽ", v: "ばびぶべぼ"
  };
  // The consonants that take ya, yu, yo after the kana of their i row.
  var GLIDES = { ky: "き", sh: "し", sy: "し", ch: "ち", ty: "ち", cy: "ち", ny: "に", hy: "ひ", my: "み", ry: "り",
    gy: "ぎ", j: "じ", jy: "じ", zy: "じ", dy: "ぢ", by: "び", py: "ぴ" };
  var SYLLABLES = Object.create(null);
  Object.keys(ROWS).forEach(function (row) {
    for (var i = 0; i < ROWS[row].length; i += 1) {
      if (ROWS[row][i] !== " ") SYLLABLES[row + VOWELS[i]] = ROWS[row][i];
    }
  });
  Object.keys(GLIDES).forEach(function (row) {
    SYLLABLES[row + "a"] = GLIDES[row] + "ゃ";
    SYLLABLES[row + "u"] = GLIDES[row] + "ゅ";
    SYLLABLES[row + "o"] = GLIDES[row] + "ょ";
    SYLLABLES[row + "e"] = GLIDES[row] + "ぇ";
  });
  SYLLABLES.shi = "し"; SYLLABLES.chi = "ち"; SYLLABLES.tsu = "つ"; SYLLABLES.ji = "じ"; SYLLABLES.fu = "ふ";
  SYLLABLES.fa = "ふぁ"; SYLLABLES.fi = "ふぃ"; SYLLABLES.fe = "ふぇ"; SYLLABLES.fo = "ふぉ";
  SYLLABLES.thi = "てぃ"; SYLLABLES.dhi = "でぃ"; SYLLABLES.wi = "うぃ"; SYLLABLES.we = "うぇ";

  // The kana of a word, or "" when it is not Japanese. A consonant at the end is still being typed.
  function kana(word) {
    var out = "", at = 0;
    if (word.length < 3 || !/^[a-z]+$/.test(word)) return "";
    while (at < word.length) {
      var size = 3, syllable;
      for (; size > 0; size -= 1) {
        syllable = SYLLABLES[word.substr(at, size)];
        if (syllable && at + size <= word.length) break;
      }
      var next = word[at + 1];
      if (size) { out += syllable; at += size; }
      else if (word[at] === "n" || (word[at] === "m" && /[bmp]/.test(next || ""))) {
        out += "ん";
        at += next === "n" && !/[aiueoy]/.test(word[at + 2] || "") ? 2 : 1;
      }
      else if (next === word[at] || (word[at] === "t" && next === "c")) { out += "っ"; at += 1; }
      else if (at && /^(?:[bdfghjkmprstwyz]|[kstnhmrgzbp]y|sh|ch|ts)$/.test(word.slice(at))) at = word.length;
      else return "";
    }
    return out;
  }

  scope.KotaeRomaji = { kana: kana };
})(typeof globalThis === "undefined" ? this : globalThis);
