/* <kotae-tried data-read="title">: remembers, in this tab only, what the reader has already tried, so that
   the contact page can fill in 試したこと. Nothing is sent; closing the tab forgets it. */
{
  const KEY = "kotae-tried", MOST = 6;
  /* The newest last, nothing twice, a search swallowed by the longer search that followed it. */
  const add = (list, kind, text) => [...list.filter((entry) => entry.kind !== kind || !(entry.text === text || (kind === "search" && text.startsWith(entry.text)))), { kind, text }].slice(-MOST);

  globalThis.KotaeTried = {
    list() { try { return JSON.parse(sessionStorage.getItem(KEY)) ?? []; } catch { return []; } },
    note(kind, text) { try { sessionStorage.setItem(KEY, JSON.stringify(add(this.list(), kind, text))); } catch { /* storage is shut */ } },
  };
  if (globalThis.customElements) customElements.define("kotae-tried", class extends HTMLElement {
    connectedCallback() { KotaeTried.note("read", this.dataset.read); }
  });
  if (typeof module !== "undefined") module.exports = { add };
}
