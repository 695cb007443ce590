// The engine in a second runtime (V8): the vectors that hold Python and QuickJS hold here too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const assets = new URL("../../plugins/kotae/theme/assets/kotae/search/", import.meta.url);
const vectors = JSON.parse(readFileSync(new URL("../search/vectors.json", import.meta.url), "utf8"));
const page = vm.createContext({ Math, JSON, Promise, Map });
for (const part of ["fold.js", "romaji.js", "reading.js", "wording.js", "engine.js"]) {
  vm.runInContext(readFileSync(new URL(part, assets), "utf8"), page);
}
const plain = (value) => JSON.parse(JSON.stringify(value));
const read = (text) => plain(page.KotaeReading.read(text).units).map((unit) => unit.text);

test("every vector folds as written", () => {
  for (const vector of vectors) {
    assert.equal(page.KotaeFold.fold(vector.text), vector.fold);
    assert.deepEqual(plain(page.KotaeFold.terms(vector.text)), vector.terms);
  }
});

test("romaji becomes kana, English does not", () => {
  const kana = page.KotaeRomaji.kana;
  assert.equal(kana("kaiyaku"), "かいやく");
  assert.equal(kana("ryoushuusho"), kana("ryousyuusyo"));
  assert.equal(kana("konnyaku"), "こんにゃく");
  assert.equal(kana("kessai"), "けっさい");
  assert.equal(kana("receipt"), "");
  assert.equal(kana("csv"), "");
});

test("polite endings and particles do not drown the noun", () => {
  assert.deepEqual(read("返金してほしいのですが、どうすればいいですか"), ["返金"]);
  assert.deepEqual(read("お支払い方法を教えてください"), ["支払"]);
  assert.deepEqual(read("サブスクをやめたい"), ["さぶすく", "やめ"]);
  assert.deepEqual(read("how do I cancel my plan"), ["cancel", "plan"]);
});

test("a kana word is not eaten as an ending", () => {
  assert.deepEqual(read("けしこみ"), ["けしこみ"]);
  assert.deepEqual(read("かいやく"), ["かいやく"]);
});

test("a letter still being typed does not disturb", () => {
  assert.deepEqual(read("りょうしゅうs"), ["りようしゆう"]);
});

test("marks cover the word as the reader sees it", () => {
  const query = page.KotaeReading.read("取消");
  const parts = plain(page.KotaeWording.parts("請求書の取り消し", query));
  assert.equal(parts.map((part) => part.text).join(""), "請求書の取り消し");
  assert.equal(parts.filter((part) => part.hit).map((part) => part.text).join(""), "取り消");
});

test("opening fetches nothing, and a failed fetch may be tried again", async () => {
  let calls = 0;
  const engine = await page.KotaeSearch.open("", () => { calls += 1; return Promise.reject(new Error("offline")); });
  assert.equal(calls, 0);
  await assert.rejects(engine.query("返金"));
  await assert.rejects(engine.query("返金"));
  assert.equal(calls, 2);
});
