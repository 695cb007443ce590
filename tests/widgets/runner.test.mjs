// The runner's logic in a second runtime (V8); Python and QuickJS hold the rest in tests/runner/.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const parts = new URL("../../plugins/kotae/theme/assets/kotae/runner/", import.meta.url);
const page = vm.createContext({ Math, JSON, Date, Map, Set, Object, Array, Number, String, RegExp, btoa, atob, escape, unescape });
for (const part of ["clock", "fields", "flow", "runs", "record"]) vm.runInContext(readFileSync(new URL(`${part}.js`, parts), "utf8"), page);
const plain = (value) => JSON.parse(JSON.stringify(value));

test("lines at the same time come one after the other and join", () => {
  const node = (id, more) => ({ id, kind: "step", title: id, ...more });
  const book = { start: "a", nodes: [node("a", { parallel: ["b", "c"], next: "d" }), node("b", { next: "d" }), node("c", { next: "d" }), node("d", { next: "e" }), { id: "e", kind: "outcome", title: "e" }] };
  const { replay, options } = page.KotaeFlow;
  assert.equal(replay(book, ["t"]).at, "b");
  assert.equal(replay(book, ["t", "n"]).at, "c");
  assert.equal(replay(book, ["t", "n", "n"]).at, "d");
  const end = replay(book, ["t", "n", "n", "n"]);
  assert.equal(end.at, "e");
  assert.deepEqual(plain(options(book, end)), []);
});

test("a link survives any script and says nothing when it is broken", () => {
  const book = { sha: "x", inputs: { 金額: { type: "amount" }, 名前: { type: "name", personal: true } } };
  const run = { intake: 5, channel: "mail", picks: [1, "n"], marks: [], values: { 金額: { v: "５円" }, 名前: { v: "佐藤" } } };
  const told = page.KotaeRuns.decode(page.KotaeRuns.encode(book, run, "返金"));
  assert.deepEqual(plain([told.a, told.p, Object.keys(told.d)]), ["返金", [1, "n"], ["金額"]]);
  assert.equal(page.KotaeRuns.decode("x"), null);
});
