/* <kotae-checks>: a pause point. Says how many boxes are still open; whoever holds the way on listens. */
customElements.define("kotae-checks", class extends HTMLElement {
  connectedCallback() { this.addEventListener("change", () => this.dispatchEvent(new CustomEvent("kotae-checks", { bubbles: true, detail: this.left }))); }
  get left() { return this.querySelectorAll("input[type=checkbox]:not(:checked)").length; }
  tickNext() { this.querySelector("input[type=checkbox]:not(:checked)")?.click(); }
});
/* <kotae-trail>: on a narrow window the path is one line; its newest end is in sight. */
customElements.define("kotae-trail", class extends HTMLElement {
  connectedCallback() {
    const show = () => { const list = this.querySelector(".trail"); if (list) list.scrollLeft = list.scrollWidth; };
    this.watch = new ResizeObserver(show); this.watch.observe(this);
  }
  disconnectedCallback() { this.watch.disconnect(); }
});
