// A transcript: show only some lines without loading the page again, go from line to line by keys.
// Without this script the same links do it.
"use strict";
const lines = [...document.querySelectorAll("#lines > li")];
const choices = document.getElementById("choices");
const shown = document.getElementById("shown");
const keys = document.getElementById("keys");
const links = choices ? [...choices.querySelectorAll("a[data-kinds]")] : [];
const all = choices?.querySelector("a[data-all]");
const kindsOf = (one) => one.dataset.kinds.split(" ").filter(Boolean);
const isOn = (link) => link.hasAttribute("aria-current");
const turn = (link, on) => (on ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));

const filter = () => {
  const on = links.filter(isOn);
  const wanted = new Set(on.flatMap(kindsOf));
  for (const line of lines) line.hidden = on.length > 0 && !kindsOf(line).some((kind) => wanted.has(kind));
  turn(all, on.length === 0);
  shown.textContent = on.length ? `${lines.filter((line) => !line.hidden).length} of ${lines.length} lines shown` : "";
  const asked = new URLSearchParams(on.map((link) => ["show", kindsOf(link).join("-")]));
  history.replaceState(null, "", `${location.pathname}${on.length ? `?${asked}` : ""}`);
};
const clear = () => {
  for (const link of links) turn(link, false);
  filter();
};

// A moment's link may lead to a line that the filter hides: then the filter gives way.
const goToTarget = () => {
  const line = document.getElementById(location.hash.slice(1));
  if (!lines.includes(line)) return;
  if (line.hidden) clear();
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "center" });
};

const move = (step) => {
  const open = lines.filter((line) => !line.hidden);
  const here = open.indexOf(document.activeElement.closest("#lines > li"));
  const next = here < 0 ? open[step > 0 ? 0 : open.length - 1] : open[here + step];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
};

choices?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link === all) clear();
  else {
    turn(link, !isOn(link));
    filter();
  }
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not(#keys), textarea, select, [contenteditable]");
  if (!keys?.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else return;
  event.preventDefault();
});
addEventListener("hashchange", goToTarget);
if (keys) keys.closest("[hidden]").hidden = false;
goToTarget();
