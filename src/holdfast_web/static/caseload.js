// Typing a name leaves only the clients whose name holds it.
const field = document.getElementById("find-name");
const nobody = document.getElementById("nobody");
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const show = () => {
  const asked = plain(field.value.trim());
  let found = 0;
  for (const group of document.querySelectorAll(".group")) {
    let here = 0;
    for (const line of group.querySelectorAll("[data-name]")) {
      line.hidden = !plain(line.dataset.name).includes(asked);
      here += line.hidden ? 0 : 1;
    }
    group.hidden = here === 0;
    found += here;
  }
  nobody.hidden = found > 0;
};
if (field) {
  field.closest(".find").hidden = false;
  field.addEventListener("input", show);
  show();
}
