/* <kotae-tray data-words data-root>: 進行中の対応. All runs of this device with what is waited for and the time
   left; stands on every page of the handbook, closed to one line unless data-form="card". */
{
  const clock = globalThis.KotaeClock, runs = globalThis.KotaeRuns;
  const make = (tag, name, ...kids) => { const made = document.createElement(tag); if (name) made.className = name; made.append(...kids); return made; };

  /* {told, until, kind, soon}: what one run waits for, in words. */
  const told = (run, now, words) => {
    const wait = run.wait ?? { kind: "none", due: null }, says = (words[`wait_${wait.kind}`] ?? "").replace("#", wait.who ?? "");
    if (!wait.due) return { says, left: "", until: "", kind: "", due: Infinity };
    const rest = clock.left({ unit: wait.unit }, wait.calendar, now, wait.due), over = rest < 0;
    return {
      says, due: wait.due, kind: over || rest < 30 ? "care" : "",
      left: (over ? words.over : words.left).replace("#", clock.span(rest, words)),
      until: words.until_when.replace("#", clock.when(wait.due, now, words)),
    };
  };

  if (globalThis.customElements) customElements.define("kotae-tray", class extends HTMLElement {
    connectedCallback() {
      this.words = JSON.parse(this.dataset.words);
      this.look();
      this.timer = setInterval(() => this.look(), 20_000);
      this.again = () => this.look();
      addEventListener("storage", this.again); document.addEventListener("kotae-runs", this.again);
    }
    disconnectedCallback() { clearInterval(this.timer); removeEventListener("storage", this.again); document.removeEventListener("kotae-runs", this.again); }
    look() {
      const words = this.words, now = clock.minute(Date.now()), here = document.body.dataset.run ?? "";
      let found = [];
      try { found = runs.list(localStorage, Date.now()).filter((run) => run.id !== here); } catch { /* storage is shut */ }
      const rows = found.map((run) => ({ run, ...told(run, now, words) })).sort((a, b) => a.due - b.due);
      const list = this.querySelector(".tray"), key = JSON.stringify(rows.map(({ run, ...said }) => [run.id, said]));
      this.hidden = !rows.length;
      if (key === this.key || this.contains(document.activeElement) && this.key && rows.length === this.rows) return;
      this.key = key; this.rows = rows.length;
      list.replaceChildren(...rows.map((row) => this.row(row)));
      const line = this.querySelector("[data-line]"), count = this.querySelector("[data-count]");
      if (line && rows[0]) line.textContent = words.line.replace("{n}", rows.length).replace("{title}", rows[0].run.title).replace("{left}", rows[0].left || rows[0].says);
      if (count) count.textContent = words.count.replace("#", rows.length);
    }
    row({ run, says, left, until, kind }) {
      const words = this.words, href = new URL(`${this.dataset.root}${run.href}#resume=${run.id}`, document.baseURI).href;
      const name = make("a", "", run.title); name.href = href;
      const again = make("a", "button", words.resume); again.href = href; again.setAttribute("aria-label", words.resume_named.replace("#", run.title));
      const drop = make("button", "button", words.discard); drop.type = "button"; drop.dataset.kind = "plain"; drop.setAttribute("aria-label", words.discard_named.replace("#", run.title));
      drop.addEventListener("click", () => { runs.remove(localStorage, run.id); this.key = ""; drop.blur(); this.look(); });
      const time = make("span", "left", left, make("small", "", until)); if (kind) time.dataset.kind = kind;
      return make("li", "", make("div", "what", name), make("div", "wait", [says, run.ticket].filter(Boolean).join(words.dot)), make("div", "go", time, drop, again));
    }
  });
  if (typeof module !== "undefined") module.exports = { told };
}
