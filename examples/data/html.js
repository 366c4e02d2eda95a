"use strict";
const note = document.getElementById("note"), text = document.getElementById("text");
let inHand = null;

// Shows what is known of a quotation, and marks its parts, its cue and its source.
function hold(quote) {
  if (quote === inHand) return;
  inHand = quote;
  text.querySelectorAll(".held").forEach(mark => mark.classList.remove("held"));
  const marks = text.querySelectorAll(`[data-quote="${quote}"]`);
  marks.forEach(mark => mark.classList.add("held"));
  const first = [...marks].map(mark => mark.querySelector(`:scope > .who`)).find(who => who);
  const lines = [["b", first.dataset.who], ["p", first.dataset.facts], ["p", first.dataset.why]];
  note.replaceChildren(...lines.map(([tag, content]) => Object.assign(document.createElement(tag), { textContent: content })));
  note.setAttribute("style", first.parentElement.getAttribute("style") ?? "");
}

for (const event of ["pointerover", "focusin", "click"]) {
  text.addEventListener(event, ({ target }) => {
    const quote = target.closest("q[data-speaker], span[data-quote]");
    if (quote) hold(quote.dataset.quote);
  });
}

// Shows all that one speaker says.
document.querySelector("table").addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const chosen = button.getAttribute("aria-pressed") === "false";
  document.querySelectorAll("[aria-pressed]").forEach(other => other.setAttribute("aria-pressed", chosen && other === button));
  text.classList.toggle("chosen", chosen);
  text.querySelectorAll("q").forEach(quote => {
    quote.classList.toggle("chosen", quote.dataset.speaker === button.dataset.speaker);
  });
});
