// Shows in the article what a record was found in, as soon as the pointer or the keyboard comes to the record.

const article = document.querySelector(".intake-article");
const text = article.querySelector(".intake-text");
const pieces = [...text.querySelectorAll("[data-from]")];

function piecesOf(item) {
  const places = (item.dataset.evidence ?? "").split(" ").map((place) => place.split("-").map(Number));
  return pieces.filter(({ dataset: { from, to } }) => places.some(([start, end]) => start <= from && to <= end));
}

/** Scroll the article alone, so that the form stays where it is. */
function bringIntoView(piece) {
  const offset = piece.getBoundingClientRect().top - text.getBoundingClientRect().top;
  if (offset < 0 || offset > text.clientHeight - 60) text.scrollTop += offset - text.clientHeight / 4;
}

let shown;

function show(item) {
  if (!item || item === shown) return;
  shown?.classList.remove("is-shown");
  text.querySelectorAll(".is-shown").forEach((piece) => piece.classList.remove("is-shown"));
  shown = item;
  item.classList.add("is-shown");
  const found = piecesOf(item);
  found.forEach((piece) => piece.classList.add("is-shown"));
  if (found.length) bringIntoView(found[0]);
}

const records = document.querySelector(".intake-records");
records.addEventListener("focusin", ({ target }) => show(target.closest("[data-evidence]")));
let last = "";
records.addEventListener("pointermove", ({ target, clientX, clientY }) => {
  // Not where the page alone moved, under a pointer that rests.
  const here = `${clientX} ${clientY}`;
  if (here !== last) show(target.closest("[data-evidence]"));
  last = here;
});

records.addEventListener("click", (event) => {
  const link = event.target.closest(".intake-show");
  if (!link) return;
  article.open = true;
  show(link.closest("[data-evidence]"));
  // Where the article stands above the form, the page goes there by the link, and comes back by the browser's button.
  if (getComputedStyle(article).position !== "sticky") return;
  event.preventDefault();
  const [first] = piecesOf(shown);
  if (first) bringIntoView(first);
});

show(document.activeElement?.closest("[data-evidence]")); // who was there before this script
