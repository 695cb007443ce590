/* KotaeRecord: a run in words. Clocks for the screen and the tray, the block for another team, the record of the case. */
{
  const clock = globalThis.KotaeClock ?? require("./clock.js");
  const flow = globalThis.KotaeFlow ?? require("./flow.js");
  const fields = globalThis.KotaeFields ?? require("./fields.js");

  const short = (limit) => (limit?.text ?? "").replace(/以内$/, "");
  const promise = (book, run) => book.promises[run.channel] ?? book.promises.mail ?? Object.values(book.promises)[0] ?? {};
  const marks = (run, kind) => run.marks.filter((mark) => mark.kind === kind);
  const firstNode = (book) => book.nodes.some((node) => node.first);
  const firstSent = (book, run) => run.marks.find((mark) => mark.kind === "sent" && flow.node(book, mark.node)?.first) ?? null;
  /* The calendar a step counts on: of whoever does it. */
  const calendarOf = (book, node, run) => book.calendars[node?.roles?.find((role) => role.calendar)?.calendar] ?? book.calendars[promise(book, run).calendar];
  const handed = (run, node) => run.marks.find((mark) => mark.kind === "handed" && mark.node === node.id && mark.step === run.picks.length) ?? null;
  const sentHere = (run, node) => run.marks.find((mark) => mark.kind === "sent" && mark.node === node.id && mark.step === run.picks.length) ?? null;
  /* When the run came to the step it stands on. */
  const entered = (run) => run.entered?.[run.picks.length] ?? run.intake;

  /* {limit, calendar, due, sent}: the promise of a first reply; null where the playbook gives none. */
  const first = (book, run) => {
    if (!firstNode(book)) return null;
    const made = promise(book, run), calendar = book.calendars[made.calendar], sent = firstSent(book, run);
    return made.first ? { limit: made.first, calendar, due: clock.due(made.first, calendar, run.intake), sent: sent?.at ?? null } : null;
  };
  const stepLimit = (book, run, node) => {
    if (!node?.within) return null;
    const from = ["intake", "detection"].includes(node.within.origin) ? run.intake : handed(run, node)?.at ?? entered(run);
    const calendar = calendarOf(book, node, run);
    return { limit: node.within, calendar, due: clock.due(node.within, calendar, from, node.kind === "escalation") };
  };
  /* What has to happen next and by when: {kind, who, due, limit, calendar}. */
  const waiting = (book, run, state, now) => {
    const node = flow.node(book, state.at), all = [], one = first(book, run);
    if (!node || node.kind === "outcome") return { kind: "close", due: null };
    const hand = node.kind === "escalation" && handed(run, node);
    if (hand) return { kind: "team", who: (node.roles ?? []).map((role) => role.name).join(book.words.list), ...stepLimit(book, run, node) };
    if (one && one.sent === null) all.push({ kind: "first", ...one });
    const step = stepLimit(book, run, node);
    if (step && step.due !== null) all.push({ kind: "step", who: node.title, ...step });
    for (const [name, value] of Object.entries(run.values ?? {})) {
      const told = fields.promised(book.inputs[name], value, now);
      if (told !== null) all.push({ kind: "told", due: told, limit: null, calendar: null });
    }
    const made = promise(book, run);
    if (made.resolve) all.push({ kind: "resolve", limit: made.resolve, calendar: book.calendars[made.calendar], due: clock.due(made.resolve, book.calendars[made.calendar], run.intake) });
    if (node.asks && node.messages && sentHere(run, node)) {
      const until = all.filter((each) => each.due !== null).sort((a, b) => a.due - b.due)[0];
      return { ...(until ?? { due: null }), kind: "customer" };
    }
    const open = all.filter((each) => each.due !== null).sort((a, b) => a.due - b.due);
    return open[0] ?? all[0] ?? { kind: "none", due: null };
  };

  /* One block to paste for another team; `values` may still hold gaps. */
  const block = (book, run, node, values, now) => {
    const w = book.words, lines = [w.hand_opening.replace("#", node.title)];
    for (const name of node.hand ?? []) lines.push(`${name}${w.colon}{{${name}}}`);
    const limit = stepLimit(book, { ...run, marks: run.marks.filter((mark) => mark.node !== node.id), entered: { ...run.entered, [run.picks.length]: now } }, node);
    if (limit?.due) lines.push(`${w.until}${w.colon}${clock.long(limit.due, w)}`);
    for (const [name, item] of Object.entries(book.inputs)) {
      const told = fields.promised(item, values[name], now);
      if (told !== null && told > now && !(node.hand ?? []).includes(name)) lines.push(w.told_customer.replace("#", clock.long(told, w)));
    }
    return lines.join("\n");
  };

  /* The record of a case as [label, text] rows a person would have written. */
  const record = (book, run, state, reason) => {
    const w = book.words, rows = [], one = first(book, run), node = flow.node(book, state.at);
    rows.push([w.intake, `${clock.long(run.intake, w)}${w.comma}${w[`channel_${run.channel}`] ?? ""}`]);
    if (one) rows.push([w.first_reply, one.sent === null ? w.not_yet : `${clock.time(one.sent)}${w.in_brackets.replace("#", clock.span(one.sent - run.intake, w))}`]);
    rows.push([w.matter, book.title]);
    // A bare はい says nothing without its step.
    const answers = flow.answers(book, state).map((each) => [...each.answer].length > 4 ? each.answer : `${flow.node(book, each.at).title}${w.in_brackets.replace("#", each.answer)}`);
    if (answers.length) rows.push([w.decided, answers.join(w.comma)]);
    const did = run.marks.filter((mark) => mark.kind === "done" || (mark.kind === "sent" && !flow.node(book, mark.node)?.first) )
      .map((mark) => `${clock.time(mark.at)} ${mark.kind === "sent" ? w.sent_named.replace("#", mark.title) : flow.node(book, mark.node)?.title ?? mark.title}`);
    if (did.length) rows.push([w.did, did.join(w.comma)]);
    const given = marks(run, "handed").map((mark) => `${clock.time(mark.at)} ${mark.title}`);
    if (given.length) rows.push([w.handed_to, given.join(w.comma)]);
    rows.push([w.result, node?.kind === "outcome" ? node.title : w.under_way.replace("#", node?.title ?? "")]);
    if (reason) rows.push([w.reason, reason]);
    rows.push([w.playbook, `${book.title} ${book.version}`]);
    return rows;
  };
  const text = (rows) => rows.map(([label, told]) => `${label}\u3000${told}`).join("\n");

  /* What a colleague reads in the chat before opening the link. */
  const chat = (book, run, state, now, link) => {
    const w = book.words, wait = waiting(book, run, state, now), node = flow.node(book, state.at);
    const ticket = Object.entries(run.values).find(([name, value]) => book.inputs[name]?.type === "code" && book.inputs[name]?.intake && value?.v)?.[1].v;
    const lines = [w.chat_opening.replace("#", book.title + (ticket ? w.in_brackets.replace("#", ticket) : ""))];
    lines.push(`${w.intake}${w.colon}${clock.long(run.intake, w)}`, `${w.now_at}${w.colon}${node?.title ?? ""}`);
    const last = flow.answers(book, state).pop();
    if (last) lines.push(`${w.so_far}${w.colon}${last.answer}`);
    if (wait.due) lines.push(`${w.due}${w.colon}${clock.long(wait.due, w)}`);
    return [...lines, link].join("\n");
  };

  const api = { short, promise, first, firstSent, stepLimit, waiting, handed, sentHere, entered, calendarOf, block, record, text, chat };
  globalThis.KotaeRecord = api;
  if (typeof module !== "undefined") module.exports = api;
}
