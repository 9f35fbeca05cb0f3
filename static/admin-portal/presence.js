// Tells the server every minute that this page is open, and shows who else has the record open.
{
  const EVERY = 60_000; // milliseconds
  const note = document.getElementById("others");
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  let seen = "";

  const form = (fields) => {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", token.value);
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    return data;
  };

  const tell = async () => {
    try {
      const response = await fetch(note.dataset.address, { method: "POST", body: form({}) });
      if (!response.ok || response.redirected) return;
      const answer = await response.json();
      seen = answer.seen;
      // Only then: a screen reader reads out what is written here.
      if (note.textContent.trim() !== answer.others) note.textContent = answer.others;
    } catch {
      // No connection: the next minute tries again.
    }
  };

  if (note?.dataset.address && token) {
    addEventListener("pageshow", tell);
    addEventListener("pagehide", () => {
      if (seen) navigator.sendBeacon(note.dataset.address, form({ leave: seen }));
    });
    setInterval(tell, EVERY);
  }
}
