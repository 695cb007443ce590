/* KotaeFields: what may stand in a gap. A value is {v, at, round}: the text, the moment it was given, and the
   round of the step it was given for. Whatever may name a person stays in the memory of the page. */
{
  const clock = globalThis.KotaeClock ?? require("./clock.js");
  const narrow = (text) => text.normalize("NFKC").trim();
  const KEPT = ["choice", "yesno", "integer", "amount", "date", "time", "datetime", "code"];
  const kept = (item) => KEPT.includes(item?.type) && !item.personal;

  /* 今日, 明日, 11/24, 11月24日, 2026-11-24, Nov 24 -> a day since 1970, the year being the nearest one. */
  const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
  const number = (y, m, d) => {
    const ms = Date.UTC(y, m - 1, d), made = new Date(ms);
    return made.getUTCMonth() === m - 1 && made.getUTCDate() === d ? ms / 86_400_000 : null;
  };
  const nearest = (m, d, now) => {
    const today = clock.dayOf(now), year = new Date(today * 86_400_000).getUTCFullYear();
    const all = [year - 1, year, year + 1].map((y) => number(y, m, d)).filter((day) => day !== null);
    return all.sort((a, b) => Math.abs(a - today) - Math.abs(b - today))[0] ?? null;
  };
  const readDay = (text, now) => {
    const t = narrow(text).toLowerCase(), ahead = { 今日: 0, 本日: 0, today: 0, 明日: 1, tomorrow: 1, 明後日: 2, あさって: 2 }[t];
    if (ahead !== undefined) return clock.dayOf(now) + ahead;
    let m = t.match(/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\(.\))?$/);
    if (m) return number(+m[1], +m[2], +m[3]);
    m = t.match(/^(\d{1,2})[-/.月](\d{1,2})日?(?:\(.{1,3}\))?$/);
    if (m) return nearest(+m[1], +m[2], now);
    m = t.match(/^([a-z]{3})[a-z]*\.? (\d{1,2})(?: \([a-z]+\))?$/) ?? t.match(/^(?:[a-z]{3}, )([a-z]{3}) (\d{1,2})$/);
    return m && MONTHS.includes(m[1]) ? nearest(MONTHS.indexOf(m[1]) + 1, +m[2], now) : null;
  };
  const readTime = (text) => {
    const m = narrow(text).match(/^(\d{1,2})(?::(\d{2})|時(?:(\d{1,2})分|(半))?)$/);
    if (!m) return null;
    const at = +m[1] * 60 + +(m[2] ?? m[3] ?? (m[4] ? 30 : 0));
    return +m[1] <= 24 && +(m[2] ?? m[3] ?? 0) < 60 && at <= 1440 ? at : null;
  };
  const readMoment = (text, now) => {
    const m = narrow(text).match(/^(.+?)[ t,]*(\d{1,2}(?::\d{2}|時(?:\d{1,2}分|半)?))$/i);
    const day = m ? readDay(m[1].trim(), now) : null, at = m ? readTime(m[2]) : null;
    return day === null || at === null ? null : day * 1440 + at;
  };
  const amount = (text) => { const m = narrow(text).match(/^[¥\\]?(\d[\d,]*)円?$/); return m ? Number(m[1].replace(/,/g, "")) : null; };
  const matches = (pattern, text) => { try { return new RegExp(`^(?:${pattern})$`, "u").test(text); } catch { return true; } };

  const FITS = {
    mail: (t) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(t),
    phone: (t) => /^\+?[\d-]{10,16}$/.test(t) && t.replace(/\D/g, "").length >= 10,
    integer: (t) => /^-?\d[\d,]*$/.test(t),
    amount: (t) => amount(t) !== null,
    choice: (t, item) => !item.values?.length || item.values.map(narrow).includes(t),
    yesno: (t, item) => !item.values?.length || item.values.map(narrow).includes(t),
    date: (t, item, now) => readDay(t, now) !== null,
    time: (t) => readTime(t) !== null,
    datetime: (t, item, now) => readMoment(t, now) !== null,
    url: (t) => /^https?:\/\/\S+$/.test(t),
    name: (t) => !/(様|さま|殿)$/.test(t),
  };

  /* "" when the value may go out; else missing, wrong, past (a day gone by) or old (of another round or day). */
  const trouble = (item, value, now, round = "") => {
    if (!value?.v?.trim()) return "missing";
    const text = narrow(value.v), type = item?.type ?? "text";
    if (/\{\{|\}\}|○○|〇〇|●●/.test(value.v)) return "wrong";
    if (FITS[type] && !FITS[type](text, item, now)) return "wrong";
    if (item?.pattern && !matches(item.pattern, text)) return "wrong";
    if (!item?.each) return "";
    if (clock.dayOf(value.at) !== clock.dayOf(now) || (round && value.round !== round)) return "old";
    if (type === "datetime" && readMoment(text, now) < now) return "past";
    if (type === "date" && readDay(text, now) < clock.dayOf(now)) return "past";
    return "";
  };

  /* The text as the customer will read it: a relative day becomes a date, an amount gets its signs. */
  const tidy = (item, text, now, words) => {
    const type = item?.type ?? "text", t = narrow(text);
    if (type === "datetime") { const m = readMoment(t, now); return m === null ? text.trim() : clock.long(m, words); }
    if (type === "date") { const d = readDay(t, now); return d === null ? text.trim() : clock.date(d * 1440, words); }
    if (type === "time") { const at = readTime(t); return at === null ? text.trim() : clock.time(at); }
    if (type === "amount") { const n = amount(t); return n === null ? text.trim() : words.amount.replace("#", String(n).replace(/\B(?=(\d{3})+$)/g, ",")); }
    return ["text", "long", "name", "address"].includes(type) ? text.trim() : t;
  };

  /* What a press may fill in: the values of a choice; for a day to come the end of today and the next noon, on the calendar. */
  const offers = (item, now, calendar, words) => {
    if (item.values?.length) return item.values;
    if (!item.each || !["datetime", "date"].includes(item.type)) return [];
    const next = (n) => { let day = clock.dayOf(now); for (let i = 0; i < n; i++) day = clock.nextWorkday(calendar, day); return day; };
    if (item.type === "date") return [next(2), next(3)].map((day) => clock.date(day * 1440, words));
    const tonight = clock.closing(calendar, clock.dayOf(now)), noon = next(1) * 1440 + 720;
    return [clock.isOpen(calendar, now) && tonight - now >= 30 && tonight, noon].filter(Boolean).map((m) => clock.when(m, now, words));
  };
  /* The moment a 次回ご連絡日時 stands for, or null. */
  const promised = (item, value, now) => item?.each && item.type === "datetime" && value?.v ? readMoment(value.v, now) : null;

  const api = { kept, readDay, readTime, readMoment, trouble, tidy, offers, promised };
  globalThis.KotaeFields = api;
  if (typeof module !== "undefined") module.exports = api;
}
