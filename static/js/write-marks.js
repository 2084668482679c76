// The buttons above a text in light Markdown write its marks, or take them away.
// Without this script the marks are typed, as the field's hint says.
"use strict";

{
  const STARS = { bold: "**", italic: "*" };
  const BEGINNINGS = {
    heading: /^#{1,6} +/,
    list: /^[-*+] +/,
    numbers: /^\d+[.)] +/,
    quote: /^> ?/,
  };
  const ANY_BEGINNING = /^(?:#{1,6} +|[-*+] +|\d+[.)] +|> ?)*/;
  const WORD = /[\p{L}\p{N}'’-]/u;

  const beginning = (kind, position) =>
    ({ heading: "## ", list: "- ", numbers: `${position}. `, quote: "> " })[kind];

  // What is selected, the word around the caret, and neither blanks nor outer stars.
  const selectedWords = (area) => {
    const { value } = area;
    let { selectionStart: start, selectionEnd: end } = area;
    if (start === end) {
      while (start && WORD.test(value[start - 1])) start -= 1;
      while (end < value.length && WORD.test(value[end])) end += 1;
    }
    while (start < end && !value[start].trim()) start += 1;
    while (start < end && !value[end - 1].trim()) end -= 1;
    while (end - start > 2 && value[start] === "*" && value[end - 1] === "*") {
      start += 1;
      end -= 1;
    }
    return { start, end };
  };

  const starsAround = (value, start, end) =>
    Math.min(
      /\**$/.exec(value.slice(0, start))[0].length,
      /^\**/.exec(value.slice(end))[0].length,
    );

  // Emphasis ends with its line, and comes after what begins one.
  const emphasised = (line, stars) => {
    const begun = ANY_BEGINNING.exec(line)[0];
    const words = line.slice(begun.length).trim();
    return words ? `${begun}${stars}${words}${stars}` : line;
  };

  const emphasise = (area, kind, placeholder) => {
    const { start, end } = selectedWords(area);
    const stars = STARS[kind];
    const size = stars.length;
    const words = area.value.slice(start, end);
    const around = starsAround(area.value, start, end);
    if (words && (kind === "bold" ? around >= 2 : around % 2 === 1)) {
      writeText(area, words, start - size, end + size);
      area.setSelectionRange(start - size, end - size);
    } else if (words.includes("\n")) {
      const lines = words.split("\n").map((line) => emphasised(line, stars));
      writeText(area, lines.join("\n"), start, end);
      area.setSelectionRange(start, area.selectionEnd);
    } else {
      const shown = words || placeholder;
      writeText(area, stars + shown + stars, start, end);
      area.setSelectionRange(start + size, start + size + shown.length);
    }
  };

  // Whole lines, whatever part of them is selected.
  const selectedLines = (area) => {
    const { value, selectionStart, selectionEnd } = area;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const from = selectionEnd > start ? selectionEnd - 1 : selectionEnd;
    const end = value.indexOf("\n", value[from] === "\n" ? from : selectionEnd);
    return { start, end: end < 0 ? value.length : end };
  };

  // Without an empty line around it, a list or a quotation takes in its neighbours.
  const blankBetween = (line, kind) =>
    line?.trim() && !BEGINNINGS[kind].test(line) ? "\n" : "";

  const markLines = (area, kind) => {
    const { start, end } = selectedLines(area);
    const lines = area.value.slice(start, end).split("\n");
    const written = lines.length > 1 ? lines.filter((line) => line.trim()) : lines;
    const isMarked = written.every((line) => BEGINNINGS[kind].test(line));
    let position = 0;
    const changed = lines
      .map((line) => {
        if (isMarked) return line.replace(BEGINNINGS[kind], "");
        if (!written.includes(line)) return line;
        position += 1;
        return beginning(kind, position) + line.replace(ANY_BEGINNING, "");
      })
      .join("\n");
    const above = area.value.slice(0, start).split("\n").at(-2);
    const below = area.value.slice(end).split("\n")[1];
    const before = isMarked ? "" : blankBetween(above, kind);
    const after = isMarked ? "" : blankBetween(below, kind);
    writeText(area, before + changed + after, start, end);
    const last = start + before.length + changed.length;
    area.setSelectionRange(lines.length > 1 ? start + before.length : last, last);
  };

  const link = (area, placeholder) => {
    const { start, end } = selectedWords(area);
    const words = area.value.slice(start, end);
    const isAddress = /^https?:\/\/\S+$/.test(words);
    const shown = isAddress ? placeholder : words || placeholder;
    const address = isAddress ? words : "https://";
    writeText(area, `[${shown}](${address})`, start, end);
    // What is still to be typed is selected.
    const at = shown === placeholder ? start + 1 : start + shown.length + 3;
    area.setSelectionRange(at, at + (shown === placeholder ? shown : address).length);
  };

  const press = (button) => {
    const toolbar = button.closest("[role=toolbar]");
    const area = document.getElementById(toolbar.getAttribute("aria-controls"));
    const kind = button.dataset.mark;
    if (kind in STARS) emphasise(area, kind, button.dataset.words);
    else if (kind === "link") link(area, button.dataset.words);
    else markLines(area, kind);
  };

  // One stop for the Tab key; the arrows go from button to button.
  const move = (event, toolbar) => {
    const buttons = [...toolbar.querySelectorAll("button")];
    const at = buttons.indexOf(event.target);
    const to = {
      ArrowRight: (at + 1) % buttons.length,
      ArrowLeft: (at + buttons.length - 1) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    buttons[to].tabIndex = 0;
    buttons[to].focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mark]");
    if (button) press(button);
  });
  document.addEventListener("keydown", (event) => {
    const toolbar = event.target.closest("[role=toolbar]");
    if (toolbar) move(event, toolbar);
    const kind = { b: "bold", i: "italic" }[event.key.toLowerCase()];
    const isShortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!kind || !isShortcut || !event.target.matches("[data-markdown]")) return;
    event.preventDefault();
    const controls = `[aria-controls="${event.target.id}"] [data-mark=${kind}]`;
    press(document.querySelector(controls));
  });
}
