"use strict";
const note = document.getElementById("note"), text = document.getElementById("text");
const hint = [...note.childNodes];
let inHand = null, lastFocused = null;

// Shows what is known of a quotation, and marks its parts, its cue and its source; shows nothing of none.
function hold(quote) {
  if (quote === inHand) return;
  inHand = quote;
  text.querySelectorAll(".held").forEach(mark => mark.classList.remove("held"));
  note.replaceChildren(...hint);
  note.removeAttribute("style");
  if (quote === null) return;
  const marks = [...text.querySelectorAll(`[data-quote="${quote}"]`)];
  marks.forEach(mark => mark.classList.add("held"));
  const label = marks.map(mark => mark.querySelector(":scope > .who")).find(label => label);
  const line = (tag, content) => Object.assign(document.createElement(tag), { textContent: content });
  const { who, facts } = label.dataset;
  note.replaceChildren(line("b", who), line("p", facts), line("p", label.getAttribute("aria-description")));
  note.setAttribute("style", marks[0].getAttribute("style") ?? "");
}

function quoteAt(element) {
  return element.closest("q[data-speaker], span[data-quote]")?.dataset.quote ?? null;
}

text.addEventListener("focusin", ({ target }) => {
  if (!target.matches(":focus-visible")) return;
  lastFocused = target;
  hold(quoteAt(target));
});
text.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "mouse") hold(quoteAt(target) ?? inHand);
});
// On a small screen the note lies over the text.
document.addEventListener("click", ({ target }) => note.contains(target) ? undefined : hold(quoteAt(target)));
// A novel has thousands of quotations: nobody should have to press Tab all the way back to the speakers.
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  if (inHand !== null) return hold(null);
  const speaker = document.querySelector("[aria-pressed=true]") ?? document.querySelector("[aria-pressed]");
  (text.contains(document.activeElement) ? speaker : lastFocused)?.focus();
});

// Shows all that one speaker says; Tab then goes from one of these quotations to the next.
document.querySelector("table").addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const chosen = button.getAttribute("aria-pressed") === "false" ? button : null;
  document.querySelectorAll("[aria-pressed]").forEach(other => other.setAttribute("aria-pressed", other === chosen));
  text.classList.toggle("chosen", chosen !== null);
  text.querySelectorAll("q").forEach(quote => {
    quote.classList.toggle("chosen", quote.dataset.speaker === button.dataset.speaker);
  });
  text.querySelectorAll(".who").forEach(label => {
    label.tabIndex = chosen === null || label.closest("q").classList.contains("chosen") ? 0 : -1;
  });
});
