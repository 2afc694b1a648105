// Shows the reading as soon as there is one. Without it the page asks again by itself.
const waiting = document.getElementById("waiting");
const pauses = [700, 700, 1000, 1000, 1500, 2000, 3000];
let asked = 0;

const ask = async () => {
  try {
    const answer = await fetch(waiting.dataset.state, { cache: "no-store" });
    if (answer.ok && (await answer.json()).state !== "waiting") {
      location.reload();
      return;
    }
  } catch {
    // The desk or the network is away for a moment: ask again.
  }
  asked += 1;
  setTimeout(ask, pauses[Math.min(asked, pauses.length - 1)]);
};

setTimeout(ask, pauses[0]);
