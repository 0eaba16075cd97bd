// Two notes stand on one page: keeping one swaps only its own part, so that what is typed in the
// other stays. What is typed and not kept is not lost by a stray click either.
"use strict";
const typed = new Set();
document.addEventListener("input", (event) => {
  const part = event.target.closest("[data-note]");
  if (part) typed.add(part.id);
});
document.addEventListener("submit", (event) => typed.delete(event.target.closest("[data-note]")?.id));
document.body.addEventListener("htmx:beforeSwap", (event) => {
  // The page comes back with what was typed when it can't be kept (400), or was changed elsewhere (409).
  if ([400, 409].includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
});
document.body.addEventListener("htmx:sendError", (event) => {
  const part = event.target.closest("[data-note]");
  if (!part) return;
  typed.add(part.id);
  part.querySelector(".unsent").hidden = false;
});
addEventListener("beforeunload", (event) => { if (typed.size) event.preventDefault(); });
document.body.addEventListener("htmx:afterSettle", (event) => {
  // The button was off while the note was on its way, and lost the focus.
  if (document.activeElement === document.body) document.getElementById(`keep-${event.target.id}`)?.focus();
});
