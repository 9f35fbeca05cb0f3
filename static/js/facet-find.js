// A field above a long list of options: type to find one. Accents, capitals and the shape of apostrophes do not matter.
(() => {
  const LONG = 10;
  const form = document.getElementById("filters");
  const template = document.getElementById("find-in-facet");
  if (!form || !template) return;

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[‘’ʼ]/g, "'").toLowerCase();
  const optionsOf = (field) => [...field.closest("fieldset").querySelectorAll(".options > label")];

  // Chosen options stay in sight, whatever is typed.
  function find(field) {
    const words = plain(field.value).trim();
    let matches = 0;
    for (const label of optionsOf(field)) {
      const fits = plain(label.querySelector("span").textContent).includes(words);
      matches += fits;
      label.hidden = !fits && !label.control.checked;
    }
    const hint = field.parentElement.querySelector(".hint");
    const text = words ? hint.dataset.text.replace("{n}", matches) : "";
    if (hint.textContent !== text) hint.textContent = text; // the same again would be read out again
  }

  function offer() {
    for (const facet of form.querySelectorAll(".facet")) {
      const options = facet.querySelector(".options");
      let field = facet.querySelector(".facet-find input");
      if (!field && options.children.length > LONG) {
        options.before(template.content.cloneNode(true));
        field = facet.querySelector(".facet-find input");
        field.id = `${facet.id}-find`;
        field.previousElementSibling.htmlFor = field.id;
      }
      if (field?.value) find(field);
    }
  }

  form.addEventListener("input", ({ target }) => target.closest(".facet-find") && find(target));
  // The field is no filter itself: it is not sent, and a change of it changes no result.
  form.addEventListener("change", (event) => event.target.closest(".facet-find") && event.stopImmediatePropagation(), true);
  form.addEventListener("keydown", (event) => {
    const field = event.target.closest(".facet-find input");
    if (!field) return;
    if (event.key === "Escape" && field.value) {
      event.preventDefault();
      field.value = "";
      find(field);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const matches = optionsOf(field).filter((label) => !label.hidden && !label.control.checked);
      if (field.value.trim() && matches.length === 1) matches[0].control.click();
    }
  });
  form.addEventListener("filters:refreshed", offer);
  offer();
})();
