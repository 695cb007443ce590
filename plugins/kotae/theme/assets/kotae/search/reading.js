// How a query is read: which letters carry meaning, and which only ask politely.
(function (scope) {
  "use strict";
  var fold = scope.KotaeFold;

  // Said in every question, so they decide nothing. Natural spelling; folded below like any text.
  var PHRASES = ("もっと ちょっと とても すごく いきなり ぜんぜん やっぱり 急に 突然 昨日 今日 最近 全然 本当に どの どれ どんな どうすればいいですか どうすればいい どうすればよい どうすれば どうしたら どうやったら どうやって どうやる どうなる どうなり どうして なぜ なんで " +
    "どこですか どこから どこで どこに どこ について に関して にかんして 教えてください 教えて下さい 教えてほしい 教えて欲しい 教えて おしえて 知りたい しりたい 方法 やり方 やりかた 仕方 しかた 場合 とき " +
    "してください して下さい してほしい して欲しい していただけますか してもらえますか してもらう してもらいたい てもらえますか " +
    "欲しいです 欲しい ほしいです ほしい 下さい ください お願いします おねがいします お願い 困っています 困った 困る こまった " +
    "出来ません 出来ない 出来ますか 出来る できなくなりました できなくなった できなかった できていない できません できますか できない できる でき " +
    "したいです したいのですが したいんですが したい ことができ ことは ための ように という のですが んですが ですか ですが").split(" ");
  var ENDINGS = ("です ます ました ましたか ませんか ません ますか ませんでした でしょうか だ た たい たいです たく て てる ている ています ていない てない てしまった てしまいました ちゃった ちゃう " +
    "ちゃいました ない なかった なくなった なくなりました なくて ないです なくなる なる なった なりました いい いいですか よい よいですか いますか います いる あります ありますか ある " +
    "する すると すれば します しますか した しました しない しません している して しよう しろ せず られる られた られない られません られますか られ れる れた れない れません れますか れ " +
    "させたい させたくない もらう もらえる もらえますか もらいたい もらった くれる くれますか くれた いただけますか いただきたい ちょうだい なの なのか のか かな よ ね な か の も は が を に で と へ や から まで より だけ など けど には では とは って のは のが のに ので ん わ こと もの ため んだけど のでしょうか").split(" ");
  var PARTICLES = "が を に は で の も と へ や か から まで より だけ など には では とは って での への からの という して した する でも".split(" ");
  var BEFORE_KANJI = "お ご".split(" ");
  var ENGLISH = ("a an and are be can could do does did for from get getting have has help how i if in is it its me my need of on or our please " +
    "the this that there to us want was we what when where which who why will with would you your t s m dont cant").split(" ");

  function anyOf(words) {
    return words.map(fold.shape).filter(Boolean)
      .sort(function (a, b) { return b.length - a.length || (a < b ? -1 : 1); }).join("|");
  }
  var PHRASE = new RegExp(anyOf(PHRASES), "g");
  var ENDING = new RegExp("(?:" + anyOf(ENDINGS) + ")+$");
  var PARTICLE = new RegExp("^(?:" + anyOf(PARTICLES) + ")");
  var POLITE = new RegExp("^(?:" + BEFORE_KANJI.join("|") + ")$");
  var STEM = 0.45, DENIED = 0.5;
  var STOP = Object.create(null), ASKS = Object.create(null);
  ENGLISH.forEach(function (word) { STOP[word] = true; });
  // A question word decides between neighbours: when will I get a refund, where is it, who paid.
  "when where who why not no cannot cant".split(" ").forEach(function (word) { ASKS[word] = 0.3; delete STOP[word]; });

  var CLASSES = [["K", fold.KANJI], ["T", fold.KATAKANA], ["H", fold.HIRAGANA], ["L", fold.LATIN]].map(function (pair) {
    return [pair[0], new RegExp("[" + pair[1] + "]")];
  });
  var RUNS = new RegExp(["KANJI", "KATAKANA", "HIRAGANA", "LATIN"].map(function (name) {
    return "[" + fold[name] + "]+";
  }).join("|"), "g");

  function classOf(char) {
    for (var i = 0; i < CLASSES.length; i += 1) if (CLASSES[i][1].test(char)) return CLASSES[i][0];
    return " ";
  }

  // The runs of one script, weak letters marked: [{text, at, kind, weak: [bool per letter]}].
  function runs(shaped, quiet) {
    var weak = [], found = [], match;
    quiet.forEach(function (word) {
      for (var at = shaped.indexOf(word); at >= 0; at = shaped.indexOf(word, at + 1)) mark(weak, at, at + word.length);
    });
    PHRASE.lastIndex = 0;
    while ((match = PHRASE.exec(shaped))) {
      for (var i = 0; i < match[0].length; i += 1) weak[match.index + i] = true;
    }
    RUNS.lastIndex = 0;
    while ((match = RUNS.exec(shaped))) {
      found.push({ text: match[0], at: match.index, end: match.index + match[0].length, kind: classOf(match[0][0]) });
    }
    found.forEach(function (run, index) {
      var before = found[index - 1], after = found[index + 1];
      var follows = before && before.end === run.at, leads = after && after.at === run.end;
      run.weak = run.text.split("").map(function (_, i) { return Boolean(weak[run.at + i]); });
      if (run.kind !== "H") return;
      // Phrases first: what they left is judged piece by piece. A word must remain, though:
      // けしこみ or できた alone would otherwise vanish.
      for (var from = 0, to; from < run.text.length; from = to + 1) {
        to = run.weak.indexOf(true, from);
        if (to < 0) to = run.text.length;
        var ending = ENDING.exec(run.text.slice(from, to));
        if (ending && (from || follows || ending.index > 1)) mark(run.weak, from + ending.index, to);
      }
      var start = follows && PARTICLE.exec(run.text);
      if (start) mark(run.weak, 0, start[0].length);
      if (leads && after.kind === "K" && POLITE.test(run.text.slice(-1))) mark(run.weak, run.text.length - 1, run.text.length);
      for (var i = 0; i < run.text.length; i += 1) if (run.text[i] === "を") run.weak[i] = true;
    });
    return found;
  }

  function mark(weak, from, to) {
    for (var i = from; i < to; i += 1) weak[i] = true;
  }

  // Units: the words that must be found, each with the terms that would find it, one way or another.
  // A way is a list of [term, weight]; the best way counts.
  // `quiet` are the site's own words that say nothing there, such as the product's name, shaped.
  function read(text, quiet) {
    var shaped = fold.shape(text), units = [], open = null, number = null;
    runs(shaped, quiet || []).forEach(function (run) {
      if (run.kind === "L") {
        open = null;
        var digits = /^[0-9]+$/.test(run.text);
        number = /[0-9]+$/.exec(run.text);
        number = number && { text: number[0], end: run.end };
        units.push({ text: run.text, kind: "L", weight: STOP[run.text] || run.weak[0] ? 0 : ASKS[run.text] ? ASKS[run.text] : digits && run.text.length < 3 ? 0.6 : 1, at: run.at, end: run.end,
          ways: [[[fold.stem(run.text), 1]]] });
        return;
      }
      for (var i = 0; i < run.text.length; i += 1) {
        if (run.weak[i]) { open = null; continue; }
        var joins = open && open.end === run.at + i && (open.kind === run.kind || (open.kind === "K" && run.kind === "H"));
        if (!joins) {
          open = { text: "", kind: run.kind, weight: run.kind === "H" ? 0.6 : 1, at: run.at + i, ways: [] };
          if (number && number.end === open.at) open.number = number.text;
          units.push(open);
        }
        open.text += run.text[i];
        open.end = run.at + i + 1;
      }
    });
    var denied = fold.denied(shaped);
    units.forEach(function (unit, index) {
      if (unit.kind !== "L") unit.ways = japanese(unit);
      denied.forEach(function (at) {
        if (unit.kind === "K" && unit.at <= at && at < unit.end) unit.ways.forEach(function (way) { way.push([shaped[at] + "!", DENIED]); });
      });
      // 2回: the number alone says little, and a letter after kana is one still being typed.
      var next = units[index + 1], last = units[index - 1];
      if (unit.kind === "L" && next && next.number) unit.weight = 0.3;
      if (unit.kind === "L" && unit.text.length === 1 && last && last.kind !== "L" && last.end === unit.at) unit.weight = 0;
      unit.text = fold.hiragana(unit.text);
    });
    units = units.filter(function (unit) { return unit.weight && unit.ways.length && unit.ways[0].length; });
    return { shaped: shaped, folded: fold.hiragana(shaped), units: units };
  }

  function japanese(unit) {
    var pairs = [], singles = [], folded = fold.hiragana(unit.text), kinds = unit.text.split("").map(classOf);
    var kanji = kinds.filter(function (kind) { return kind === "K"; }).length;
    if (unit.number) pairs.push([unit.number + folded[0], 1]);
    for (var i = 0; i < folded.length; i += 1) {
      var pair = kinds[i] + (kinds[i + 1] || "");
      if (pair.length === 2) pairs.push([folded.slice(i, i + 2), pair === "KH" ? 0.4 : pair === "HH" && kanji ? 0.25 : 1]);
      // A stem keeps its kanji through every ending: 届かない, 届きません.
      if (kinds[i] === "K" && kanji === 1) pairs.push([folded[i] + ".", STEM], [folded[i], 0.2]);
      if (kinds[i] === "K") singles.push([folded[i], 1]);
    }
    // 金返 of お金返して is in no wording, 金 and 返 are; a longer word stands without its letters.
    if (unit.kind === "H") {
      var spoken = fold.sounds(folded).map(function (term) { return [term, 1]; });
      return spoken.length ? [pairs, spoken] : [pairs];
    }
    singles.worth = 0.6;
    if (kanji > 3) unit.singles = singles;
    return kanji > 1 && kanji < 4 ? [pairs, singles] : [pairs];
  }

  scope.KotaeReading = { read: read, classOf: classOf };
})(typeof globalThis === "undefined" ? this : globalThis);
