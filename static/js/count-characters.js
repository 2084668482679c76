// Says how many characters are left while one writes, counted as they will be kept.
"use strict";

const countIn = (area) => {
  const most = Number(area.dataset.counts);
  const said = document.createElement("p");
  said.className = "field__hint";
  said.setAttribute("aria-live", "polite");
  area.parentElement.after(said);
  const count = () => {
    const typed = area.value.replace(/\r\n?/g, "\n").trim().normalize("NFC");
    said.textContent = `${[...typed].length} / ${most}`;
  };
  area.addEventListener("input", count);
  count();
};

const countWithin = (part) => part.querySelectorAll("textarea[data-counts]").forEach(countIn);
countWithin(document);
// A form that was opened where one reads.
document.addEventListener("arrived", (event) => countWithin(event.target));
