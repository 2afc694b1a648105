// Shows the facts of the chosen statement beside the story. Without it the same facts stand below the story.
"use strict";
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const panel = document.getElementById("facts");
  const story = document.getElementById("story");
  const total = panel.querySelectorAll(".card").length;
  const wide = window.matchMedia("(min-width: 56.01rem)");
  let chosen = 0;

  const all = (selector) => document.querySelectorAll(selector);
  const marker = (n) => story.querySelector(`#w${n} a[data-n="${n}"]`);

  const choose = (n, open) => {
    chosen = n;
    for (const element of all(".here, .strip rect.on")) element.classList.remove("here", "on");
    for (const link of all('a[aria-current="true"]')) link.removeAttribute("aria-current");
    if (open !== undefined) panel.classList.toggle("open", open);
    if (!n) return;
    for (const piece of all(`[data-s="${n}"], [data-k="${n}"]`)) piece.classList.add(piece.localName === "rect" ? "on" : "here");
    document.getElementById(`s${n}`).classList.add("here");
    panel.scrollTop = 0;
    const at = marker(n);
    if (at) at.setAttribute("aria-current", "true");
  };

  const remember = () => {
    try {
      history.replaceState(null, "", `#s${chosen}`);
    } catch {
      // Some places that show files, such as mail previews, allow no history: the report works without.
    }
  };

  const show = (n) => {
    const words = document.getElementById(`w${n}`);
    if (!words) return;
    const box = words.getBoundingClientRect();
    const floor = wide.matches ? innerHeight : innerHeight * 0.38;
    if (box.top < 16 || box.bottom > floor) words.scrollIntoView({ block: wide.matches ? "center" : "start" });
  };

  const step = (by) => {
    const n = Math.min(total, Math.max(1, chosen + by));
    if (n === chosen) return;
    choose(n, true);
    remember();
    const at = marker(n);
    if (at) at.focus({ preventScroll: true });
    show(n);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const href = link ? link.getAttribute("href") : "";
    const inner = /^#([sw])(\d+)$/.exec(href);
    if (link) for (const piece of all("[data-e]")) piece.classList.toggle("lit", `#${piece.dataset.e}` === href);
    if (inner) {
      event.preventDefault();
      const n = Number(inner[2]);
      choose(n, true);
      remember();
      const inStory = inner[1] === "w";
      show(n);
      const to = inStory ? marker(n) : document.getElementById(`s${n}`);
      if (to && (inStory || event.detail === 0)) to.focus({ preventScroll: true });
    } else if (event.target.closest(".close")) {
      choose(chosen, false);
    } else if (!link && getSelection().isCollapsed) {
      const piece = event.target.closest("[data-s]");
      if (piece) {
        choose(Number(piece.dataset.s), true);
        remember();
        show(chosen);
      }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "j" || event.key === "ArrowRight") step(1);
    else if (event.key === "k" || event.key === "ArrowLeft") step(-1);
    else if (event.key === "Escape") {
      const at = chosen && marker(chosen);
      panel.classList.remove("open");
      if (at) at.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
  });

  const asked = /^#s(\d+)$/.exec(location.hash);
  if (asked && Number(asked[1]) >= 1 && Number(asked[1]) <= total) {
    choose(Number(asked[1]), true);
    show(chosen);
  } else if (total && wide.matches) {
    choose(1);
  }
});
