/* Runs before the first paint: the colours the reader chose, so that nothing flashes. */
try {
  const chosen = localStorage.getItem("kotae-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* storage is shut: the device decides */ }
