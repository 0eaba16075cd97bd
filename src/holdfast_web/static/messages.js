// Looks for what is new every 15 seconds while the page can be seen, and says so to HTMX.
"use strict";
const EVERY = 15000;
function look() {
  if (document.hidden) return;
  for (const part of document.querySelectorAll("[data-look]")) part.dispatchEvent(new Event("look"));
}
setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  // A draft that couldn't be kept says why.
  if ([403, 409, 422].includes(xhr.status) && requestConfig.verb === "post") event.detail.shouldSwap = true;
  // Signed out in the meantime: the answer is the sign-in, which belongs on a page of its own.
  const asked = new URL(requestConfig.path, location.href).pathname;
  if (xhr.responseURL && new URL(xhr.responseURL).pathname !== asked) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});
