/* <kotae-presence data-form="box|line|lamp|phone">: is anybody there now, by the desk's calendar and
   the reader's clock, in Japan's time. Without this script the hours stand there as text.

   The calendar comes from data-calendar of the element, else of <body>:
     {"hours": {"1": [[570, 1080]], …}, "closed": ["2026-11-23", …], "until": "2027-11-30", "reply": 120}
   hours   weekday (1 Monday … 7 Sunday) -> intervals in minutes after midnight; a missing day is closed
   closed  days that are closed all the same: holidays, company days
   until   the last day this calendar knows; later the text stays as it is
   reply   minutes of opening time until the usual reply; 0 says nothing about it
   The words come from data attributes of <body>. */
{
  const DAY = 24 * 60, MINUTE = 60_000, JAPAN = 9 * 60;

  /* A moment as Japan's clock shows it: days since 1970 and minutes of that day. */
  const moment = (date) => {
    const minutes = Math.floor(date.getTime() / MINUTE) + JAPAN;
    return { day: Math.floor(minutes / DAY), minute: ((minutes % DAY) + DAY) % DAY };
  };
  const iso = (day) => new Date(day * DAY * MINUTE).toISOString().slice(0, 10);
  const weekday = (day) => ((day + 3) % 7) + 1;   // day 0 was a Thursday
  const intervals = (calendar, day) =>
    calendar.closed?.includes(iso(day)) ? [] : calendar.hours[weekday(day)] ?? [];

  /* {open, always, until} or {open: false, next}; null when the calendar no longer knows. */
  const state = (calendar, date) => {
    const now = moment(date);
    if (calendar.until && iso(now.day) > calendar.until) return null;
    const current = intervals(calendar, now.day).find(([from, to]) => from <= now.minute && now.minute < to);
    if (current) {
      const always = [1, 2, 3, 4, 5, 6, 7].every((day) => calendar.hours[day]?.[0]?.[0] === 0 && calendar.hours[day][0][1] === DAY);
      return { open: true, always: always && !calendar.closed?.length, until: { day: now.day, minute: current[1] } };
    }
    for (let day = now.day; day < now.day + 60; day++)
      for (const [from] of intervals(calendar, day))
        if (day > now.day || from > now.minute) return { open: false, next: { day, minute: from } };
    return null;
  };

  /* When so many minutes of opening time have passed, on the next half hour. */
  const replyAt = (calendar, date, minutes) => {
    const now = moment(date);
    let left = minutes;
    for (let day = now.day; day < now.day + 60; day++)
      for (const [from, to] of intervals(calendar, day)) {
        const start = day === now.day ? Math.max(from, now.minute) : from;
        if (start >= to) continue;
        if (left <= to - start) return { day, minute: Math.min(Math.ceil((start + left) / 30) * 30, Math.max(to, start + left)) };
        left -= to - start;
      }
    return null;
  };

  const time = (minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
  const dayName = (day, date, words, lang) => {
    const ahead = day - moment(date).day;
    if (ahead === 0) return words.today;
    if (ahead === 1) return words.tomorrow;
    return new Intl.DateTimeFormat(lang, { month: lang === "ja" ? "long" : "short", day: "numeric", weekday: "short", timeZone: "UTC" })
      .format(new Date(day * DAY * MINUTE)).replace("(", "（").replace(")", "）");
  };
  const when = (point, date, words, lang) => words.dayAndTime
    .replace("{day}", dayName(point.day, date, words, lang)).replace("{time}", time(point.minute));

  if (globalThis.customElements) customElements.define("kotae-presence", class extends HTMLElement {
    connectedCallback() {
      try { this.calendar = JSON.parse(this.dataset.calendar ?? document.body.dataset.calendar); } catch { return; }
      this.look();
      this.timer = setInterval(() => this.look(), MINUTE);
    }
    disconnectedCallback() { clearInterval(this.timer); }
    look() {
      const words = document.body.dataset, lang = document.documentElement.lang, date = new Date(), found = state(this.calendar, date);
      if (!found || !words.dayAndTime) return;
      this.dataset.state = found.open ? "open" : "closed";
      if (this.dataset.form === "lamp") return this.lamp(found, found.open ? words.lampOpen : words.lampClosed);
      this.lamp(found);
      const fill = (sentence, point) => sentence.replace("#", point);
      const next = found.next && when(found.next, date, words, lang);
      const until = found.until && time(found.until.minute);
      if (this.dataset.form === "phone") {
        this.querySelector("span").textContent = fill(found.open ? this.dataset.open : this.dataset.closed, found.open ? until : next);
      } else if (this.dataset.form === "line") {
        this.querySelector("span").textContent = !found.open ? fill(words.lineClosed, next)
          : words.reply ? fill(words.lineOpenReply, words.reply) : words.lineOpen;
      } else {
        this.querySelector("strong").textContent = found.always ? words.openAlways : fill(found.open ? words.openUntil : words.opensAt, found.open ? until : next);
        const reply = this.calendar.reply && replyAt(this.calendar, date, this.calendar.reply);
        if (reply) this.querySelector("[data-reply]").textContent = fill(found.open ? words.sendNowOpen : words.sendNowClosed, when(reply, date, words, lang));
      }
    }
    lamp(found, says) {
      let lamp = this.querySelector(".lamp");
      if (!lamp) { lamp = document.createElement("i"); lamp.className = "lamp"; this.append(lamp); }
      lamp.hidden = false;
      lamp.dataset.open = String(found.open);
      if (says) { lamp.setAttribute("role", "img"); lamp.setAttribute("aria-label", says); lamp.title = says; }
    }
  });
  if (typeof module !== "undefined") module.exports = { state, replyAt, when, time };
}
