/* KotaeRuns: runs on this device, seven days long, each with the playbook it began with. Names, addresses and
   free text are taken out before anything is stored or put into a link. */
{
  const fields = () => globalThis.KotaeFields ?? require("./fields.js");   // only where runs are written
  const RUN = "kotae-run:", BOOK = "kotae-book:", DAYS = 7 * 86_400_000;

  const read = (store, key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const keys = (store, start) => { try { return Array.from({ length: store.length }, (_, i) => store.key(i)).filter((key) => key?.startsWith(start)); } catch { return []; } };
  const bare = (book, values) => Object.fromEntries(Object.entries(values ?? {}).filter(([name, value]) => fields().kept(book.inputs[name]) && value?.v));

  /* All runs, newest first; what is older than a week goes, and the books nobody needs any more. */
  const list = (store, now) => {
    const found = [];
    for (const key of keys(store, RUN)) {
      const run = read(store, key);
      if (run?.v === 1 && now - run.updated < DAYS && run.updated <= now + DAYS) found.push(run); else remove(store, key.slice(RUN.length));
    }
    const needed = new Set(found.map((run) => `${BOOK}${run.book}:${run.sha}`));
    for (const key of keys(store, BOOK)) if (!needed.has(key)) try { store.removeItem(key); } catch { /* shut */ }
    return found.sort((a, b) => b.updated - a.updated);
  };
  const get = (store, id) => read(store, RUN + id);
  const save = (store, run, book, now) => {
    const kept = { ...run, v: 1, values: bare(book, run.values), updated: now };
    const { byId, ...plain } = book;
    try {
      const key = `${BOOK}${book.id}:${book.sha}`;
      if (!store.getItem(key)) store.setItem(key, JSON.stringify(plain));
      store.setItem(RUN + run.id, JSON.stringify(kept));
      return true;
    } catch { return false; }
  };
  const remove = (store, id) => { try { store.removeItem(RUN + id); } catch { /* shut */ } };
  const version = (store, run) => read(store, `${BOOK}${run.book}:${run.sha}`);

  /* この続きを渡す: what a link carries. Letters of any script survive, the server never sees a fragment. */
  const encode = (book, run, at) => {
    const carried = { v: 1, b: book.sha, i: Math.round(run.intake), c: run.channel, p: run.picks, a: at, m: run.marks, d: bare(book, run.values) };
    const bytes = unescape(encodeURIComponent(JSON.stringify(carried)));
    return base64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const decode = (text) => {
    try {
      const carried = JSON.parse(decodeURIComponent(escape(unbase64(text.replace(/-/g, "+").replace(/_/g, "/")))));
      return carried?.v === 1 && Array.isArray(carried.p) && Number.isFinite(carried.i) && typeof carried.a === "string" ? carried : null;
    } catch { return null; }
  };
  const base64 = (bytes) => globalThis.btoa ? btoa(bytes) : Buffer.from(bytes, "latin1").toString("base64");
  const unbase64 = (text) => globalThis.atob ? atob(text) : Buffer.from(text, "base64").toString("latin1");

  const api = { list, get, save, remove, version, encode, decode, bare };
  globalThis.KotaeRuns = api;
  if (typeof module !== "undefined") module.exports = api;
}
