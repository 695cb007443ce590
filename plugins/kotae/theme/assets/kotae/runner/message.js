/* <kotae-message>: a text to send. Its gaps become fields where the words will stand; copying waits until every
   gap holds what may go out today, and says what is missing. Values are shared by all messages of the page, in
   memory only. The page's data (#kotae-book) names the inputs and the words. */
{
  const clock = globalThis.KotaeClock, fields = globalThis.KotaeFields;
  let read = null;

  /* What has been filled in on this page. The runner sets book and round. */
  const values = globalThis.KotaeValues ??= {
    all: {}, round: "",
    get book() { return read ??= JSON.parse(document.getElementById("kotae-book").textContent); },
    set book(other) { read = other; },
    now: () => clock.minute(Date.now()),
    item(name) { return this.book.inputs[name]; },
    calendar() { const made = this.book.promises?.mail ?? Object.values(this.book.promises ?? {})[0]; return this.book.calendars[made?.calendar]; },
    trouble(name) { return fields.trouble(this.item(name), this.all[name], this.now(), this.round); },
    shown(name) { return this.trouble(name) === "old" ? "" : this.all[name]?.v ?? ""; },
    set(name, text) {
      this.all[name] = { v: text, at: this.now(), round: this.round };
      document.dispatchEvent(new CustomEvent("kotae-values", { detail: name }));
    },
    settle(name) { const had = this.all[name]; if (had?.v) { const v = fields.tidy(this.item(name), had.v, this.now(), this.book.words); if (v !== had.v) this.set(name, v); } },
    text(name) { return this.trouble(name) === "missing" ? name : this.all[name].v; },
    /* Marks a field that may not go out yet. */
    paint(field) {
      const trouble = this.trouble(field.dataset.name);
      field.toggleAttribute("data-open", Boolean(trouble));
      if (trouble && trouble !== "missing" && field.value) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
    },
    /* A field that stands in the text. */
    gap(name) {
      const field = document.createElement("input");
      Object.assign(field, { className: "gap", autocomplete: "off", placeholder: name, value: this.shown(name) });
      field.setAttribute("aria-label", name); field.dataset.name = name;
      field.inputMode = { phone: "tel", mail: "email", integer: "numeric", url: "url" }[this.item(name)?.type] ?? "";
      this.paint(field);
      field.addEventListener("input", () => this.set(name, field.value));
      field.addEventListener("change", () => this.settle(name));
      field.addEventListener("keydown", (event) => {
        if (event.isComposing || event.keyCode === 229 || event.key !== "Enter") return;
        event.preventDefault(); this.settle(name);
        const all = [...document.querySelectorAll("input.gap")].filter((each) => each.offsetParent);
        const next = all.slice(all.indexOf(field) + 1).find((each) => this.trouble(each.dataset.name));
        if (next) next.focus(); else { field.blur(); (field.closest("kotae-message")?.button ?? document.querySelector(".run-next .forward"))?.focus(); }
      });
      return field;
    },
  };
  document.addEventListener("kotae-values", ({ detail }) => {
    for (const field of document.querySelectorAll("input.gap")) if (field.dataset.name === detail) {
      if (field !== document.activeElement) field.value = values.shown(detail);
      values.paint(field);
    }
  });

  const plain = (node) => [...node.childNodes].map((n) => n.nodeType === 3 ? n.data : n.matches?.("input") ? n.value : plain(n)).join("");
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* not allowed here: the old way */ }
    const area = document.createElement("textarea"), before = document.activeElement;
    area.value = text; document.body.append(area); area.select();
    const done = document.execCommand("copy");
    area.remove(); before?.focus();
    return done;
  };
  globalThis.KotaeCopy = copy;
  const make = (tag, name, text = "") => { const made = document.createElement(tag); if (name) made.className = name; if (text) made.append(text); return made; };

  customElements.define("kotae-message", class extends HTMLElement {
    connectedCallback() {
      if (this.button) return;
      const words = values.book.words;
      this.querySelectorAll(".blank[data-name]").forEach((blank) => { if (values.item(blank.dataset.name)) blank.replaceWith(values.gap(blank.dataset.name)); });
      this.button = make("button", "button"); this.button.type = "button";
      this.label = make("span"); this.label.setAttribute("aria-live", "polite");
      this.button.append(this.label, make("kbd", "", "c"));
      this.button.addEventListener("click", () => this.copy());
      this.querySelector(".message-head").append(this.button);
      const subject = this.querySelector(".subject");
      if (subject) {
        const other = make("button", "button subject-copy", words.copy_subject);
        other.dataset.kind = "plain"; other.type = "button";
        other.addEventListener("click", async () => { if (!this.look(subject)) other.textContent = await copy(plain(subject)) ? words.copied_at.replace("#", clock.time(values.now())) : words.copy_failed; });
        subject.parentNode.append(other);
      }
      this.foot = make("div", "message-foot"); this.foot.hidden = true; this.append(this.foot);
      this.addEventListener("focusin", (event) => { if (event.target.matches(".gap")) this.offer(event.target.dataset.name); });
      this.watch = () => this.look();
      document.addEventListener("kotae-values", this.watch);
      this.look();
      const first = this.names.find((name) => values.trouble(name) && this.offers(name).length);
      if (first) this.offer(first);
    }
    disconnectedCallback() { document.removeEventListener("kotae-values", this.watch); }
    get names() { return [...new Set([...this.querySelectorAll(".gap")].map((gap) => gap.dataset.name))]; }

    /* Says on the button what is missing; returns the first trouble, or "". */
    look(within = this) {
      const words = values.book.words, gaps = [...within.querySelectorAll(".gap")], open = new Map();
      for (const gap of gaps) {
        const trouble = values.trouble(gap.dataset.name);
        if (trouble) open.set(gap.dataset.name, trouble);
        values.paint(gap);
      }
      const bad = [...open].find(([, trouble]) => trouble !== "missing" && trouble !== "old");
      this.button.setAttribute("aria-disabled", String(open.size > 0));
      if (open.size) this.button.removeAttribute("data-kind"); else this.button.dataset.kind = "main";
      if (this.told !== this.text) delete this.button.dataset.done;
      if (!("done" in this.button.dataset)) this.label.textContent = bad ? words[bad[1]].replace("#", bad[0]) : open.size ? words.missing.replace("#", open.size) : words.copy;
      return open.size ? [...open][0][0] : "";
    }
    get text() { return plain(this.querySelector(".message-text")).trim(); }
    async copy() {
      const words = values.book.words, missing = this.look();
      if (missing) { const gap = [...this.querySelectorAll(".gap")].find((each) => each.dataset.name === missing); gap?.focus(); this.offer(missing); return false; }
      const done = await copy(this.text);
      this.told = this.text; this.button.toggleAttribute("data-done", done);
      this.label.textContent = done ? words.copied_at.replace("#", clock.time(values.now())) : words.copy_failed;
      this.dispatchEvent(new CustomEvent("kotae-copied", { bubbles: true, detail: done }));
      return done;
    }
    offers(name) {
      const item = values.item(name), had = values.all[name];
      const again = values.trouble(name) === "old" && !fields.trouble({ ...item, each: false }, had, values.now()) && fields.trouble(item, { ...had, at: values.now(), round: values.round }, values.now(), values.round) === "" ? [had.v] : [];
      return [...again, ...fields.offers(item ?? {}, values.now(), values.calendar(), values.book.words)];
    }
    /* Under the text: what a press may fill in, and where the value is found. */
    offer(name) {
      const item = values.item(name), chips = this.offers(name).map((text) => {
        const chip = make("button", "chip", text); chip.type = "button";
        chip.addEventListener("click", () => {
          values.set(name, text); values.settle(name);
          const open = [...this.querySelectorAll(".gap")].find((gap) => values.trouble(gap.dataset.name));
          (open ?? this.button).focus();
        });
        return chip;
      });
      const hint = [item?.where, item?.example && values.book.words.example.replace("#", item.example)].filter(Boolean).join(values.book.words.comma);
      this.foot.replaceChildren(make("span", "quiet", name), ...chips, ...(hint && !chips.length ? [make("span", "hint", hint)] : []));
      this.foot.hidden = false;
    }
  });

  /* <kotae-values>: the fields of this case beside the list; every text of the page takes them. */
  customElements.define("kotae-values", class extends HTMLElement {
    connectedCallback() {
      const names = [...document.querySelectorAll("kotae-message .gap, kotae-message .blank[data-name]")].map((each) => each.dataset.name);
      const often = [...new Set(names)].filter((name) => values.item(name) && names.filter((each) => each === name).length > 1).slice(0, 6);
      this.querySelector(".fields").replaceChildren(...often.map((name) => {
        const label = make("label", "field"), gap = values.gap(name);
        gap.className = "gap input"; gap.removeAttribute("aria-label"); gap.placeholder = values.item(name).example ? values.book.words.example.replace("#", values.item(name).example) : "";
        label.append(make("span", "", name), gap);
        return label;
      }));
      this.hidden = !often.length;
    }
  });
}
