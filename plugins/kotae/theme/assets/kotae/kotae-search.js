/* <kotae-search data-index data-engine>: rows open under the field from the second character on; the last
   row is always a person. Arrow keys walk from the field through the rows and back, Escape empties the field,
   Enter during conversion only commits the text. Without this script the field is a form that leads to the
   results page. The words and the shape of a row come from the page.

   The engine (assets/kotae/search/) is loaded when the field is first touched:
     KotaeSearch.open(index) -> Promise<engine>,  engine.query(text, limit, {topic}) -> Promise<results>, best first
   On the results page quiet chips narrow what was found: kind, topic, plan; for agents channel, role and state.
   With data-events a search in vain is counted there (kotae-events.js); without it nothing is.
   A result: title, asked, askedParts [{text, hit}], answer, type "faq|playbook|page", topic, lang,
   sure (false: close, but not an answer), href relative to the folder that holds the index folder;
   also, if the engine has them: tags [{label, kind}], facets [[kind, label]]. */
{
  const LEAST = 2, ROWS = 6, ROWS_ON_PAGE = 20, NARROWED = 40;

  const long = (text) => [...text.trim()].length;
  const composing = (event) => event.isComposing || event.keyCode === 229;   // Safari says 229 for the Enter that commits
  /* The words of an address that failed: /billing/refund-when/ -> "billing refund when". */
  const words = (path) => {
    let readable = path;
    try { readable = decodeURIComponent(path); } catch { /* broken escapes: as it stands */ }
    return readable.split(/[/\-_.\s]+/).filter((word) => word && !["index", "html", "a", "en", "404"].includes(word.toLowerCase())).slice(-4).join(" ");
  };

  /* With a customer on the line the way to act comes before the answer to read out, if it fits about as well. */
  const actFirst = (found) => {
    const at = found.findIndex((result) => result.type === "playbook" && result.sure !== false && !(result.score < found[0].score - 0.2));
    return at > 0 ? [found[at], ...found.slice(0, at), ...found.slice(at + 1)] : found;
  };

  /* What a list of results can be narrowed by: [[kind, value]], only where it tells results apart. */
  const values = (result) => [["type", result.type], ["topic", result.topic], ...(result.facets ?? [])].filter(([, value]) => value);
  const filters = (found) => {
    const counted = new Map();
    for (const result of found) for (const pair of new Set(values(result).map((pair) => pair.join(" ")))) counted.set(pair, (counted.get(pair) ?? 0) + 1);
    const useful = [...counted].filter(([, count]) => count > 1 && count < found.length).map(([pair]) => [pair.slice(0, pair.indexOf(" ")), pair.slice(pair.indexOf(" ") + 1)]);
    return found.length < 4 ? [] : useful;
  };
  /* Within one kind any chosen value will do, of several kinds each must fit. */
  const narrowed = (found, chosen) => found.filter((result) => [...new Set(chosen.map(([kind]) => kind))].every((kind) =>
    chosen.some(([other, value]) => other === kind && values(result).some(([own, has]) => own === kind && has === value))));

  const engines = new Map();
  const engine = (source, index) => {
    const address = new URL(index, document.baseURI).href;
    if (!engines.has(address)) engines.set(address, new Promise((resolve, reject) => {
      const open = () => globalThis.KotaeSearch.open(address).then(resolve, reject);
      if (globalThis.KotaeSearch) return open();
      const tag = document.createElement("script");
      tag.src = source; tag.onload = open; tag.onerror = () => reject(new Error(tag.src));
      document.head.append(tag);
    }).catch((trouble) => { engines.delete(address); throw trouble; }));
    return engines.get(address);
  };
  /* From a folder (file://) a link to a folder shows a listing: there the link names the file. */
  const file = (address) => address.startsWith("file:") ? address.replace(/\/(?=[?#]|$)/, "/index.html") : address;
  const here = (index, href) => file(new URL(href, new URL("../", new URL(index, document.baseURI))).href);
  globalThis.KotaeEngine = { open: engine, address: here };

  if (globalThis.customElements) customElements.define("kotae-search", class extends HTMLElement {
    connectedCallback() {
      this.field = this.querySelector("input"); this.list = this.querySelector(".results");
      this.status = this.querySelector("[role=status]"); this.clearing = this.querySelector("[data-clear]");
      this.onPage = this.dataset.place === "page";
      this.chips = this.querySelector(".filters"); this.chosen = [];
      this.chips?.addEventListener("click", (event) => this.choose(event.target.closest("button")));
      this.counter = globalThis.KotaeEvents?.at(this.dataset.events ?? "");
      addEventListener("pagehide", () => this.count());
      if (!this.onPage) this.list.dataset.floating = "";   // rows push down what follows; the field stays where it is
      this.field.addEventListener("focus", () => { this.engine().then((found) => found.warm?.()).catch(() => {}); });
      this.field.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.look(), 50); });
      this.clearing.addEventListener("click", () => this.empty());
      this.addEventListener("keydown", (event) => this.key(event));
      this.list.addEventListener("click", (event) => { if (event.target.closest("a")) this.leave(); });
      this.querySelector("form").addEventListener("submit", (event) => this.submit(event));
      addEventListener("pageshow", () => this.resume());
      if (document.readyState === "complete") this.resume();
    }

    engine() { return engine(this.dataset.engine, this.dataset.index); }
    rows() { return [...this.list.querySelectorAll("a")].filter((row) => row.offsetParent); }
    part(name) { return this.querySelector(`template[data-part="${name}"]`)?.content.cloneNode(true); }
    get resultsPage() { return this.onPage && new URL(this.querySelector("form").action).pathname === location.pathname; }

    /* What was typed before: in the address of the results page, in this entry of the history, in the field. */
    resume() {
      if (this.shown) return;
      const kept = history.state?.kotae;
      const text = (new URLSearchParams(location.search).get("q")) || kept?.text
        || (this.dataset.source === "address" ? words(location.pathname) : "") || this.field.value;
      if (long(text) < LEAST) return;
      this.field.value = text;
      this.look().then(() => { if (kept) scrollTo({ top: kept.top }); });
    }
    leave() {
      this.counter?.found(this.field.value);
      this.last = null;
      globalThis.KotaeTried?.note("search", this.field.value.trim());
      history.replaceState({ ...history.state, kotae: { text: this.field.value, top: scrollY } }, "");
    }

    async look() {
      const text = this.field.value.trim(), turn = this.turn = (this.turn ?? 0) + 1;
      this.clearing.hidden = !this.field.value;
      if (this.resultsPage) history.replaceState(history.state, "", text ? `?q=${encodeURIComponent(text)}` : location.pathname);
      if (long(text) < LEAST) { this.shown = ""; this.list.hidden = true; if (this.chips) this.chips.hidden = true; this.status.textContent = ""; return; }
      const most = this.resultsPage ? (this.chips ? NARROWED : ROWS_ON_PAGE) : ROWS, topic = this.dataset.topic;
      let found = [], said = "";
      try {
        found = (await (await this.engine()).query(text, most, topic ? { topic } : {})).slice(0, most);
        if (this.dataset.enter === "first") found = actFirst(found);
        // The words of an address are Latin letters and say nothing of the reader's language; the page does.
        if (this.dataset.source === "address") found.sort((a, b) => (b.lang === document.documentElement.lang) - (a.lang === document.documentElement.lang));
      } catch { said = this.dataset.failed; }
      if (turn !== this.turn) return;   // more was typed meanwhile
      if (!said) this.last = { text, reason: found.some((result) => result.sure !== false) ? "abandoned" : "none" };
      if (this.chips && this.resultsPage) { this.found = found; this.offer(found); found = narrowed(found, this.chosen).slice(0, ROWS_ON_PAGE); }
      this.show(text, found, said);
    }

    /* Chips for what tells these results apart; a chosen one that no longer does lets go. */
    offer(found) {
      const offered = filters(found), names = (key) => new Map((this.chips.dataset[key] ?? "").split("|").map((pair) => pair.split("=")));
      const labels = { topic: names("topics"), state: names("states") };
      this.chosen = this.chosen.filter((one) => offered.some((other) => other.join(" ") === one.join(" ")));
      this.chips.replaceChildren(...offered.flatMap(([kind, value]) => {
        const label = kind === "type" ? this.part(value)?.textContent.trim() : labels[kind] ? labels[kind].get(value) : value;
        if (!label) return [];
        const made = this.part("filter"), button = made.querySelector("button");
        button.textContent = label; button.value = value; button.name = kind;
        button.setAttribute("aria-pressed", this.chosen.some(([k, v]) => k === kind && v === value));
        return [made];
      }));
      this.chips.hidden = !this.chips.children.length;
    }
    choose(button) {
      if (!button) return;
      const pressed = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", !pressed);
      this.chosen = pressed ? this.chosen.filter(([kind, value]) => kind !== button.name || value !== button.value) : [...this.chosen, [button.name, button.value]];
      this.show(this.field.value.trim(), narrowed(this.found, this.chosen).slice(0, ROWS_ON_PAGE), "");
    }
    /* Leaving without having opened anything: what was typed last was a search in vain. */
    count() {
      if (this.last) this.counter?.miss(this.last.text, this.last.reason);
      this.last = null;
      this.counter?.flush();
    }

    show(text, found, said) {
      const sure = found.filter((result) => result.sure !== false), near = found.filter((result) => result.sure === false), rows = [];
      sure.forEach((result, at) => rows.push(this.row(result, at === 0)));
      if (!sure.length && !said) {
        const none = this.part("none"), title = none.querySelector(".row-title"); title.textContent = title.textContent.replace("#", text);
        if (near.length) none.querySelector(".quiet").remove();
        rows.push(none);
      }
      if (near.length) rows.push(this.part("near"), ...near.map((result) => this.row(result)));
      if (said) { const trouble = this.part("near"); trouble.querySelector("p").textContent = said; rows.push(trouble); }
      this.list.replaceChildren(...rows, this.part("person"));
      this.list.hidden = false;
      this.shown = text;
      this.status.textContent = said || (sure.length ? this.dataset.count.replace("#", sure.length) : this.dataset.none);
    }

    row(result, first) {
      const row = this.part("row"), link = row.querySelector("a"), at = (name) => row.querySelector(`.${name}`);
      link.href = here(this.dataset.index, result.href);
      if (result.lang && result.lang !== document.documentElement.lang) link.lang = link.hreflang = result.lang;
      if (first && this.dataset.enter === "first") link.dataset.active = "";
      at("row-title").textContent = result.title;
      at("short").textContent = result.answer ?? "";
      const asked = at("asked"), [before, after] = this.dataset.quote.split("#");
      if (result.askedParts?.length && result.asked !== result.title) asked.append(before, ...result.askedParts.map((part) => {
        if (!part.hit) return part.text;
        const hit = document.createElement("b"); hit.textContent = part.text; return hit;
      }), after);
      const meta = at("meta"), type = this.part(result.type);
      if (type) meta.append(type);
      for (const tag of (type && result.tags) || []) {
        const made = this.part("tag"), span = made.querySelector("span");
        span.textContent = tag.label; if (tag.kind) span.dataset.kind = tag.kind;
        meta.append(made);
      }
      for (const name of ["meta", "asked", "short"]) if (!at(name).hasChildNodes() || !at(name).textContent) at(name).remove();
      return row;
    }

    key(event) {
      if (composing(event)) return;
      const rows = this.rows(), at = rows.indexOf(document.activeElement);
      if (event.key === "ArrowDown" && rows[at + 1]) { event.preventDefault(); rows[at + 1].focus(); }
      if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (rows[at - 1] ?? this.field).focus(); }
      if (event.key === "Escape") this.empty();
      if (event.key === "Enter" && event.target === this.field && this.dataset.enter === "first" && this.shown === this.field.value.trim()) {
        const first = this.list.querySelector("a[data-active]");
        if (first) { event.preventDefault(); first.click(); }
      }
    }
    submit(event) {
      if (!this.field.value.trim()) return event.preventDefault();
      this.leave();
      if (this.resultsPage) { event.preventDefault(); this.look(); this.field.blur(); }
    }
    empty() { this.field.value = ""; this.look(); this.field.focus(); }
  });
  if (typeof module !== "undefined") module.exports = { words, long, actFirst, file, filters, narrowed };
}
