// The mark beside a day of review turns with the reader's day, in Japan.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const source = readFileSync(new URL("../../plugins/kotae/theme/assets/kotae/kotae-due.js", import.meta.url), "utf8");
const page = vm.createContext({ module: {}, Date, Math, Number });
vm.runInContext(source, page);
const { state, sentence, number, today } = page.module.exports;
const words = { left: "あと#日", leftOne: "あと1日", over: "#日過ぎています", overOne: "1日過ぎています" };
const on = (day) => ({ ...state("2026-11-30", "2026-12-30", 14, number(day)) });

test("a mark appears two weeks before, turns on the day, and is overdue after the grace", () => {
  assert.deepEqual(on("2026-11-15"), { kind: "", left: 15 });
  assert.deepEqual(on("2026-11-16"), { kind: "care", left: 14 });
  assert.deepEqual(on("2026-12-29"), { kind: "care", left: -29 });
  assert.deepEqual(on("2026-12-30"), { kind: "stop", left: -30 });
});

test("without a grace the day itself is overdue", () => {
  assert.equal(state("2026-11-30", "2026-11-30", 14, number("2026-11-29")).kind, "care");
  assert.equal(state("2026-11-30", "2026-11-30", 14, number("2026-11-30")).kind, "stop");
});

test("the sentence counts days and knows one", () => {
  assert.deepEqual([14, 1, 0, -1, -30].map((left) => sentence(left, words)), ["あと14日", "あと1日", "あと0日", "1日過ぎています", "30日過ぎています"]);
});

test("the day is Japan's wherever the reader is", () => {
  assert.equal(today(new Date("2026-11-29T15:00:00Z")), number("2026-11-30"));
  assert.equal(today(new Date("2026-11-29T14:59:59Z")), number("2026-11-29"));
});
