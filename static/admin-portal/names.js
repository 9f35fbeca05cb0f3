// Gives controls that Django's scripts make the names that screen readers say.

const NAMED_BY = "data-named"; // set once, so that a control is not named twice

function nameOf(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  if (!label) return null;
  if (!label.id) label.id = `${select.id}_label`;
  return label;
}

/** The field that select2 puts in the place of `select`: a list to choose from, or a box to type in for several. */
function nameChooser(select) {
  const shown = select.nextElementSibling;
  if (!shown?.classList.contains("select2") || shown.hasAttribute(NAMED_BY)) return;
  const box = shown.querySelector("[role=combobox]");
  const label = nameOf(select);
  const text = select.getAttribute("aria-label") || label?.textContent.trim() || "";
  const chosen = box.querySelector("[role=textbox]");
  if (chosen) {
    // It is a text, and named by nothing while it is empty.
    chosen.removeAttribute("role");
    chosen.removeAttribute("aria-readonly");
    if (label) box.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
    else box.setAttribute("aria-label", text);
  } else {
    box.setAttribute("aria-label", text);
    box.querySelector("input").setAttribute("aria-label", text);
  }
  const described = select.getAttribute("aria-describedby");
  if (described) box.setAttribute("aria-describedby", described);
  shown.setAttribute(NAMED_BY, "");
}

function nameAll() {
  document.querySelectorAll("select.admin-autocomplete:not([name*=__prefix__])").forEach(nameChooser);
  // A text that is given to a mere <span> is not read.
  document.querySelectorAll("span.help-tooltip[aria-label]").forEach((sign) => sign.setAttribute("role", "img"));
  // Signs for yes and no, which Django names in English.
  for (const sign of document.querySelectorAll("img[alt=True], img[alt=False]")) {
    sign.alt = document.getElementById("portal-names").dataset[sign.alt.toLowerCase()];
  }
}

// After each of Django's own scripts: some wait for jQuery, some for the whole page.
const jQuery = window.django?.jQuery;
jQuery?.(nameAll);
addEventListener("load", nameAll);
document.addEventListener("formset:added", () => setTimeout(nameAll));

jQuery?.(document).on("select2:open", (event) => {
  const text = event.target.getAttribute("aria-label") || nameOf(event.target)?.textContent.trim() || "";
  document.querySelector(".select2-container--open .select2-dropdown input")?.setAttribute("aria-label", text);
});
