// Suggests what may be meant while one types in a search box, as a combobox does
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this script, and when
// nothing is answered, the box searches for what was typed.
"use strict";

{
  const PAUSE = 150;
  const SHORTEST = 2;

  const suggestIn = (input, place) => {
    const popup = document.createElement("div");
    popup.className = "suggestions";
    popup.hidden = true;
    const said = document.createElement("p");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    input.form.append(popup, said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", `suggestions-${place}`);
    input.autocomplete = "off";
    let options = [];
    let active = -1;
    let pause = 0;
    let question = new AbortController();

    // -1 is the box itself.
    const choose = (next) => {
      options[active]?.setAttribute("aria-selected", "false");
      active = next;
      const option = options[active];
      option?.setAttribute("aria-selected", "true");
      option?.scrollIntoView({ block: "nearest" });
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
    };
    const open = (isOpen) => {
      popup.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
      choose(-1);
    };
    const forget = () => {
      clearTimeout(pause);
      question.abort();
      open(false);
    };
    const show = (html) => {
      choose(-1);
      popup.innerHTML = html;
      popup.firstElementChild.id = `suggestions-${place}`;
      options = [...popup.querySelectorAll("[role=option]")];
      options.forEach((option, n) => (option.id = `suggestion-${place}-${n}`));
      const words = popup.querySelector("[data-said]");
      said.textContent = words.textContent;
      words.remove();
      open(options.length > 0);
    };
    const ask = async () => {
      question = new AbortController();
      const { signal } = question;
      const typed = new URLSearchParams({ q: input.value.trim() });
      try {
        const answer = await fetch(`${input.dataset.suggest}?${typed}`, { signal });
        const html = answer.ok ? await answer.text() : "";
        if (html && !signal.aborted) show(html);
      } catch {
        // No network, or another letter was typed: nobody asked for suggestions.
      }
    };
    const typedSomething = () => {
      clearTimeout(pause);
      question.abort();
      said.textContent = "";
      if (input.value.trim().length < SHORTEST) open(false);
      else pause = setTimeout(ask, PAUSE);
    };

    const move = (step) => {
      const count = options.length + 1;
      if (popup.hidden) typedSomething();
      else choose(((active + 1 + step + count) % count) - 1);
    };
    const keys = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => options[active].click(),
      Escape: forget,
    };

    open(false);
    input.addEventListener("input", typedSomething);
    input.addEventListener("keydown", (event) => {
      const { key, isComposing, altKey, ctrlKey, metaKey } = event;
      if (isComposing || altKey || ctrlKey || metaKey) return;
      // What the browser does by itself: it searches, or empties the box.
      if (key === "Enter" && active < 0) return;
      if (key === "Escape" && popup.hidden) return;
      if (key in keys) {
        event.preventDefault();
        keys[key]();
      } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) choose(-1);
    });
    input.addEventListener("blur", forget);
    input.form.addEventListener("submit", forget);
    // Pressing a suggestion leaves the focus, and so the list, where it is.
    popup.addEventListener("mousedown", (event) => event.preventDefault());
    popup.addEventListener("click", (event) => {
      const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
      if (event.target.closest("[role=option]") && !isElsewhere) forget();
    });
  };

  document.querySelectorAll("input[data-suggest]").forEach(suggestIn);
}
