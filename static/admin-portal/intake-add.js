// Adds a record to a section without asking the server. Without JavaScript the button saves, and comes back with it.

for (const template of document.querySelectorAll("template[data-section]")) {
  const { section } = template.dataset;
  const total = document.getElementById(`id_${section}-TOTAL_FORMS`);
  const button = template.parentElement.querySelector("button[name=_add]");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const number = Number(total.value);
    const added = document.createElement("template");
    added.innerHTML = template.innerHTML
      .replaceAll("__prefix__-number", String(number + 1))
      .replaceAll("__prefix__", String(number));
    total.value = number + 1;
    button.before(added.content);
    const item = document.getElementById(`${section}-${number}`);
    item.querySelector("input:not([type=hidden], [type=checkbox]), textarea, select").focus();
    item.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
