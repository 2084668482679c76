// « Répondre » writes the number of an item where one is writing, when a form is open
// in the page. Otherwise it is the link that it is without this script.
"use strict";

{
  const WRITING = "main form textarea[name=text]";
  let last = null;

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(WRITING)) last = target;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-reply]");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const open = [last, ...document.querySelectorAll(WRITING)];
    const area = open.find((each) => each?.isConnected && each.checkVisibility());
    if (!link || !isPlain || !area) return;
    event.preventDefault();
    const { value, selectionStart: start, selectionEnd: end } = area;
    const before = start && value[start - 1].trim() ? " " : "";
    const after = /^\s/.test(value.slice(end)) ? "" : " ";
    writeText(area, before + link.dataset.reply + after, start, end);
    area.scrollIntoView({ block: "center" });
  });
}
