/* <kotae-due data-due="2026-11-30" data-stop="2026-12-30" data-soon="14" data-left data-left-one data-over data-over-one>
   is the mark beside a day of review. It was right on the day the page was made; here it turns with the
   reader's day (Japan's), never to before data-made, the day of the page itself. data-stop: from that day on it is overdue. Days further than data-soon show nothing.
   With data-until instead, the element is shown up to the day before and then hidden. */
{
  const DAY = 86_400_000, JAPAN = 9 * 3_600_000;
  const number = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
  const today = (date) => Math.floor((date.getTime() + JAPAN) / DAY);

  /* {kind, left}: kind "" | "care" | "stop", left in days, negative when over. */
  const state = (due, stop, soon, now) => {
    const left = number(due) - now;
    if (left > soon) return { kind: "", left };
    return { kind: left <= 0 && now >= number(stop) ? "stop" : "care", left };
  };
  const sentence = (left, words) => {
    const days = Math.abs(left);
    const form = left >= 0 ? (days === 1 ? words.leftOne : words.left) : days === 1 ? words.overOne : words.over;
    return form.replace("#", days);
  };

  if (globalThis.customElements) customElements.define("kotae-due", class extends HTMLElement {
    connectedCallback() {
      const now = Math.max(today(new Date()), number(this.dataset.made ?? "1970-01-01"));
      if (this.dataset.until) { this.hidden = now >= number(this.dataset.until); return; }
      const { kind, left } = state(this.dataset.due, this.dataset.stop, Number(this.dataset.soon ?? 14), now);
      const tag = this.querySelector(".tag");
      tag.hidden = !kind;
      if (kind) { tag.dataset.kind = kind; tag.textContent = sentence(left, this.dataset); }
    }
  });
  if (typeof module !== "undefined") module.exports = { state, sentence, number, today };
}
