// How near one wording of a page is to what was asked, and which letters of it to show in bold.
(function (scope) {
  "use strict";
  var fold = scope.KotaeFold, reading = scope.KotaeReading;

  var ELSEWHERE = 0.7;

  function wording(text) {
    var own = reading.read(text), set = Object.create(null);
    fold.terms(text).forEach(function (term) { set[term] = true; });
    return { text: text, folded: own.folded.replace(/ /g, ""), words: own.folded.split(" "), set: set, units: own.units };
  }

  // The share of a unit that this wording holds, by its best way; a slip of the hand still counts.
  function held(unit, line) {
    var best = 0;
    unit.ways.forEach(function (way) {
      var all = 0, found = 0;
      way.forEach(function (pair) {
        all += pair[1];
        if (line.set[pair[0]]) found += pair[1];
      });
      if (all) best = Math.max(best, found / all * (way.worth || 1));
    });
    if (best < 0.85 && unit.text.length > (unit.kind === "L" ? 3 : 4) && (unit.kind === "L" || best > 0.25)) {
      var most = unit.text.length > 7 ? 2 : 1;
      var texts = (unit.kind === "L" ? line.words : [line.folded]).filter(function (text) { return mayBeNear(unit.text, text, most); });
      var slips = texts.length ? nearest(unit.text, texts, unit.kind === "L") : unit.text.length;
      if (slips <= most) best = Math.max(best, 1 - 0.15 * slips);
    }
    return best;
  }

  // A word cut into one piece more than it has slips keeps at least one piece whole.
  function mayBeNear(word, text, slips) {
    var size = Math.floor(word.length / (slips + 1));
    for (var i = 0; i <= slips; i += 1) {
      if (text.indexOf(i < slips ? word.slice(i * size, (i + 1) * size) : word.slice(i * size)) >= 0) return true;
    }
    return false;
  }

  // The fewest edits that turn `word` into a piece of one of `texts`; a Latin word begins where it begins.
  function nearest(word, texts, anchored) {
    var best = word.length;
    texts.forEach(function (text) {
      var above = [], row, i, j;
      for (j = 0; j <= text.length; j += 1) above.push(anchored ? j : 0);
      for (i = 1; i <= word.length; i += 1) {
        row = [i];
        for (j = 1; j <= text.length; j += 1) {
          row.push(Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (word[i - 1] === text[j - 1] ? 0 : 1)));
        }
        above = row;
      }
      above.forEach(function (slips) { best = Math.min(best, slips); });
    });
    return best;
  }

  // A few of a word's letters here and there prove nothing.
  function firm(share) { return share > 0.6 ? share : share * 0.5; }

  // The longest piece of one text that stands in the other; a single letter is none.
  function longestRun(a, b) {
    var best = 1;
    for (var i = 0; i + best < a.length; i += 1) {
      while (i + best < a.length && b.indexOf(a.slice(i, i + best + 1)) >= 0) best += 1;
    }
    return best > 1 ? best : 0;
  }

  // 0 for nothing in common, about 1 for the same words.
  function nearness(query, line, page) {
    var all = 0, found = 0, words = 0, known = 0;
    if (query.joined === undefined) query.joined = query.folded.replace(/ /g, "");
    if (query.joined === line.folded) return { near: 1.2, recall: 1, known: 1 };
    // A word that the page holds elsewhere, by another wording or a synonym, half belongs to this one.
    query.units.forEach(function (unit, number) {
      var here = held(unit, line), so = Math.max(here, ELSEWHERE * (page[number] || 0));
      all += unit.ceiling;
      found += unit.ceiling * so;
      // For the answer threshold every word counts the same: a common one left out is left out.
      words += unit.weight;
      known += unit.weight * Math.max(firm(here), 0.95 * firm(page[number] || 0));
    });
    if (!found) return { near: 0, recall: 0, known: 0 };
    var own = 0, shared = 0;
    line.units.forEach(function (unit) {
      unit.ways[0].forEach(function (pair) {
        own += pair[1] * unit.weight;
        if (query.set[pair[0]]) shared += pair[1] * unit.weight;
      });
    });
    var recall = found / all, precision = own ? shared / own : 0;
    var run = longestRun(query.plain, line.folded) / Math.max(2, Math.min(query.plain.length, line.folded.length));
    var glue = query.terms.length ? query.terms.filter(function (term) { return line.set[term]; }).length / query.terms.length : 0;
    return { near: 0.56 * recall + 0.2 * precision + 0.06 * run + 0.18 * glue, recall: recall, known: known / words };
  }

  // The wording in parts, the letters that answer the query marked.
  function parts(text, query) {
    var plain = "", from = [], hits = [], i;
    for (i = 0; i < text.length; i += 1) {
      var letter = text[i].normalize("NFKC") === text[i] ? text[i] : text[i].normalize("NFKC");
      letter = fold.fold(letter);
      for (var j = 0; j < letter.length; j += 1) { plain += letter[j]; from.push(i); }
    }
    query.units.forEach(function (unit) {
      var sought = unit.kind === "L" ? [unit.text] : [], k;
      unit.ways.forEach(function (way) {
        way.forEach(function (pair) { if (!/^[~^+]/.test(pair[0])) sought.push(pair[0].replace(/[.!]$/, "")); });
      });
      sought.forEach(function (term) {
        for (var at = plain.indexOf(term); term && at >= 0; at = plain.indexOf(term, at + 1)) {
          for (k = 0; k < term.length; k += 1) hits[from[at + k]] = true;
        }
      });
    });
    // 取り消し: the kana between two marked kanji, and a long vowel mark, belong to the word.
    for (i = 1; i + 1 < text.length; i += 1) {
      if (!hits[i] && hits[i - 1] && (text[i] === "ー" || (hits[i + 1] && reading.classOf(text[i]) === "H" &&
        reading.classOf(text[i - 1]) === "K" && reading.classOf(text[i + 1]) === "K"))) hits[i] = true;
    }
    if (text[text.length - 1] === "ー" && hits[text.length - 2]) hits[text.length - 1] = true;
    var out = [];
    for (i = 0; i < text.length; i += 1) {
      var hit = Boolean(hits[i]), last = out[out.length - 1];
      if (last && last.hit === hit) last.text += text[i];
      else out.push({ text: text[i], hit: hit });
    }
    return out;
  }

  scope.KotaeWording = { wording: wording, nearness: nearness, parts: parts };
})(typeof globalThis === "undefined" ? this : globalThis);
