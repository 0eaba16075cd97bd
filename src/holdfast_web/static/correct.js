// The codes of a line, by keyboard. Without this script the same is done with buttons and links.
"use strict";
const wanted = document.getElementById("keys");
const lineOf = (element) => element?.closest?.("#lines > li");
const openMenu = () => document.querySelector("[data-menu]");
const inPage = () => !lineOf(openMenu());
// What is still experimental is folded away; while it is open, digits choose there.
const fold = () => openMenu()?.querySelector("[data-more]");
const codesNow = () => [...openMenu().querySelectorAll("[data-code]")].filter((form) => Boolean(fold()?.open) === Boolean(fold()?.contains(form)));
let chosen = null;
let typed = "";
let unfolded = false;

const two = (count) => String(count).padStart(2, "0");
const buttonsOf = (form) => [...form.querySelectorAll("button.label:not(.nothing, .back)")];
const nameKeys = (form) => {
  const buttons = buttonsOf(form);
  number(buttons);
  say(form.querySelector("button.nothing"), buttons.length > 9 ? "00" : "0");
  say(form.querySelector("button.back"), "t");
};
const number = (all) => all.forEach((one, place) => say(one, all.length > 9 ? two(place + 1) : String(place + 1)));
const say = (one, key) => {
  if (!one) return;
  one.dataset.key = key;
  const shown = one.querySelector("kbd");
  shown.textContent = key;
  shown.hidden = false;
};
const letGo = () => {
  if (chosen) for (const one of chosen.querySelectorAll("button kbd")) one.hidden = true;
  chosen?.classList.remove("chosen");
  chosen = null;
  typed = "";
};
const choose = (form) => {
  letGo();
  chosen = form;
  form.classList.add("chosen");
  nameKeys(form);
  form.scrollIntoView({ block: "nearest" });
  form.querySelector("button")?.focus({ preventScroll: true });
};
const close = () => {
  const menu = openMenu();
  const line = lineOf(menu);
  letGo();
  unfolded = false;
  if (!menu || inPage()) return;
  menu.remove();
  line.focus({ preventScroll: true });
};
const digit = (key) => {
  typed += key;
  const within = chosen ? [...chosen.querySelectorAll("button.label")] : codesNow();
  const found = within.find((one) => one.dataset.key === typed);
  if (found || !within.some((one) => one.dataset.key?.startsWith(typed))) typed = "";
  if (!chosen && found) choose(found);
  else found?.click();
};
const unfold = () => {
  const more = fold();
  if (!more) return;
  more.open = !more.open;
  turned(more.open);
  more.querySelector("summary").focus();
};
const turned = (open) => {
  unfolded = open;
  letGo();
  keysShown();
};
// A line without corrections has no list of them yet; an answer needs one to swap.
const makeRoom = (menu) => {
  const id = menu.id.replace("menu", "own");
  if (document.getElementById(id) || !lineOf(menu)) return;
  const list = document.createElement("ul");
  list.id = id;
  list.className = "own-codes";
  menu.closest("li").querySelector(".ways").before(list);
};
// The steps made in this window, each with what undoes it; the last one goes first.
const steps = [];
const remember = (menu) => {
  const form = menu.querySelector("[data-undo]")?.form;
  if (form) steps.push({ address: form.getAttribute("action"), line: lineOf(menu).id, values: Object.fromEntries(new FormData(form)) });
};
const undo = () => {
  const step = steps.pop();
  if (!step) return;
  const line = document.getElementById(step.line);
  close();
  htmx.ajax("POST", step.address, { source: line, target: line, swap: "beforeend", values: step.values });
};

const inMenu = (event) => {
  if (chosen && !chosen.isConnected) letGo();
  if (/^\d$/.test(event.key)) digit(event.key);
  else if (event.key === "t") (chosen ?? openMenu()).querySelector("button.back")?.click();
  else if (event.key === "m") unfold();
  else if (event.key === "Escape") chosen ? letGo() : unfolded ? unfold() : close();
  else if (event.key === "c") close();
  else if (event.key === "u") undo();
  else return false;
  return true;
};
const atLine = (event) => {
  const line = lineOf(document.activeElement);
  if (wanted ? !wanted.checked : !line) return false;
  if (event.key === "u" && steps.length) undo();
  else if (event.key === "c" && line) line.querySelector("a[data-correct]")?.click();
  else return false;
  return true;
};
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not(#keys), textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const menu = openMenu();
  const near = menu && (menu.contains(document.activeElement) || inPage() || lineOf(menu) === document.activeElement);
  if (near ? inMenu(event) : atLine(event)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches("[data-close]")) close();
  else if (button?.matches("[data-undo]") && lineOf(button)) steps.pop();
});

const keysShown = () => {
  for (const one of openMenu().querySelectorAll("legend kbd")) one.hidden = true;
  number(codesNow());
  const key = fold()?.querySelector("summary kbd");
  if (key) key.hidden = false;
};
document.addEventListener("toggle", (event) => {
  if (event.target === fold() && event.target.open !== unfolded) turned(event.target.open);
}, true);
document.body.addEventListener("htmx:beforeRequest", (event) => {
  // One line is open at a time; its link pressed again closes it.
  const link = event.target.closest("a[data-correct]");
  if (!link) return;
  const again = lineOf(openMenu()) === lineOf(link);
  close();
  if (again) event.preventDefault();
});
document.body.addEventListener("htmx:afterSwap", () => {
  if (fold()) fold().open = unfolded;
});
document.body.addEventListener("htmx:afterSettle", () => {
  const menu = openMenu();
  if (!menu || menu.contains(document.activeElement)) return;
  letGo();
  keysShown();
  makeRoom(menu);
  remember(menu);
  menu.focus({ preventScroll: true });
  if (menu.querySelector("[role=status]")) return;
  // The line itself stays in sight above its codes.
  const fits = lineOf(menu).offsetHeight < innerHeight;
  lineOf(menu).scrollIntoView({ block: fits ? "nearest" : "start" });
});
const unsent = () => {
  const told = openMenu()?.querySelector("[data-unsent]");
  if (told) told.hidden = false;
};
for (const name of ["htmx:responseError", "htmx:sendError"]) document.body.addEventListener(name, unsent);
for (const one of document.querySelectorAll("[data-keys-list]")) one.hidden = false;
if (openMenu()) keysShown();
