// Shows the facts of the chosen statement beside the story. Without it the same facts stand below the story.
const root = document.documentElement;
const panel = document.getElementById("facts");
const story = document.getElementById("story");
const cards = panel.querySelectorAll(".card");
const wide = matchMedia("(min-width: 56.01rem)");
let chosen = 0;
root.classList.add("js");

const all = (selector) => document.querySelectorAll(selector);
const marker = (n) => story.querySelector(`#w${n} a[data-n="${n}"]`);

const choose = (n, open) => {
  chosen = n;
  for (const element of all(".here, .strip rect.on")) element.classList.remove("here", "on");
  for (const link of all('a.n[aria-current="true"]')) link.removeAttribute("aria-current");
  if (open !== undefined) panel.classList.toggle("open", open);
  if (!n) return;
  for (const piece of all(`[data-s="${n}"], [data-k="${n}"]`)) piece.classList.add(piece.localName === "rect" ? "on" : "here");
  document.getElementById(`s${n}`)?.classList.add("here");
  panel.scrollTop = 0;
  marker(n)?.setAttribute("aria-current", "true");
};

const show = (n) => {
  const words = document.getElementById(`w${n}`);
  if (!words) return;
  const box = words.getBoundingClientRect();
  const floor = wide.matches ? innerHeight : innerHeight * 0.38;
  if (box.top < 16 || box.bottom > floor) words.scrollIntoView({ block: wide.matches ? "center" : "start" });
};

const remember = () => history.replaceState(null, "", `#s${chosen}`);

const step = (by) => {
  const n = Math.min(cards.length, Math.max(1, chosen + by));
  if (n === chosen) return;
  choose(n, true);
  remember();
  marker(n)?.focus({ preventScroll: true });
  show(n);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const href = link?.getAttribute("href") ?? "";
  const inner = /^#([sw])(\d+)$/.exec(href);
  if (link) for (const piece of all("[data-e]")) piece.classList.toggle("lit", `#${piece.dataset.e}` === href);
  if (inner) {
    event.preventDefault();
    choose(Number(inner[2]), true);
    remember();
    show(chosen);
    const inStory = inner[1] === "w";
    const to = inStory ? marker(chosen) : document.getElementById(`s${chosen}`);
    if (to && (inStory || event.detail === 0)) to.focus({ preventScroll: true });
  } else if (event.target.closest(".close")) {
    panel.classList.remove("open");
    marker(chosen)?.focus({ preventScroll: true });
  } else if (!link && !event.target.closest(".beside, button, summary, input") && getSelection().isCollapsed) {
    const piece = event.target.closest("[data-s]");
    if (piece) {
      choose(Number(piece.dataset.s), true);
      remember();
      show(chosen);
    }
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // Single letters act only where the focus is on what they act on (WCAG 2.1.4): who speaks to a computer may say any.
  if (!event.target.closest("#story, #facts")) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "Escape" && panel.classList.contains("open")) {
    panel.classList.remove("open");
    marker(chosen)?.focus({ preventScroll: true });
  } else return;
  event.preventDefault();
});

const asked = /^#s(\d+)$/.exec(location.hash);
if (asked && document.getElementById(`s${asked[1]}`)) {
  choose(Number(asked[1]), true);
  show(chosen);
} else if (cards.length && wide.matches) {
  choose(1);
}
