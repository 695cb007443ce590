/* <kotae-theme data-device data-light data-dark>: the colours of the screen, device → light → dark.
   The button says in words what is chosen; the choice stays on this device. */
{
  const order = ["device", "light", "dark"];
  const after = (choice) => order[(order.indexOf(choice) + 1) % order.length];

  if (globalThis.customElements) customElements.define("kotae-theme", class extends HTMLElement {
    connectedCallback() {
      const button = this.querySelector("button"), label = button.querySelector("span"), root = document.documentElement;
      const say = () => { label.textContent = this.dataset[root.dataset.theme ?? "device"]; };
      button.addEventListener("click", () => {
        const choice = after(root.dataset.theme ?? "device");
        if (choice === "device") delete root.dataset.theme; else root.dataset.theme = choice;
        try {
          if (choice === "device") localStorage.removeItem("kotae-theme"); else localStorage.setItem("kotae-theme", choice);
        } catch { /* storage is shut: the choice lasts for this page */ }
        say();
      });
      say();
    }
  });
  if (typeof module !== "undefined") module.exports = { after };
}
