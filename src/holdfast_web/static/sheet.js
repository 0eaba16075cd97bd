// A sheet while it is filled in: slide along a row of numbers, clear an answer, ask only what is
// asked, and say when something could not be saved. Without this script everything still works.
"use strict";
const sheet = document.getElementById("asking");

const changed = (input) => input.dispatchEvent(new Event("change", { bubbles: true }));

// A finger or a mouse may slide along the row; the number counts where it is lifted.
const at = (row, event) => [...row.children].find((point) => {
  const box = point.getBoundingClientRect();
  return event.clientX >= box.left && event.clientX < box.right;
});
const show = (row, point) => {
  for (const one of row.children) one.classList.toggle("under", one === point);
};
for (const row of sheet.querySelectorAll("[data-points]")) {
  let sliding = false;
  row.addEventListener("pointerdown", () => { sliding = true; });
  row.addEventListener("pointermove", (event) => { if (sliding) show(row, at(row, event)); });
  row.addEventListener("pointerup", (event) => {
    const input = sliding && at(row, event)?.querySelector("input");
    if (input && !input.checked) { input.checked = true; changed(input); }
    sliding = false;
    show(row, null);
  });
  for (const end of ["pointercancel", "pointerleave"]) row.addEventListener(end, () => { sliding = false; show(row, null); });
}

const mark = () => {
  for (const button of sheet.querySelectorAll("[data-clear]")) {
    button.hidden = !button.closest("fieldset").querySelector(":checked");
  }
};

// A question that follows from another one is hidden while it isn't asked; then nothing is sent.
const reached = (part) => {
  const [name, least] = part.split(">=");
  const input = sheet.querySelector(`input[name="item-${name}"]:checked`);
  return input !== null && Number(input.value) >= Number(least);
};
const gate = () => {
  for (const ask of sheet.querySelectorAll("[data-if]")) {
    const count = ask.dataset.if.split(" ").filter(reached).length;
    ask.hidden = ask.disabled = count < Number(ask.dataset.count);
  }
};

const trouble = document.getElementById("trouble");
const say = (words) => { trouble.textContent = words; trouble.hidden = !words; };

sheet.addEventListener("click", (event) => {
  const button = event.target.closest("[data-clear]");
  if (!button) return;
  const input = button.closest("fieldset").querySelector(":checked");
  input.checked = false;
  input.focus();
  changed(input);
});
sheet.addEventListener("change", () => { mark(); gate(); });
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const fine = event.detail.xhr.status === 200 && event.detail.serverResponse.includes('id="kept"');
  if (!fine) {
    event.detail.shouldSwap = false;
    say("This could not be saved. If you were away for long, you may have been signed out: load the page again. What was saved before is still there.");
  } else say("");
});
document.body.addEventListener("htmx:sendError", () => say("There is no connection. What you answer now is kept on this page only, until you hand it in or the connection is back."));
// What was answered a moment ago may still be on its way. The sheet is handed in after it: sent at
// the same time, one of the two would seem to come from another window.
let underway = 0;
let sender = null;
sheet.addEventListener("submit", (event) => {
  if (underway === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  sender = event.submitter;
});
const sendOn = () => {
  if (underway > 0 || !sender) return;
  const button = sender;
  sender = null;
  sheet.requestSubmit(button);
};
document.body.addEventListener("htmx:beforeSend", () => { underway += 1; });
document.body.addEventListener("htmx:afterRequest", () => { underway -= 1; setTimeout(sendOn); });

mark();
gate();
