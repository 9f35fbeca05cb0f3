// The search box: arrow keys go through the suggestions; Escape, a click or the focus elsewhere close them.
const box = document.querySelector(".site-search");
if (box) {
  const field = box.querySelector("input");
  const list = document.getElementById("suggestions");
  const close = () => list.replaceChildren();
  const isOutside = (element) => !box.contains(element);

  box.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    if (!links.length) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const places = [field, ...links];
      const next = places.indexOf(document.activeElement) + step + places.length;
      places[next % places.length].focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      close();
      field.focus();
      event.preventDefault();
    }
  });
  box.addEventListener("focusout", (event) => event.relatedTarget && isOutside(event.relatedTarget) && close());
  document.addEventListener("click", (event) => isOutside(event.target) && close());
  // An answer that comes when nobody is waiting for it any more.
  list.addEventListener("htmx:beforeSwap", (event) => {
    if (isOutside(document.activeElement)) event.detail.shouldSwap = false;
  });
}
