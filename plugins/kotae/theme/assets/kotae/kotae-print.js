/* <kotae-print hidden><button>: prints the page. Without this script the button is not there, and the browser's own menu prints. */
if (globalThis.customElements) customElements.define("kotae-print", class extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => print());
  }
});
