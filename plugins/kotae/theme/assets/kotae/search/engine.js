// The search engine: the browser, the build and the tests run this file and no other.
// KotaeSearch.open(baseUrl) -> Promise<engine>; engine.query(text, limit, filter) -> Promise<[hit]>.
(function (scope) {
  "use strict";
  var fold = scope.KotaeFold, reading = scope.KotaeReading, romaji = scope.KotaeRomaji, wordings = scope.KotaeWording;

  var SURE = 0.7;         // how much of the question a page must hold to be offered as its answer
  var READ_CLOSELY = 18;  // pages whose wordings are fetched and compared
  var HOPEFUL = 0.45;     // beyond the pages asked for, only those that come this near to the best are compared
  var READ_LINES = 10;    // wordings of such a page that are compared
  var STRONG = 0.5;       // an impact that only a title, a wording or a synonym reaches
  var LENGTH = 0.35;      // 0: a word counts by its letters, 1: every word counts the same
  var WORTH = 0.3;        // terms below this are compared in wordings, but no shard is fetched for them
  var WEIGHTS = "abcdefghijklmno";
  var DIGITS = (function () {
    var digits = "";
    for (var code = 0x20; code < 0x7f; code += 1) {
      var char = String.fromCharCode(code);
      if (WEIGHTS.indexOf(char) < 0 && '"\\<'.indexOf(char) < 0) digits += char;
    }
    return digits;
  })();
  var VALUES = Object.create(null);
  DIGITS.split("").forEach(function (char, value) { VALUES[char] = value; });

  // Pairs of document and impact (0 to 1), flat; search/postings.py writes them.
  function decode(text) {
    var found = [], document = -1, step = 0;
    for (var i = 0; i < text.length; i += 1) {
      var weight = WEIGHTS.indexOf(text[i]);
      if (weight < 0) { step = step * DIGITS.length + VALUES[text[i]]; continue; }
      document += step + 1;
      step = 0;
      found.push(document, (weight + 1) / 16);
    }
    return found;
  }

  function shardOf(term, shards) {
    var value = 0x811c9dc5;
    for (var i = 0; i < term.length; i += 1) value = Math.imul(value ^ term.charCodeAt(i), 0x01000193) >>> 0;
    return ((value ^ (value >>> 15)) & (shards - 1)) >>> 0;
  }

  function Engine(load) {
    this.load = load;
    this.parts = Object.create(null);
    this.postings = Object.create(null);
  }

  // One file of the index, fetched once; a failed fetch may be tried again.
  Engine.prototype.part = function (name) {
    var parts = this.parts;
    if (!parts[name]) {
      parts[name] = this.load(name, this.digest).then(function (value) {
        return typeof value === "string" ? JSON.parse(value.slice(value.indexOf(",") + 1, value.lastIndexOf(")"))) : value;
      });
      parts[name].catch(function () { delete parts[name]; });
    }
    return parts[name];
  };

  Engine.prototype.directory = function () {
    var engine = this;
    return this.part("directory").then(function (directory) {
      engine.digest = directory.digest;
      return directory;
    });
  };

  // The postings of all terms, fetching only the shards that are missing.
  Engine.prototype.find = function (terms, directory) {
    var engine = this;
    return Promise.all(terms.map(function (term) {
      if (engine.postings[term]) return null;
      var number = shardOf(term, directory.shards);
      if (directory.empty.indexOf(number) >= 0) { engine.postings[term] = []; return null; }
      return engine.part("t" + number).then(function (shard) {
        var known = Object.prototype.hasOwnProperty.call(shard, term);
        engine.postings[term] = known ? decode(shard[term]) : [];
      });
    }));
  };

  Engine.prototype.rarity = function (term, directory) {
    var documents = this.postings[term].length / 2;
    return Math.log(1 + (directory.documents - documents + 0.5) / (documents + 0.5));
  };

  function termsOf(units) {
    var seen = Object.create(null);
    units.forEach(function (unit) {
      unit.ways.forEach(function (way) { way.forEach(function (pair) { if (pair[1] >= WORTH) seen[pair[0]] = true; }); });
    });
    return Object.keys(seen);
  }

  // A Latin word may be romaji, half typed or mistyped: further ways to find it.
  function addWays(engine, query, text) {
    var last = query.units[query.units.length - 1], added = false, units = [];
    function add(unit, way, worth) {
      way.worth = worth;
      unit.ways.push(way);
      added = true;
    }
    query.units.forEach(function (unit) {
      units.push(unit);
      if (unit.singles && unit.ways[0].some(function (pair) { return pair[1] === 1 && !engine.postings[pair[0]].length; })) {
        add(unit, unit.singles, unit.singles.worth);
      }
      if (unit.kind !== "L") return;
      var known = engine.postings[unit.ways[0][0][0]].length > 0, kana = romaji.kana(unit.text);
      if (kana && (!known || unit === last)) {
        var spoken = reading.read(kana + "。").units;
        // seikyuushowoyuusou is two words, and both must be found.
        if (!known && spoken.length > 1) {
          units.pop();
          units = units.concat(spoken);
          added = true;
          return;
        }
        spoken.forEach(function (word) { word.ways.forEach(function (way) { add(unit, way, known ? 0.6 : 1); }); });
      }
      if (unit.text.length > 1 && (!known || (unit === last && !/\s$/.test(text)))) {
        add(unit, fold.pieces(unit.text).map(function (piece) { return [piece, 1]; }), 0.75);
      }
    });
    query.units = units;
    return added;
  }

  Engine.prototype.query = function (text, limit, filter) {
    var engine = this, terms = fold.terms(text);
    limit = limit || 8;
    filter = filter || {};
    if (!terms.length) return Promise.resolve([]);
    return this.directory().then(function (directory) {
      var query = reading.read(text, directory.quiet);
      // The product's name must not make every page that says it a little nearer.
      var rest = directory.quiet.reduce(function (left, word) { return left.split(word).join(" "); }, query.shaped);
      query.terms = fold.terms(rest);
      query.plain = fold.fold(rest).replace(/ /g, "");
      if (!query.plain) { query.terms = terms; query.plain = query.folded; }
      if (!query.units.length) query.units = everything(query);
      if (!query.units.length) return [];
      return engine.find(termsOf(query.units), directory).then(function () {
        return addWays(engine, query, text) ? engine.find(termsOf(query.units), directory) : null;
      }).then(function () {
        return engine.closely(engine.roughly(query, directory, filter), query, directory, limit, filter.explain);
      });
    });
  };

  // A query of nothing but polite words is still a query.
  function everything(query) {
    var terms = query.terms.filter(function (term) { return term.length > 1; });
    return terms.length ? [{ text: query.folded, kind: "H", weight: 0.3, ways: [terms.map(function (term) { return [term, 1]; })] }] : [];
  }

  // First by the index alone: a sum over units, each by its best way, favouring pages that hold them all.
  Engine.prototype.roughly = function (query, directory, filter) {
    var engine = this, pages = new Map(), whole = 0;
    query.set = Object.create(null);
    query.units.forEach(function (unit, number) {
      var best = new Map();
      unit.ceiling = 0;
      unit.ways.forEach(function (way, order) {
        var total = 0, size = 0, gained = new Map();
        way.forEach(function (pair) {
          var found = engine.postings[pair[0]];
          query.set[pair[0]] = true;
          if (!found) return;
          var worth = pair[1] * engine.rarity(pair[0], directory);
          total += worth;
          size += pair[1];
          for (var i = 0; i < found.length; i += 2) {
            var page = gained.get(found[i]) || [0, 0];
            page[0] += worth * found[i + 1];
            page[1] += worth * Math.min(1, found[i + 1] / STRONG);
            gained.set(found[i], page);
          }
        });
        // The pairs of one long word come together: it must not outweigh a short one by its length.
        total = total || 1;
        if (!order) unit.ceiling = total / (size || 1) * Math.max(1, Math.pow(size, LENGTH)) * unit.weight;
        var scale = (way.worth || 1) / total;
        gained.forEach(function (page, document) {
          var so = best.get(document);
          if (!so || so[0] < page[0] * scale) best.set(document, [page[0] * scale, page[1] * scale]);
        });
      });
      whole += unit.ceiling;
      best.forEach(function (page, document) {
        var sum = pages.get(document) || [0, 0, []];
        sum[0] += page[0] * unit.ceiling;
        sum[1] += page[1] * unit.ceiling;
        sum[2][number] = page[1];
        pages.set(document, sum);
      });
    });
    var found = [], groups = spread(directory, filter);
    pages.forEach(function (sum, document) {
      var group = groups(document), held = sum[1] / whole;
      if (group) found.push({ document: document, group: group, held: held, units: sum[2], score: sum[0] / whole * (0.25 + 0.75 * held) });
    });
    return found.sort(function (a, b) { return b.score - a.score || a.document - b.document; });
  };

  // Which group a document is in, or nothing if the filter leaves it out.
  function spread(directory, filter) {
    var ends = [], end = 0;
    directory.groups.forEach(function (group) { ends.push(end += group[3]); });
    return function (document) {
      var low = 0, high = ends.length - 1;
      while (low < high) {
        var middle = (low + high) >> 1;
        if (document < ends[middle]) high = middle; else low = middle + 1;
      }
      var group = directory.groups[low];
      return (!filter.type || filter.type === group[0]) && (!filter.topic || filter.topic === group[1]) &&
        (!filter.lang || filter.lang === group[2]) ? group : null;
    };
  }

  Engine.prototype.record = function (document, directory) {
    var low = 0, high = directory.chunks.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (directory.chunks[middle] <= document) low = middle; else high = middle - 1;
    }
    return this.part("r" + low).then(function (chunk) {
      var record = chunk[document - directory.chunks[low]];
      return record.texts ? record : (chunk[document - directory.chunks[low]] = {
        id: record[0], href: record[2], answer: record[3], facets: record[5] || [],
        texts: [record[1]].concat(record[4]), folded: null, lines: []
      });
    });
  };

  // A page may have two hundred wordings; the title and those that share most letters with the query are read.
  function nearLines(record, query) {
    if (!record.folded) record.folded = record.texts.map(function (text) { return fold.fold(text); });
    var chosen = record.folded.map(function (text, order) {
      var shared = 0;
      query.sought.forEach(function (term) { if (text.indexOf(term) >= 0) shared += term.length; });
      return { order: order, shared: shared - text.length / 1000 };
    });
    var title = chosen.shift();
    chosen.sort(function (a, b) { return b.shared - a.shared || a.order - b.order; });
    return [title].concat(chosen.slice(0, READ_LINES)).map(function (line) {
      var order = line.order;
      if (!record.lines[order]) record.lines[order] = wordings.wording(record.texts[order]);
      return { order: order, line: record.lines[order] };
    });
  }

  // Then by the wordings themselves: order, runs and slips of the hand that an index cannot see.
  Engine.prototype.closely = function (found, query, directory, limit, explain) {
    var engine = this, japanese = /[^\u0000-\u036f\s]/.test(query.shaped);
    var best = found.slice(0, Math.max(READ_CLOSELY, limit)).filter(function (page, place) {
      return place < limit || page.score >= found[0].score * HOPEFUL;
    });
    query.sought = Object.keys(query.set).filter(function (term) { return !/^[~^+]/.test(term); })
      .map(function (term) { return term.replace(/[.!]$/, ""); });
    return Promise.all(best.map(function (page) { return engine.record(page.document, directory); })).then(function (records) {
      var hits = best.map(function (page, i) { return judge(page, records[i], query, japanese); });
      hits.sort(function (a, b) { return b.score - a.score || a.document - b.document; });
      var seen = Object.create(null);
      return hits.filter(function (hit) {
        // One page in two languages is one answer.
        var known = seen[hit.type + " " + hit.id];
        seen[hit.type + " " + hit.id] = true;
        delete hit.document;
        if (!explain) delete hit.why;
        return !known;
      }).slice(0, limit).map(function (hit) {
        hit.titleParts = wordings.parts(hit.title, query);
        hit.askedParts = hit.asked ? wordings.parts(hit.asked, query) : [];
        return hit;
      });
    });
  };

  function judge(page, record, query, japanese) {
    var top = { near: -1 }, known = 0;
    nearLines(record, query).forEach(function (each) {
      var line = each.line, order = each.order;
      var near = wordings.nearness(query, line, page.units), bonus = order ? 0 : 0.08;
      known = Math.max(known, near.known);
      if (near.near + bonus > top.near) top = { near: near.near + bonus, line: line, order: order };
    });
    var score = 0.55 * page.score + 0.45 * Math.max(0, top.near);
    if (!japanese && page.group[2] === "en") score += 0.05;
    if (japanese && page.group[2] === "en") score -= 0.1;
    var asked = top.order && top.near > 0.15 ? top.line.text : "";
    return {
      document: page.document, id: record.id, type: page.group[0], topic: page.group[1], lang: page.group[2],
      title: record.texts[0], asked: asked, facets: record.facets,
      answer: record.answer, href: record.href,
      why: query.units.map(function (unit, i) {
        return { word: unit.text, counts: Math.round(unit.ceiling * 100) / 100, held: Math.round((page.units[i] || 0) * 100) / 100 };
      }),
      score: Math.round(score * 1000) / 1000, sure: known >= SURE
    };
  }

  // Files as text over http; as scripts where a page may not fetch (file://).
  function browserLoad(base) {
    var waiting = Object.create(null);
    scope.KotaeSearchPart = function (name, value) { if (waiting[name]) waiting[name](value); };
    return function (name, digest) {
      var url = base.replace(/\/?$/, "/") + name + ".js";
      if (scope.location && scope.location.protocol !== "file:") {
        return scope.fetch(digest ? url + "?v=" + digest : url, digest ? {} : { cache: "no-cache" }).then(function (answer) {
          if (!answer.ok) throw new Error(url + " " + answer.status);
          return answer.text();
        });
      }
      return new Promise(function (resolve, reject) {
        var script = scope.document.createElement("script");
        waiting[name] = resolve;
        script.onerror = function () { reject(new Error(url)); };
        script.src = url;
        scope.document.head.appendChild(script);
      });
    };
  }

  scope.KotaeSearch = {
    // Nothing is fetched here: the directory comes with the first query or with warm().
    open: function (baseUrl, load) { return Promise.resolve(new Engine(load || browserLoad(baseUrl))); },
    decode: decode, shardOf: shardOf
  };
  Engine.prototype.warm = function () { return this.directory().then(function () {}); };
})(typeof globalThis === "undefined" ? this : globalThis);
