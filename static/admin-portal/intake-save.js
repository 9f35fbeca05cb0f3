// Saves a review by itself, some time after a change, and warns of leaving what is not saved.

const AFTER = 30_000; // milliseconds
const form = document.getElementById("intake-review");
const notes = form.querySelectorAll(".intake-saved");
let isChanged = false;
let isRefused = false; // somebody else saved: from then on a person decides
let timer = 0;
let saving = null;

function say(text) {
  // Only one of them is read out.
  notes.forEach((note) => { note.textContent = text; });
}

async function send() {
  isChanged = false;
  const data = new FormData(form);
  data.set("_save", "by itself");
  say(form.dataset.saving);
  try {
    const response = await fetch(location.pathname, {
      method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "error",
    });
    if (!response.ok) throw new Error(response.status);
    const answer = await response.json();
    say(answer.said);
    if (answer.seen) {
      form.elements.seen.value = answer.seen;
    } else {
      isChanged = isRefused = true;
    }
  } catch {
    say(form.dataset.offline);
    isChanged = true;
    later();
  }
}

function later() {
  if (!timer && !isRefused) {
    timer = setTimeout(async () => {
      timer = 0;
      saving = send();
      await saving;
      saving = null;
      if (isChanged) later();
    }, AFTER);
  }
}

form.addEventListener("input", () => {
  isChanged = true;
  later();
});

form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  if (saving) {
    // Two at once would refuse each other.
    event.preventDefault();
    await saving;
    clearTimeout(timer);
    form.requestSubmit(event.submitter);
    return;
  }
  isChanged = false;
});

addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault();
});
