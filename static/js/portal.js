// What pages do beyond plain links and forms. Every page works without it.

// A list that changes in place changes the address: the language links must lead to what is shown now.
for (const event of ["click", "auxclick", "contextmenu"]) {
  document.addEventListener(event, ({ target }) => {
    const link = target instanceof Element && target.closest(".languages a");
    if (link) link.search = location.search;
  }, true);
}
