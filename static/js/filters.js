// Lists with filters: the results come in place. htmx fetches them and puts them where they belong, as the attributes in
// templates/listing/ say. This brings everything else on the page in line with them, and replaces no part of the form
// that somebody may be using: the focus, open facets, scrolled lists and half-typed words stay as they are.
(() => {
  const form = document.getElementById("filters");
  if (!form || !window.htmx) return;

  const fold = form.querySelector(".filters-fold");
  const status = document.getElementById("results-status");
  const problem = document.getElementById("results-problem");
  const results = () => document.getElementById("results");
  const inUse = (element) => element.contains(document.activeElement);
  const unfolded = new Map(); // whether a part of the results stands open, where somebody has opened or folded it
  let wasTyped = false; // whether the newest address was made by typing

  form.classList.add("in-place");
  form.querySelector(".show-results").hidden = false;

  // The answer's numbers, messages and values into the form.
  function refresh(answer) {
    for (const part of answer.querySelectorAll("form [data-refresh]")) {
      document.getElementById(part.id)?.replaceChildren(...part.cloneNode(true).childNodes);
    }
    for (const field of answer.querySelectorAll(".field")) {
      const control = field.querySelector("input, select");
      const shown = form.elements[control.name];
      if (!inUse(shown)) shown.value = control.value;
      shown.closest(".field").className = field.className;
      for (const name of ["aria-invalid", "aria-describedby"]) {
        if (control.hasAttribute(name)) shown.setAttribute(name, control.getAttribute(name));
        else shown.removeAttribute(name);
      }
    }
    for (const facet of form.querySelectorAll(".facet")) {
      if (!answer.getElementById(facet.id) && !inUse(facet)) facet.remove();
    }
    let next = form.querySelector(".filters-buttons");
    for (const facet of [...answer.querySelectorAll(".facet")].reverse()) {
      const shown = document.getElementById(facet.id);
      if (shown) {
        refreshOptions(shown.querySelector(".options"), facet.querySelector(".options"), answer);
        if (facet.querySelector(".error")) shown.open = true;
      } else {
        next.before(facet);
      }
      next = shown || facet;
    }
    form.dispatchEvent(new CustomEvent("filters:refreshed"));
  }

  // Options keep their places; new ones come where the answer has them, chosen ones first.
  function refreshOptions(list, fresh, answer) {
    for (const label of [...list.children]) {
      if (!answer.getElementById(label.control.id)) {
        if (inUse(label)) {
          label.control.checked = false;
          label.querySelector(".count").textContent = "0";
        } else {
          label.remove();
        }
      }
    }
    let next = null;
    for (const label of [...fresh.children].reverse()) {
      const input = label.querySelector("input");
      const shown = document.getElementById(input.id);
      const place = shown ? shown.closest("label") : label;
      if (shown) {
        shown.checked = input.checked;
        place.querySelector(".count").textContent = label.querySelector(".count").textContent;
      } else {
        list.insertBefore(label, input.checked ? list.firstChild : next);
      }
      if (!input.checked) next = place;
    }
  }

  function goTo(element) {
    element.scrollIntoView();
    element.focus({ preventScroll: true });
  }

  function showResults() {
    fold.open = false;
    goTo(document.getElementById("problems") || document.getElementById("results-count"));
  }

  function failed(detail) {
    const text = document.getElementById("results-problem-text").content.cloneNode(true);
    text.querySelector("a").href = detail.pathInfo.finalRequestPath;
    problem.replaceChildren(text);
    window.htmx.process(problem);
    form.classList.remove("in-place"); // brings back the button
  }

  // `act` on the events of requests for the results.
  const on = (name, act) =>
    document.body.addEventListener(name, (event) => {
      if (event.detail.target?.id === "results") act(event.detail, event);
    });
  const madeByTyping = (config) => config.triggeringEvent?.type === "input";

  on("htmx:configRequest", (detail) => {
    if (detail.elt !== form) return;
    // What is not asked for stays out of the address: empty fields, and the order that is meant without saying.
    for (const [name, value] of [...detail.formData]) if (!value) detail.formData.delete(name);
    for (const select of form.querySelectorAll("select")) {
      if (select.selectedIndex === 0) detail.formData.delete(select.name);
    }
    // Typing on is no new step to go back to.
    const goesOn = wasTyped && madeByTyping(detail);
    form.setAttribute(goesOn ? "data-hx-replace-url" : "data-hx-push-url", "true");
    form.removeAttribute(goesOn ? "data-hx-push-url" : "data-hx-replace-url");
  });

  on("htmx:beforeRequest", (detail, event) => {
    const { elt, triggeringEvent } = detail.requestConfig;
    const same = detail.pathInfo.finalRequestPath === location.pathname + location.search;
    if (elt === form && same && triggeringEvent?.type !== "submit") {
      problem.replaceChildren();
      event.preventDefault();
      return;
    }
    results().setAttribute("aria-busy", "true");
    status.textContent = "";
  });

  on("htmx:beforeSwap", (detail) => {
    if (!detail.shouldSwap) return;
    const answer = new DOMParser().parseFromString(detail.serverResponse, "text/html");
    if (answer.getElementById("results") && answer.getElementById("filters")) {
      refresh(answer);
    } else {
      detail.shouldSwap = false;
      failed(detail);
    }
  });

  on("htmx:afterSwap", ({ requestConfig }) => {
    problem.replaceChildren();
    form.classList.add("in-place");
    for (const [id, isOpen] of unfolded) document.getElementById(id)?.toggleAttribute("open", isOpen);
    wasTyped = madeByTyping(requestConfig);
    status.textContent = [...results().querySelectorAll("[data-announce]")]
      .map((element) => element.textContent.trim())
      .join(". ");
    if (requestConfig.elt !== form) goTo(document.getElementById("results-count"));
    else if (requestConfig.triggeringEvent?.type === "submit" && (fold.open || document.getElementById("problems"))) {
      showResults();
    }
  });

  on("htmx:afterRequest", () => results().removeAttribute("aria-busy"));
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) on(name, failed);

  for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
    document.body.addEventListener(name, () => {
      for (const link of document.querySelectorAll("header a[hreflang]")) link.search = location.search;
    });
  }

  results().parentElement.addEventListener("click", ({ target }) => {
    const details = target.closest("details[id] > summary")?.parentElement;
    if (details) unfolded.set(details.id, !details.open);
  });

  form.querySelector(".show-results").addEventListener("click", showResults);
})();
