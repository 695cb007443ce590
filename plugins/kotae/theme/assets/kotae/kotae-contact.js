/* <kotae-contact>: while the reader writes, two answers that may help appear below the field, quietly; what was
   tried in this tab is filled in; sending opens the reader's mail program with all of it. Without this script
   the form opens the mail program as well, only emptier. */
{
  /* ・「お金返して」で検索 */
  const lines = (tried, words) => tried.map(({ kind, text }) => `・${(kind === "search" ? words.searched : words.read).replace("#", text)}`).join("\n");
  const letter = (to, subject, message, label, tried) => {
    const body = tried ? `${message}\n\n${label}\n${tried}\n` : `${message}\n`;
    return `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
  };

  if (globalThis.customElements) customElements.define("kotae-contact", class extends HTMLElement {
    connectedCallback() {
      const form = this.querySelector("form"), message = this.querySelector("#message"), tried = this.querySelector("#tried"), error = this.querySelector(".error");
      const text = lines(globalThis.KotaeTried?.list() ?? [], this.dataset);
      if (text) { tried.value = text; this.querySelector("[data-part=tried]").hidden = false; }
      message.addEventListener("input", () => {
        error.hidden = true; message.removeAttribute("aria-invalid");
        clearTimeout(this.timer); this.timer = setTimeout(() => this.suggest(message.value.trim()), 500);
      });
      form.addEventListener("submit", (event) => {
        if (!message.value.trim()) {
          event.preventDefault();
          error.querySelector("span").textContent = this.dataset.missing; error.hidden = false;
          message.setAttribute("aria-invalid", "true"); message.focus();
        } else if (form.method === "get") {
          event.preventDefault();
          location.href = letter(this.dataset.mail, this.dataset.subject, message.value.trim(), this.dataset.tried, tried.value.trim());
        }
      });
    }
    async suggest(text) {
      const near = this.querySelector("#near");
      if ([...text].length < 4) return;
      try {
        const found = (await (await KotaeEngine.open(this.dataset.engine, this.dataset.index)).query(text, 2)).filter((result) => result.sure !== false).slice(0, 2);
        if (!found.length) return;
        near.querySelector("ul").replaceChildren(...found.map(({ href, title }) => {
          const item = document.createElement("li"), link = document.createElement("a"), words = document.createElement("span");
          link.href = KotaeEngine.address(this.dataset.index, href); words.textContent = title; link.append(words); item.append(link);
          return item;
        }));
        near.hidden = false;
      } catch { /* no search: the form works without it */ }
    }
  });
  if (typeof module !== "undefined") module.exports = { lines, letter };
}
