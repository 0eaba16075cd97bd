// Takes a borrowed sentence over into the text, without a round to the server.
"use strict";
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-borrow]");
  if (!button) return;
  event.preventDefault();
  const text = document.getElementById(button.dataset.borrow);
  const words = button.textContent.trim();
  if (!text.value.includes(words)) text.value = `${text.value.trimEnd()} ${words}`.trim();
  button.setAttribute("aria-pressed", "true");
  text.focus();
});
document.addEventListener("keydown", (event) => {
  // Enter on a choice would press the form's first button, which is a sentence.
  if (event.key === "Enter" && event.target.matches("input[type=radio]")) event.preventDefault();
});
