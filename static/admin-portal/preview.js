// A button beside each link copies it. Without JavaScript the links are selected and copied by hand.

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return; // the link is selected: Ctrl+C copies it where the browser lets no script do so
    }
    document.querySelector(".portal-copied").textContent = `${button.dataset.copied}: ${field.labels[0].textContent}`;
  });
}
