/* <kotae-runner>: the playbook one step at a time (一歩ずつ), beside the list that the page is without it.
   Everything on screen is made from the page's data; where the run may go is KotaeFlow's, what it says KotaeRecord's. */
{
  const clock = globalThis.KotaeClock, flow = globalThis.KotaeFlow, fields = globalThis.KotaeFields, runs = globalThis.KotaeRuns, record = globalThis.KotaeRecord, values = globalThis.KotaeValues;
  const add = (made, kids) => { for (const kid of kids.flat(9)) if (kid) made.append(kid); return made; };
  const el = (tag, set = {}, ...kids) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(set)) {
      if (value === false || value === undefined || value === null) continue;
      if (name === "on") for (const [type, act] of Object.entries(value)) made.addEventListener(type, act);
      else made.setAttribute(name, value === true ? "" : value);
    }
    return add(made, kids);
  };
  const icon = (name) => document.getElementById("kotae-icons")?.content.querySelector(`[data-icon="${name}"]`)?.firstElementChild?.cloneNode(true) ?? "";
  const store = () => { try { return localStorage; } catch { return null; } };
  const GAP = /(\{\{[^{}\n]+\}\})/;

  customElements.define("kotae-runner", class extends HTMLElement {
    connectedCallback() {
      this.page = values.book; this.list = document.getElementById("kotae-list");
      this.switch = document.querySelector("[data-views]"); this.switch.hidden = false;
      this.switch.addEventListener("click", (event) => { const view = event.target.closest("[data-view]")?.dataset.view; if (view) { this.remember(view); this.show(view); } });
      document.addEventListener("keydown", (event) => this.key(event));
      document.addEventListener("kotae-values", () => { if (this.run && !this.hidden) { this.keep(); this.look(); } });
      this.addEventListener("kotae-checks", () => this.look());
      document.querySelectorAll("[data-print]").forEach((each) => each.addEventListener("click", () => print()));
      addEventListener("hashchange", () => this.arrive());
      setInterval(() => this.clocks(), 1000);
      this.arrive();
    }
    get w() { return this.book.words; }
    get now() { return values.now(); }
    get node() { return flow.node(this.book, this.state.at); }

    /* ── Which view, which run ── */
    remember(view) { try { localStorage.setItem("kotae-view", view); } catch { /* for this page only */ } }
    arrive() {
      const [what, told] = location.hash.slice(1).split("=");
      if (what === "resume") return this.resume(told);
      if (what === "run") return this.receive(told);
      if (what) return this.run ? null : this.show("list");
      const before = history.state?.kotaeRun;
      if (before?.id && store() && runs.get(store(), before.id)) return this.resume(before.id);
      let view = "";
      try { view = localStorage.getItem("kotae-view") ?? ""; } catch { /* shut */ }
      this.show(view || (this.page.first ? "steps" : "list"));
    }
    show(view) {
      const steps = view === "steps";
      if (steps && !this.run) this.start(this.page, { intake: history.state?.kotaeRun?.intake });
      this.hidden = !steps; this.list.hidden = steps;
      if (steps) document.body.dataset.run = this.run.id; else delete document.body.dataset.run;
      values.round = steps ? this.round : "";
      for (const each of document.querySelectorAll("[data-view]")) each.setAttribute("aria-pressed", String(each.dataset.view === view));
      document.dispatchEvent(new Event("kotae-runs"));
      if (steps) this.draw();
    }
    start(book, given = {}) {
      this.book = values.book = book; this.practice = null; this.notice = given.notice ?? ""; this.panel = "";
      this.run = { id: crypto.getRandomValues(new Uint32Array(2)).join("-"), book: book.id, title: book.title, href: this.page.href, sha: book.sha, lang: book.lang,
        intake: this.now, channel: book.channels[0] ?? "mail", picks: [], marks: [], entered: {}, ...Object.fromEntries(Object.entries(given).filter(([k, v]) => k !== "notice" && v !== undefined)) };
      this.run.values = values.all = { ...values.all, ...(given.values ?? {}) };
      this.state = flow.replay(book, this.run.picks);
      this.run.picks = flow.picks(this.state); this.saved = false;
      history.replaceState({ ...history.state, kotaeRun: { id: this.run.id, intake: this.run.intake } }, "", location.pathname + location.search);
    }
    resume(id) {
      const kept = store() && runs.get(store(), id);
      if (!kept || kept.book !== this.page.id) { history.replaceState(null, "", location.pathname); return this.show("list"); }
      const old = kept.sha !== this.page.sha && runs.version(store(), kept), book = kept.sha === this.page.sha ? this.page : old || this.page;
      const notice = kept.sha === this.page.sha ? "" : old ? book.words.old_version.replace("#", book.version) : book.words.lost_version;
      values.all = {};
      this.start(book, { ...kept, sha: book.sha, notice });
      this.saved = true;
      this.show("steps");
    }
    receive(text) {
      const told = runs.decode(text);
      if (!told) return this.show("list");
      this.start(this.page, { intake: told.i, channel: told.c, picks: told.p, marks: told.m ?? [], values: told.d ?? {}, notice: this.page.words.received });
      if (told.b !== this.page.sha) this.notice = this.page.words.received_other;
      if (this.state.at !== told.a && flow.node(this.page, told.a)) { this.state = { at: told.a, stack: [], moves: [], call: null }; this.run.picks = []; this.run.jumped = told.a; }
      this.keep(); this.show("steps");
    }
    /* Into the tray, without names; a practice leaves nothing. */
    keep() {
      if (this.practice || !store()) return;
      const wait = record.waiting(this.book, this.run, this.state, this.now), { due = null, kind, who } = wait, unit = wait.limit?.unit;
      const ticket = Object.entries(this.run.values).find(([name, value]) => { const item = this.book.inputs[name]; return item?.type === "code" && item.intake && value?.v; })?.[1].v;
      const short = { kind, who, due, unit, calendar: unit === "business_hour" ? wait.calendar : undefined };
      this.saved = runs.save(store(), { ...this.run, wait: short, ticket }, this.book, Date.now());
      document.dispatchEvent(new Event("kotae-runs"));
    }
    get round() { return `${this.state.at}#${this.run.picks.length}`; }

    /* ── Moves ── */
    mark(kind, title) { this.run.marks.push({ kind, node: this.state.at, step: this.run.picks.length, at: this.now, title }); }
    take(pick) {
      const way = flow.options(this.book, this.state).find((each) => each.pick === pick);
      if (!way || this.held()) return this.say(this.held());
      if (this.practice && typeof pick === "number") {
        const wanted = this.practice.left[0];
        if (wanted !== undefined && !flow.same(way.answer, wanted)) return this.say(this.w.practice_other.replace("#", wanted));
        this.practice.left.shift();
      }
      if (this.node.irreversible) this.mark("done", this.node.title);
      this.state = flow.take(this.book, this.state, pick);
      this.settled();
    }
    back(to = this.run.picks.length - 1) {
      if (to < 0) return;
      this.state = flow.replay(this.book, this.run.picks.slice(0, to));
      this.settled();
    }
    settled() {
      const before = this.run.picks.length;
      this.run.picks = flow.picks(this.state);
      if (this.run.picks.length > before) this.run.entered[this.run.picks.length] = this.now;
      values.round = this.round; this.panel = ""; this.notice = "";
      this.keep(); this.draw();
    }
    /* What still holds the way on, in words; "" when nothing does. */
    held() {
      if (!this.node?.irreversible) return "";
      const left = this.querySelector("kotae-checks")?.left ?? 0;
      const open = [...new Set([...this.querySelectorAll("kotae-checks .gap")].map((gap) => gap.dataset.name))].find((name) => values.trouble(name));
      return open ? this.w.fill_in.replace("#", open) : left ? this.w.confirm_left.replace("#", left) : "";
    }
    /* The way on: {label, small, act} or {label} while it is shut. */
    forward() {
      const node = this.node, w = this.w, ways = flow.options(this.book, this.state), next = ways.find((way) => way.pick === "n" || way.pick === "t");
      const title = (id) => flow.node(this.book, id)?.title ?? "";
      if (!ways.length) return { label: this.practice ? w.practice_end : w.close, act: () => this.close(), main: true };
      if (next?.pick === "t") return { label: w.begin_together, small: title(next.to), act: () => this.take("t") };
      if (this.held()) return { label: this.held() };
      const hand = node.kind === "escalation" && !record.handed(this.run, node), sent = !node.messages || record.sentHere(this.run, node);
      if (hand) return { label: node.asks ? w.handed_wait.replace("#", this.whoText()) : w.handed_go, small: next && w.next_named.replace("#", title(next.to)), act: () => this.done("handed", this.whoText()), main: true };
      if (!sent && node.kind !== "escalation") { const text = this.message(); return { label: w[`sent_${text.channel}`] ?? w.sent_mail, small: node.asks ? node.question : next && w.next_named.replace("#", title(next.to)), act: () => this.done("sent", text.title) }; }
      if (!next) return { label: w.choose_answer };
      return { label: node.irreversible ? w.did_it : w.done_it, small: w.next_named.replace("#", title(next.to)), act: () => this.take("n"), main: true };
    }
    done(kind, title) {
      if (kind === "sent" && this.message().channel in this.book.promises && !record.firstSent(this.book, this.run)) this.run.channel = this.message().channel;
      this.mark(kind, title);
      if (flow.options(this.book, this.state).some((way) => way.pick === "n")) this.take("n"); else { this.keep(); this.draw(); }
    }
    close() {
      if (!this.practice && store()) runs.remove(store(), this.run.id);
      this.run = null; values.all = {}; values.book = this.page; this.saved = false;
      history.replaceState(null, "", location.pathname);
      this.show("list");
      this.list.querySelector("h1")?.focus();
    }
    whoText() { return (this.node.roles ?? []).map((role) => role.name).join(this.w.list) || this.node.title; }
    message() {
      const all = this.node.messages ?? [], own = `${this.round}`;
      if (this.picked?.round === own) return all[this.picked.at] ?? all[0];
      return all.find((each) => each.channel === this.run.channel) ?? all[0];
    }
    turn() {
      const all = this.node.messages ?? [];
      if (all.length < 2) return;
      this.picked = { round: this.round, at: (all.indexOf(this.message()) + 1) % all.length };
      this.draw(".message-head .button");
    }

    /* ── Drawing ── */
    draw(focus = "h1") {
      if (this.hidden) return;
      const node = this.node;
      this.classList.add("run");
      this.replaceChildren(this.top(), el("div", { class: "run-body", "data-focus": node?.irreversible }, this.trail(), this.step(), this.margin(), this.tools()), this.foot());
      this.clocks(); this.look();
      this.querySelector(`.run-step ${focus}`)?.focus({ preventScroll: true });
      if (focus === "h1") scrollTo(0, 0);
    }
    top() {
      const run = this.run, w = this.w;
      return el("header", { class: "run-top" }, el("div", {},
        el("div", { class: "run-name" }, el("a", { href: this.dataset.home, "aria-label": w.to_handbook }, icon("book")), el("b", {}, this.book.title)),
        el("div", { class: "clocks" }, this.practice && el("span", { class: "clock" }, el("b", {}, w.practice)),
          !record.firstSent(this.book, run) && el("span", { class: "clock", "data-intake": "" }, w.intake, " ", el("b", {}, clock.time(run.intake)), el("button", { type: "button", on: { click: () => this.correct() } }, w.correct)),
          el("span", { class: "clock", "data-clock": "first", hidden: true }), el("span", { class: "clock", "data-clock": "next", hidden: true })),
        el("p", { class: "vh", role: "status" })));
    }
    correct() {
      const place = this.querySelector("[data-intake]"), field = el("input", { class: "gap", "aria-label": this.w.intake_label, value: clock.time(this.run.intake) });
      const end = (keep) => {
        const at = keep ? fields.readTime(field.value) : null;
        if (at !== null) { const day = clock.dayOf(this.now) * clock.DAY + at; this.run.intake = day > this.now ? day - clock.DAY : day; this.keep(); history.replaceState({ ...history.state, kotaeRun: { id: this.run.id, intake: this.run.intake } }, ""); }
        this.draw();
      };
      field.addEventListener("keydown", (event) => { if (!event.isComposing && ["Enter", "Escape"].includes(event.key)) { event.preventDefault(); end(event.key === "Enter"); } });
      place.replaceChildren(this.w.intake, field); field.select();
    }
    clocks() {
      if (this.hidden || !this.run || !this.node) return;
      const { book, run, w, now } = this, one = record.first(book, run), wait = record.waiting(book, run, this.state, now);
      const put = (name, done, ...parts) => { const at = this.querySelector(`[data-clock=${name}]`); if (!at) return; at.hidden = !parts.length; const key = JSON.stringify(parts); if (at.dataset.key === key) return; at.dataset.key = key; at.dataset.state = done; at.replaceChildren(icon(done === "done" ? "check" : "clock"), el("span", {}, parts[0], " ", el("b", {}, parts[1] ?? ""), parts[2] ?? "")); };
      const until = (each) => { const rest = clock.left(each.limit, each.calendar, now, each.due); return [clock.span(rest, w), w.in_brackets.replace("#", clock.when(each.due, now, w)), rest < 0]; };
      if (!one) put("first", "");
      else if (one.sent !== null) put("first", "done", w.first_reply, clock.span(one.sent - run.intake, w), w.promised.replace("#", record.short(one.limit)));
      else if (one.due === null) put("first", "", w.first_reply, one.limit.text);
      else { const [left, at, over] = until(one); put("first", over ? "care" : "", over ? w.first_over : w.first_until, left, at); }
      if (!wait.due || wait.kind === "first") put("next", "");
      else { const [left, at, over] = until(wait), label = { told: w.told_until, resolve: w.resolve_until, team: w.team_until.replace("#", wait.who ?? ""), customer: w.customer_until }[wait.kind] ?? w.step_until; put("next", over ? "care" : "", label, over ? w.over.replace("#", left) : left, at); }
    }
    trail() {
      const w = this.w, book = this.book, items = this.state.moves.map((move, at) => {
        const node = flow.node(book, move.at), mark = this.run.marks.find((each) => each.step === at && each.node === move.at);
        const told = mark ? w[`at_${mark.kind}`].replace("#", clock.time(mark.at)) : typeof move.pick === "number" ? node.branches[move.pick].answer : "";
        return el("li", {}, el("a", { href: `#${move.at}`, on: { click: (event) => { event.preventDefault(); this.back(at); } } }, icon("check"), node.title, told && el("small", {}, told)));
      });
      const here = this.node ? el("li", { "aria-current": "step" }, el("b", {}, this.node.title)) : null;
      return el("kotae-trail", {}, el("nav", { "aria-label": w.path }, el("ol", { class: "trail" }, items, here)));
    }
    inline(pieces) {
      return pieces.map((piece) => typeof piece === "string" ? piece : piece.a ? el("a", { href: piece.a }, piece.t) : values.item(piece.g) ? values.gap(piece.g) : piece.g);
    }
    note(kind, text, ...more) { return el("div", { class: "note", "data-kind": kind }, icon(kind === "stop" ? "stop" : "info"), ...[text].flat().filter(Boolean).map((line) => el("p", {}, line)), more); }
    step() {
      const node = this.node, w = this.w, first = !this.run.picks.length && !this.run.jumped;
      const made = el("div", { class: "run-step" });
      if (this.notice) add(made, [this.note("", this.notice, this.book !== this.page && el("p", {}, el("button", { class: "button", type: "button", on: { click: () => { const { intake } = this.run; runs.remove(store(), this.run.id); this.run = null; this.start(this.page, { intake }); this.show("steps"); } } }, w.begin_new)))]);
      if (first && this.book.stale) add(made, [this.note("care", this.book.stale)]);
      if (this.panel) add(made, [this.drawPanel()]);
      for (const [title, ...lines] of [...(first ? this.book.stops : []), ...(node?.stops ?? []).filter((stop) => !(first && this.book.stops.some((each) => each[0] === stop[0])))])
        add(made, [el("div", { class: "note", "data-kind": "stop" }, icon("stop"), el("b", {}, title), lines.map((line) => el("p", {}, this.inline(line))))]);
      if (this.practice) add(made, [this.note("", [w.practice_case.replace("#", this.practice.name), this.practice.left.length && node?.asks ? w.practice_customer.replace("#", this.practice.left[0]) : ""])]);
      if (this.state.call) add(made, [this.note("", w.call_first, el("p", {}, el("a", { class: "button", href: this.state.call.href, target: "_blank" }, this.state.call.title)))]);
      if (!node) return add(made, [el("h1", { tabindex: "-1" }, w.goes_on.replace("#", this.state.call?.title ?? ""))]);
      if (node.irreversible) return add(made, [this.noReturn(node)]);
      add(made, [el("h1", { tabindex: "-1" }, node.title), node.kind === "escalation" ? this.hand(node) : this.facts(node), this.text(node), this.actions(node), node.kind === "outcome" ? this.outcome(node) : null]);
      if (node.ticks && node.kind !== "outcome") add(made, [el("kotae-checks", {}, node.ticks.map((line) => this.tick(line)))]);
      if (node.messages) add(made, [this.messageBox()]);
      return add(made, [this.together(node), this.choices(node)]);
    }
    facts(node) {
      const w = this.w, promise = record.promise(this.book, this.run), times = flow.visits(this.state);
      const rows = [[w.role, (node.roles ?? []).map((role) => role.name).join(w.list)], node.first && promise.first ? [w.promise, promise.first.text] : [w.limit, node.within?.text], [w.permission, (node.permission ?? []).join(w.list)],
        [w.round, node.most && w.round_of.replace("{n}", times).replace("{most}", node.most)]].filter(([, told]) => told);
      return rows.length && el("dl", { class: "facts" }, rows.map(([label, told]) => el("div", {}, el("dt", {}, label), el("dd", {}, told))));
    }
    text(node) { return [(node.text ?? []).map((line) => el("p", {}, this.inline(line))), node.more && el("p", {}, el("a", { href: `#${node.id}`, on: { click: () => this.show("list") } }, this.w.see_list))]; }
    actions(node) { return node.actions && el("ol", {}, node.actions.map((line) => el("li", {}, this.inline(line)))); }
    tick(line, extra = null) { return el("label", { class: "tick" }, el("input", { type: "checkbox" }), el("span", {}, this.inline(line), extra)); }
    noReturn(node) {
      const w = this.w, rows = (node.ticks ?? []).map((line) => {
        const gap = line.find((piece) => piece.g)?.g, plain = line.map((piece) => piece.g ?? piece.t ?? piece).join("");
        const name = gap ?? Object.keys(this.book.inputs).find((each) => plain.includes(each));
        const known = name && !values.trouble(name), digits = !["text", "long", "name", "address"].includes(values.item(name)?.type);
        const words = gap ? line.map((piece) => piece.g !== gap ? piece : plain.split(gap).length > 2 ? "" : gap) : line;
        return el("li", {}, this.tick(known || gap ? words : line, known ? el("span", { class: "value", "data-kind": digits ? false : "words" }, values.all[name].v) : null), !known && gap && el("div", { class: "value-gap" }, values.gap(gap)));
      });
      return el("div", { class: "noreturn" }, el("p", { class: "mark" }, icon("stop"), w.no_return), el("h1", { tabindex: "-1" }, node.title), this.facts(node), this.text(node), el("kotae-checks", {}, el("ul", { class: "compare" }, rows)), this.actions(node), node.messages && this.messageBox(), this.choices(node));
    }
    messageElement(title, channel, subject, body, more) {
      const gaps = (text) => text.split(GAP).map((part) => { const name = part.match(/^\{\{\s*(.+?)\s*\}\}$/)?.[1]; return name ? el("span", { class: "blank", "data-name": name }, name) : part; });
      return el("kotae-message", { class: "message", "data-channel": channel }, el("div", { class: "message-head" }, el("b", {}, icon({ mail: "mail", phone: "phone", hand: "link" }[channel] ?? "talk"), title), more),
        subject && el("p", { class: "message-subject" }, el("span", {}, this.w.subject), " ", el("span", { class: "subject" }, gaps(subject))), el("div", { class: "message-text" }, gaps(body)));
    }
    messageBox() {
      const w = this.w, all = this.node.messages, text = this.message(), other = all[(all.indexOf(text) + 1) % all.length], sent = record.sentHere(this.run, this.node);
      const turn = all.length > 1 && el("button", { class: "button", "data-kind": "plain", type: "button", "aria-keyshortcuts": "Shift+C", on: { click: () => this.turn() } }, other.channel !== text.channel ? w.turn_to.replace("#", w[`channel_${other.channel}`] ?? other.title) : w.other_text);
      const made = this.messageElement(text.title, text.channel, text.subject, text.body, turn);
      return el("div", { class: "message-place" }, made, sent && el("p", { class: "hint" }, icon("check"), w.at_sent.replace("#", clock.time(sent.at))), el("p", { class: "hint" }, icon("lock"), w.not_kept));
    }
    hand(node) {
      const w = this.w, limit = record.stepLimit(this.book, this.run, node), sent = record.handed(this.run, node);
      const row = (label, told, more) => told && [el("dt", {}, label), el("dd", {}, told, more && el("small", {}, more))];
      const open = (role) => { const calendar = this.book.calendars[role.calendar]; if (!calendar) return ""; const at = clock.opening(calendar, this.now); return at > this.now ? w.reach_from.replace("#", clock.when(at, this.now, w)) : clock.shuts(calendar, this.now) % clock.DAY === 0 ? w.reach_always : w.reach_until.replace("#", clock.time(clock.shuts(calendar, this.now))); };
      return [el("dl", { class: "to" }, row(w.to_whom, this.whoText(), (node.roles ?? []).map((role) => open(role)).filter(Boolean).join(w.list)), row(w.how, node.by || node.roles?.[0]?.contact), row(w.until, limit?.due ? clock.when(limit.due, this.now, w) : node.within?.text, limit?.due ? node.within.text : "")),
        this.messageElement(w.block, "hand", "", record.block(this.book, this.run, node, values.all, this.now)), sent && el("p", { class: "hint" }, icon("check"), w.at_handed.replace("#", clock.time(sent.at)))];
    }
    outcome(node) {
      const w = this.w, reasons = this.book.reasons;
      this.reason ??= reasons.length === 1 ? reasons[0] : "";
      const rows = record.record(this.book, this.run, this.state, this.reason || reasons.join(w.or));
      const pick = reasons.length > 1 && el("div", { class: "chips" }, el("span", { class: "quiet" }, w.reason), reasons.map((each) => el("button", { class: "chip", type: "button", "aria-pressed": String(each === this.reason), on: { click: () => { this.reason = each; this.draw(".chip[aria-pressed=true]"); } } }, each)));
      const label = el("span", {}, w.copy_record), button = el("button", { class: "button", "data-kind": "main", type: "button", "data-record": "", on: { click: async () => { if (await globalThis.KotaeCopy(record.text(rows))) { button.dataset.done = ""; label.textContent = w.copied_at.replace("#", clock.time(this.now)); } } } }, label, el("kbd", {}, "c"));
      const ended = this.practice && this.note("good", w[this.practice.outcome === node.id ? "practice_good" : "practice_wrong"].replace("#", node.title));
      return [ended, el("kotae-checks", {}, [...(node.ticks ?? []), ...this.book.closing].map((line) => this.tick(line))), pick, !this.practice && el("div", { class: "message" }, el("div", { class: "message-head" }, el("b", {}, w.record), button), el("dl", { class: "record" }, rows.map(([name, told]) => el("div", {}, el("dt", {}, name), el("dd", {}, told)))))];
    }
    together(node) { return node.parallel && el("div", { class: "choices" }, node.parallel.map((id) => el("p", {}, flow.node(this.book, id)?.title))); }
    choices(node) {
      const ways = flow.options(this.book, this.state).filter((way) => typeof way.pick === "number");
      if (!ways.length) return null;
      const wait = node.kind === "escalation" && record.handed(this.run, node), most = node.most, times = flow.visits(this.state), w = this.w;
      const waits = wait && record.waiting(this.book, this.run, this.state, this.now);
      return [wait && this.note("", waits.due ? w.waiting_until.replace("{who}", this.whoText()).replace("{when}", clock.when(waits.due, this.now, w)) : w.waiting_for.replace("#", this.whoText())), node.question && el("p", { class: "branch-q" }, node.question),
        el("div", { class: "choices" }, ways.map((way, at) => { const to = flow.node(this.book, way.to); return el("a", { href: `#${way.to}`, role: "button", on: { click: (event) => { event.preventDefault(); this.take(way.pick); } } }, el("kbd", {}, at + 1), el("span", {}, way.answer), el("small", {}, way.call ? way.call.title : to?.title ?? "", most && way.to === node.id && times >= most ? w.beyond.replace("#", most) : "")); }))];
    }
    margin() {
      const w = this.w, node = this.node, names = [...new Set([...(node?.messages ?? []).flatMap((each) => [...`${each.subject ?? ""}${each.body}`.matchAll(/\{\{\s*([^{}\n]+?)\s*\}\}/g)].map((m) => m[1])), ...(node?.hand ?? [])])].filter((name) => this.book.inputs[name]?.where && !this.book.inputs[name].intake);
      const part = (title, ...kids) => el("section", {}, el("h2", {}, title), kids);
      const parts = [
        node?.pairs && part(w.not_said, el("div", { class: "pairs" }, node.pairs.map(([no, yes]) => el("div", {}, no && el("p", { class: "no" }, el("s", {}, no)), yes && el("p", { class: "yes" }, el("span", {}, yes)))))),
        names.length && part(w.where, names.map((name) => el("p", { class: "quiet" }, name, w.colon, this.book.inputs[name].where))),
        !this.run.picks.length && this.book.before.length && part(w.before, this.book.before.map((line) => this.tick(line))),
      ];
      return parts.some(Boolean) && el("aside", { class: "margin", "aria-label": w.margin }, parts);
    }
    tools() {
      const w = this.w, act = (name, label, run) => el("button", { class: "button", type: "button", on: { click: run } }, icon(name), label);
      return el("div", { class: "tools", role: "group", "aria-label": w.more }, !this.practice && act("link", w.hand_over, () => this.open("over")), act("flow", w.map, () => this.open("map")), act("list", w.as_list, () => { this.remember("list"); this.show("list"); }), act("print", w.print, () => print()), this.book.cases.length && act("play", w.practice, () => this.open("cases")), act("info", w.keys, () => this.open("help")));
    }
    foot() {
      this.way = el("button", { class: "button forward", type: "button", on: { click: () => this.go() } });
      return el("div", { class: "run-next" }, el("div", {}, this.run.picks.length > 0 && el("button", { class: "button back", type: "button", on: { click: () => this.back() } }, icon("back"), el("span", { class: "vh" }, this.w.back)), el("span", { class: "copy-place" }), this.way));
    }
    /* What changes while the agent types and ticks: the way on, and the copy button beside it. */
    look() {
      const message = this.querySelector("kotae-message"), place = this.querySelector(".copy-place");
      if (!this.node && !this.way) return;
      if (place && message?.button && !record.sentHere(this.run, this.node) && !record.handed(this.run, this.node)) { if (message.button.parentNode !== place) place.replaceChildren(message.button); }
      const way = this.forward();
      this.way.setAttribute("aria-disabled", String(!way.act));
      if (way.act && way.main) this.way.dataset.kind = "main"; else this.way.removeAttribute("data-kind");
      const key = JSON.stringify([way.label, way.small]);
      if (this.way.dataset.key !== key) { this.way.dataset.key = key; this.way.replaceChildren(el("span", {}, way.label, way.small && el("small", {}, way.small)), ...(way.act ? [el("kbd", {}, "Enter")] : [])); }
    }
    go() { const way = this.forward(); if (way.act) way.act(); else this.say(way.label); }
    say(text) { const at = this.querySelector(".run-top [role=status]"); if (at) at.textContent = text; if (this.practice) { const note = this.querySelector(".run-step .note"); if (note && text) note.replaceChildren(el("p", {}, text)); } }

    /* ── Panels: above the step, never over it ── */
    open(name) { this.panel = this.panel === name ? "" : name; this.draw(this.panel ? ".panel h2" : "h1"); }
    drawPanel() {
      const { w, book, run } = this, panel = (title, ...kids) => el("section", { class: "panel" }, el("h2", { tabindex: "-1" }, title), kids, el("p", { class: "actions" }, el("button", { class: "button", "data-kind": "plain", type: "button", on: { click: () => this.open(this.panel) } }, w.shut)));
      const copier = (label, text) => { const said = el("span", {}, label), button = el("button", { class: "button", type: "button", on: { click: async () => { if (await globalThis.KotaeCopy(text)) { button.dataset.done = ""; said.textContent = w.copied_at.replace("#", clock.time(this.now)); } } } }, said); return button; };
      if (this.panel === "over") {
        const link = `${location.origin}${location.pathname}#run=${runs.encode(book, run, this.state.at)}`, text = record.chat(book, run, this.state, this.now, link);
        return panel(w.hand_over, el("p", { class: "quiet" }, w.hand_over_note), el("p", { class: "paste" }, text.replace(link, "…")), el("p", { class: "actions" }, copier(w.copy_chat, text), copier(w.copy_link, link)));
      }
      if (this.panel === "inputs") return panel(w.inputs, el("div", { class: "fields" }, Object.keys(book.inputs).map((name) => { const gap = values.gap(name); gap.removeAttribute("aria-label"); gap.className = "gap input"; return el("label", { class: "field" }, el("span", {}, name), gap); })), el("p", { class: "hint" }, icon("lock"), w.not_kept_long));
      if (this.panel === "map") return panel(w.map, el("ol", { class: "map" }, book.nodes.map((node) => el("li", { "aria-current": node.id === this.state.at ? "step" : false, "data-been": this.state.moves.some((move) => move.at === node.id) }, node.title, node.branches && el("small", {}, node.branches.map((each) => `${each.answer} → ${flow.node(book, each.to)?.title ?? each.call?.title ?? ""}`).join(w.list))))));
      if (this.panel === "escalation") return panel(w.escalation, el("ul", { class: "map" }, book.nodes.filter((node) => node.kind === "escalation").map((node) => el("li", {}, node.title, el("small", {}, [(node.roles ?? []).map((role) => role.name).join(w.list), node.by || node.roles?.[0]?.contact, node.within?.text].filter(Boolean).join(w.dot))))));
      if (this.panel === "cases") return panel(w.practice, el("p", { class: "quiet" }, w.practice_note), el("div", { class: "tools" }, book.cases.map((each) => el("button", { class: "button", type: "button", on: { click: () => this.play(each) } }, each.name))));
      return panel(w.keys, el("dl", { class: "keys" }, w.key_list.split("|").map((pair) => { const [key, told] = pair.split("="); return el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, told)); })));
    }
    /* 練習: a case with examples filled in; nothing is stored. */
    play(given) {
      const said = Object.fromEntries(Object.entries(this.book.inputs).map(([name, item]) => [name, { v: item.values?.[0] ?? fields.offers(item, this.now, values.calendar(), this.w).pop() ?? item.example ?? "", at: this.now, round: "" }]));
      if (this.run && !this.saved) document.body.dataset.run = "";
      this.start(this.book, {});
      this.run.values = values.all = said; this.practice = { ...given, left: [...given.answers] };
      history.replaceState(null, "", location.pathname);
      this.show("steps");
    }

    /* ── Keys: never while letters are being composed, never in a field ── */
    key(event) {
      if (this.hidden || !this.run || event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target, tag = target.closest?.("input, textarea, select, [contenteditable], summary, a, button");
      if (tag?.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")) { if (event.key === "Escape") tag.blur(); return; }
      const ways = flow.options(this.book, this.state).filter((way) => typeof way.pick === "number"), key = event.key;
      const act = key === "Enter" ? (!tag || tag.matches("input")) && (() => this.go())
        : key === " " ? !tag && this.querySelector("kotae-checks") && (() => this.querySelector("kotae-checks").tickNext())
        : /^[1-9]$/.test(key) ? ways[key - 1] && (() => this.take(ways[key - 1].pick))
        : key === "Escape" ? this.panel && (() => this.open(this.panel))
        : { c: () => (this.querySelector("[data-record]") ?? this.querySelector("kotae-message")?.button)?.click(), C: () => this.turn(), v: () => this.open("inputs"), b: () => this.back(), e: () => this.open("escalation"), m: () => this.open("map"), p: () => print(), "?": () => this.open("help") }[key];
      if (act) { event.preventDefault(); act(); }
    }
  });
}
