"use strict";
const form = document.getElementById("filters");
function filter() {
  const wanted = new FormData(form);
  const text = wanted.get("text").toLowerCase();
  let shown = 0;
  for (const finding of document.querySelectorAll(".finding")) {
    const same = (name) => !wanted.get(name) || finding.dataset[name] === wanted.get(name);
    const fits = same("level") && same("code") && same("operation") && finding.textContent.toLowerCase().includes(text);
    finding.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  for (const row of document.querySelectorAll("#operations tbody > tr[data-operation]")) {
    const operation = wanted.get("operation");
    row.hidden = Boolean(operation) && row.dataset.operation !== operation;
  }
  document.getElementById("count").textContent = shown + " findings";
  document.getElementById("nothing").hidden = shown > 0;
}
if (form) {
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
}
