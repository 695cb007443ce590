/* KotaeEvents.at(address).miss(query, reason): counts a search in vain at the site's own address, and nowhere
   else. Without an address (settings: event_endpoint) nothing is kept and nothing is sent. No cookie, no id, no
   time of day: {event: "search", page, query, reason: "none" | "abandoned", day}, by sendBeacon when the reader
   leaves or has stopped typing. What looks like somebody's mail address or number never leaves the page. */
{
  const PRIVATE = /[\w.+-]+@[\w-]+\.[\w.]+|\d[\d -]{8,}\d/;
  const LONGEST = 60;
  const today = (now) => `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;

  /* The event of one search, or nothing if it must not be told. */
  const searched = (query, reason, page, now) => {
    const text = query.trim().replace(/\s+/g, " ");
    return text.length < 2 || [...text].length > LONGEST || PRIVATE.test(text) ? null : { event: "search", page, query: text, reason, day: today(now) };
  };

  /* Of words that grew out of each other while typing only the last counts; the same words once a page view. */
  const settled = (list, next) => [...list.filter((known) => !next.query.startsWith(known.query) && !known.query.startsWith(next.query)), next];

  const at = (address, send = (event) => navigator.sendBeacon?.(address, new Blob([JSON.stringify(event)], { type: "application/json" }))) => {
    let waiting = [];
    const told = new Set();
    return {
      miss(query, reason, page = location.pathname, now = new Date()) {
        const event = address ? searched(query, reason, page, now) : null;
        if (event && !told.has(event.query)) waiting = settled(waiting, event);
      },
      /* The reader opened a result after all: what was typed on the way there was no search in vain. */
      found(query) { waiting = waiting.filter((event) => !query.trim().startsWith(event.query) && !event.query.startsWith(query.trim())); },
      flush() {
        for (const event of waiting) { told.add(event.query); send(event); }
        waiting = [];
      },
      get waiting() { return waiting; },
    };
  };
  globalThis.KotaeEvents = { at };
  if (typeof module !== "undefined") module.exports = { searched, settled, at };
}
