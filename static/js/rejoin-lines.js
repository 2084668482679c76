// Offers to join lines that a PDF or a mail cut, when some are pasted. Never unasked.
"use strict";

{
  const SHORTEST = 50;
  const LONGEST = 90;
  const ENDS = /[.!?:;…»”"]\s*$/;
  const BEGINS = /^\s*(?:[-*+•–—>#]|\d+[.)])\s|^\s*>/;

  const goesOn = (line, next) =>
    Boolean(line.trim() && next?.trim()) && !BEGINS.test(next) && !line.startsWith(">");

  // A line that is nearly as long as the longest was cut there, whatever ends it.
  const isWhole = (line, longest) => line.trimEnd().length >= 0.75 * longest;

  const isCut = (text) => {
    const lines = text.split("\n");
    const followed = lines.filter((line, at) => goesOn(line, lines[at + 1]));
    const cut = followed.filter((line) => {
      const { length } = line.trimEnd();
      return length >= SHORTEST && length <= LONGEST && !ENDS.test(line);
    });
    return cut.length > 1 && cut.length > followed.length / 2;
  };

  const joined = (text) => {
    const lines = text.split("\n");
    const longest = Math.max(...lines.map((line) => line.trimEnd().length));
    return lines.reduce((words, line, at) => {
      const above = lines[at - 1] ?? "";
      if (!goesOn(above, line) || (ENDS.test(above) && !isWhole(above, longest))) {
        return at ? `${words}\n${line}` : line;
      }
      // A soft hyphen was put there to cut; another one may be the word's own.
      const begun = words.trimEnd().replace(/\u00ad$/, "");
      const isOneWord = begun !== words.trimEnd() || /\p{L}-$/u.test(begun);
      return begun + (isOneWord ? "" : " ") + line.trimStart();
    }, "");
  };

  const show = (area, offer, pasted) => {
    const field = area.closest(".field");
    const shown = (name) =>
      offer.replaceChildren(field.querySelector(`template[data-${name}]`).content.cloneNode(true));
    // What was pasted is looked for again: something may have been typed meanwhile.
    const change = (from, to, then) => {
      const at = area.value.indexOf(from);
      if (at >= 0) writeText(area, to, at, at + from.length);
      then(at >= 0);
    };
    const proposeIt = () => {
      shown("cut");
      offer.querySelector("button").onclick = () =>
        change(pasted, joined(pasted), (isDone) => {
          if (!isDone) return offer.replaceChildren();
          shown("joined");
          const undo = offer.querySelector("button");
          undo.onclick = () => change(joined(pasted), pasted, () => offer.replaceChildren());
          undo.focus();
        });
    };
    proposeIt();
  };

  document.addEventListener(
    "paste",
    ({ target: area }) => {
      const offer = area.closest?.(".field")?.querySelector("[data-rejoin]");
      if (!offer || !area.matches("textarea")) return;
      const start = area.selectionStart;
      const after = area.value.length - area.selectionEnd;
      area.addEventListener(
        "input",
        () => {
          const pasted = area.value.slice(start, area.value.length - after);
          if (isCut(pasted)) show(area, offer, pasted);
          else offer.replaceChildren();
        },
        { once: true },
      );
    },
    true,
  );
}
