/* KotaeClock: time limits on the desk's calendar, in Japan's time whatever the clock of the device says.
   A moment is a number of minutes since 1970 on Japan's clock. A calendar is what kotae-presence.js reads. */
{
  const DAY = 1440, MINUTE = 60_000, JAPAN = 540, FAR = 400;

  const minute = (ms) => ms / MINUTE + JAPAN;
  const dayOf = (m) => Math.floor(m / DAY);
  const iso = (day) => new Date(day * DAY * MINUTE).toISOString().slice(0, 10);
  const weekday = (day) => ((((day + 3) % 7) + 7) % 7) + 1;   // day 0 was a Thursday; 1 is Monday
  const hours = (calendar, day) => !calendar ? [[0, DAY]]
    : calendar.closed?.includes(iso(day)) ? [] : calendar.hours[weekday(day)] ?? [];

  /* The first moment from `m` on at which somebody is there. */
  const opening = (calendar, m) => {
    for (let day = dayOf(m); day < dayOf(m) + FAR; day++)
      for (const [from, to] of hours(calendar, day))
        if (day * DAY + to > m) return Math.max(m, day * DAY + from);
    return m;
  };
  const isOpen = (calendar, m) => opening(calendar, m) === m;
  /* When it shuts, for a moment at which it is open. */
  const shuts = (calendar, m) => {
    const found = hours(calendar, dayOf(m)).find(([from, to]) => dayOf(m) * DAY + from <= m && m < dayOf(m) * DAY + to);
    return found ? dayOf(m) * DAY + found[1] : m;
  };
  const closing = (calendar, day) => { const all = hours(calendar, day); return day * DAY + (all.length ? all[all.length - 1][1] : DAY); };

  /* `m` plus so many minutes of opening time. */
  const addOpen = (calendar, m, minutes) => {
    let left = minutes;
    for (let day = dayOf(m); day < dayOf(m) + FAR; day++)
      for (const [from, to] of hours(calendar, day)) {
        const start = Math.max(day * DAY + from, m), end = day * DAY + to;
        if (start >= end) continue;
        if (left <= end - start) return start + left;
        left -= end - start;
      }
    return m + minutes;
  };
  const openBetween = (calendar, a, b) => {
    let sum = 0;
    for (let day = dayOf(a); day <= dayOf(b) && day < dayOf(a) + FAR; day++)
      for (const [from, to] of hours(calendar, day))
        sum += Math.max(0, Math.min(day * DAY + to, b) - Math.max(day * DAY + from, a));
    return sum;
  };
  const nextWorkday = (calendar, day) => {
    for (let at = day + 1; at < day + FAR; at++) if (hours(calendar, at).length) return at;
    return day + 1;
  };
  /* So many working days later at the same time of day, within the hours of that day. */
  const addDays = (calendar, m, n) => {
    const start = opening(calendar, m);
    let day = dayOf(start);
    for (let left = n; left > 0; left--) day = nextWorkday(calendar, day);
    const all = hours(calendar, day), at = start - dayOf(start) * DAY;
    return all.length ? day * DAY + Math.min(Math.max(at, all[0][0]), all[all.length - 1][1]) : day * DAY + at;
  };

  /* When a limit is over, counted from `from`; null where only people can tell (three rings). `team`: somebody
     else has until the end of their working day. A limit in plain minutes begins when somebody is there. */
  const due = (limit, calendar, from, team = false) => {
    if (!limit || limit.unit === "ring") return null;
    const start = opening(calendar, from), n = limit.n;
    switch (limit.unit) {
      case "second": return start + n / 60;
      case "minute": return start + n;
      case "hour": return start + n * 60;
      case "business_hour": return addOpen(calendar, from, n * 60);
      case "day": return from + n * DAY;
      case "business_day": { const end = addDays(calendar, from, n); return team ? closing(calendar, dayOf(end)) : end; }
      case "today": return closing(calendar, dayOf(start));
      case "today_at": return dayOf(from) * DAY + n;
      case "next_business_day": return closing(calendar, nextWorkday(calendar, dayOf(from)));
      default: return null;
    }
  };
  /* Minutes until then: opening time where the limit counts it, else as clocks go. Below zero it is over. */
  const left = (limit, calendar, now, end) =>
    end >= now && limit?.unit === "business_hour" ? openBetween(calendar, now, end) : end - now;

  const two = (n) => String(n).padStart(2, "0");
  const time = (m) => { const at = Math.floor(m) - dayOf(m) * DAY; return `${Math.floor(at / 60)}:${two(at % 60)}`; };
  /* 3時間58分, 45秒, 2日 */
  const span = (minutes, words) => {
    const all = Math.abs(minutes), put = (form, n) => form.replace("#", n);
    if (all < 1) return put(words.seconds, Math.floor(all * 60));
    const whole = Math.floor(all), h = Math.floor(whole / 60), m = whole % 60;
    if (h >= 48) return put(words.days, Math.floor(h / 24));
    return [h && put(words.hours, h), (m || !h) && put(words.minutes, m)].filter(Boolean).join(words.between);
  };
  const date = (m, words) => {
    const d = new Date(dayOf(m) * DAY * MINUTE), month = d.getUTCMonth();
    return words.date.replace("{m}", words.months ? words.months.split(" ")[month] : month + 1)
      .replace("{d}", d.getUTCDate()).replace("{w}", words.weekdays.split(" ")[d.getUTCDay()]);
  };
  /* 今日 18:00, 明日 12:00, 11月24日（火）12:00 */
  const when = (m, now, words) => {
    const ahead = dayOf(m) - dayOf(now);
    if (ahead === 0) return words.today.replace("#", time(m));
    if (ahead === 1) return words.tomorrow.replace("#", time(m));
    return long(m, words);
  };
  const long = (m, words) => words.day_and_time.replace("{day}", date(m, words)).replace("{time}", time(m));

  const api = { DAY, minute, dayOf, opening, isOpen, shuts, closing, addOpen, addDays, nextWorkday, openBetween, due, left, time, span, date, when, long };
  globalThis.KotaeClock = api;
  if (typeof module !== "undefined") module.exports = api;
}
