// Puts the keyboard into the first field of a new record. Django's own script would put it on the buttons above the form.

// After Django has made choosers of selects, which it does when jQuery says that the page is there.
window.django?.jQuery(() => {
  if (document.activeElement !== document.body) return;
  const fields = document.querySelectorAll("fieldset :is(input, select, textarea):not(:disabled)");
  const first = [...fields].find((each) => each.checkVisibility());
  const chooser = first?.classList.contains("select2-hidden-accessible") && first.nextElementSibling;
  (chooser ? chooser.querySelector("[role=combobox]") : first)?.focus();
});
