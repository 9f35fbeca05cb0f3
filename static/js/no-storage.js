// Visitors take nothing along. htmx would note the address of the page, with what was searched for, in sessionStorage;
// where nothing can be stored it does without. So this comes before it.
Storage.prototype.setItem = () => {
  throw new DOMException("The portal stores nothing.", "QuotaExceededError");
};
