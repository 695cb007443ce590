/* <kotae-copy data-from="id" data-done data-failed data-key="c">: copies the text of that element,
   then the button itself says so, with the time. A key given in data-key does the same outside of fields. */
{
  /* The text as it will be pasted: a gap counts as what was typed into it, a row of the record as a line. */
  const plain = (node) => [...node.childNodes].map((n) => n.nodeType === 3 ? n.data : n.matches?.("input") ? n.value
    : plain(n) + ({ DT: "\u3000", DIV: "\n" }[n.tagName] ?? "")).join("");
  const typing = (event) => event.isComposing || event.target.closest?.("input, textarea, select, [contenteditable]");

  if (globalThis.customElements) customElements.define("kotae-copy", class extends HTMLElement {
    connectedCallback() {
      const button = this.querySelector("button"), label = button.querySelector("span");
      label.setAttribute("aria-live", "polite");
      button.addEventListener("click", async () => {
        if (button.getAttribute("aria-disabled") === "true") return;
        const done = await this.copy(document.getElementById(this.dataset.from));
        button.toggleAttribute("data-done", done);
        const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit", hourCycle: "h23" }).format(new Date());
        label.textContent = done ? `${this.dataset.done} ${clock}` : this.dataset.failed;
      });
      if (this.dataset.key) document.addEventListener("keydown", (event) => {
        if (event.key === this.dataset.key && !event.metaKey && !event.ctrlKey && !event.altKey && this.offsetParent && !typing(event)) button.click();
      });
    }
    async copy(source) {
      try { await navigator.clipboard.writeText(plain(source).trim()); return true; } catch { /* not allowed here: the old way */ }
      const range = document.createRange(), chosen = getSelection();
      range.selectNodeContents(source);
      chosen.removeAllRanges(); chosen.addRange(range);
      const done = document.execCommand("copy");
      if (done) chosen.removeAllRanges();
      return done;
    }
  });
  if (typeof module !== "undefined") module.exports = { plain };
}
