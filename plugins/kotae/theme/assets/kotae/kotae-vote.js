/* <kotae-vote data-url data-page>: はい thanks; いいえ asks why, then shows the nearest questions and a person.
   Only printed when the site names an address of its own that counts (vote_url). */
if (globalThis.customElements) customElements.define("kotae-vote", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-vote]");
      if (!pressed) return;
      this.querySelectorAll("[data-part]").forEach((part) => { part.hidden = part.dataset.part !== pressed.dataset.vote; });
      this.querySelectorAll("[data-vote]").forEach((button) => button.setAttribute("aria-pressed", button === pressed));
      this.send({ vote: pressed.dataset.vote });
    });
    this.addEventListener("change", (event) => this.send({ vote: "no", why: event.target.value }));
  }
  send(said) {
    navigator.sendBeacon?.(this.dataset.url, new Blob([JSON.stringify({ page: this.dataset.page, ...said })], { type: "application/json" }));
  }
});
