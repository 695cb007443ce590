// Searches in vain are counted without knowing who searched, and only where the site asked for it.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const copy = join(mkdtempSync(join(tmpdir(), "kotae-")), "events.cjs");
cpSync(new URL("../../plugins/kotae/theme/assets/kotae/kotae-events.js", import.meta.url), copy);
const { searched, settled, at } = createRequire(import.meta.url)(copy);
const noon = new Date(2026, 10, 22, 12, 0);

test("an event says what was typed, where, why and on which day, and nothing else", () => {
  assert.deepEqual(searched(" お金  もどして ", "none", "/", noon),
    { event: "search", page: "/", query: "お金 もどして", reason: "none", day: "2026-11-22" });
});

test("what looks like a person is never told", () => {
  for (const text of ["taro@example.jp", "03-0000-0000", "4111 1111 1111 1111", "a", "あ".repeat(61)]) {
    assert.equal(searched(text, "none", "/", noon), null);
  }
});

test("of words that grew out of each other only the last counts", () => {
  const events = ["年末", "年末調整", "在庫"].map((query) => ({ query }));
  assert.deepEqual(events.reduce(settled, []).map((event) => event.query), ["年末調整", "在庫"]);
});

test("without an address nothing is kept and nothing is sent", () => {
  const sent = [];
  const counter = at("", (event) => sent.push(event));
  counter.miss("年末調整", "none", "/", noon);
  assert.equal(counter.waiting.length, 0);
  counter.flush();
  assert.deepEqual(sent, []);
});

test("a miss is sent once, and not at all when a result was opened after it", () => {
  const sent = [];
  const counter = at("/count", (event) => sent.push(event.query));
  counter.miss("年末", "none", "/", noon);
  counter.miss("領収", "abandoned", "/", noon);
  counter.found("領収書");
  counter.flush();
  counter.miss("年末", "none", "/", noon);
  counter.flush();
  assert.deepEqual(sent, ["年末"]);
});
