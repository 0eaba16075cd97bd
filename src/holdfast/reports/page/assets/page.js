"use strict";
(() => {
  const controls = document.getElementById("controls");
  const lines = Array.from(document.querySelectorAll("#lines > li"));
  const buttons = Array.from(controls.querySelectorAll("button[data-kinds]"));
  const keys = document.getElementById("keys");
  const shown = document.getElementById("shown");
  controls.hidden = false;

  const kindsOf = (element) => (element.dataset.kinds || "").split(" ").filter(Boolean);

  const filter = () => {
    const pressed = buttons.filter((one) => one.getAttribute("aria-pressed") === "true");
    const wanted = new Set(pressed.flatMap(kindsOf));
    for (const line of lines) {
      line.hidden = wanted.size > 0 && !kindsOf(line).some((kind) => wanted.has(kind));
    }
    const left = lines.filter((line) => !line.hidden).length;
    shown.textContent = wanted.size ? `${left} of ${lines.length} lines shown` : "";
  };

  for (const button of buttons) {
    button.addEventListener("click", () => {
      const pressed = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", String(!pressed));
      filter();
    });
  }

  const clear = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", "false");
    filter();
  };

  // A moment's link may point at a line that the filter hides: then the filter gives way.
  const goToTarget = () => {
    const line = document.getElementById(location.hash.slice(1));
    if (!lines.includes(line)) return;
    if (line.hidden) clear();
    line.focus();
    line.scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", goToTarget);
  goToTarget();

  const move = (step) => {
    const open = lines.filter((line) => !line.hidden);
    const here = open.indexOf(document.activeElement.closest("#lines > li"));
    const next = here < 0 ? open[step > 0 ? 0 : open.length - 1] : open[here + step];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing && typing !== keys) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else return;
    event.preventDefault();
  });
})();
