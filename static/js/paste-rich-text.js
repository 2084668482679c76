// What is pasted in a text in light Markdown keeps its paragraphs, headings, lists,
// quotations, emphasis and links, as marks. Why by our own hand: docs/decisions/0016.
"use strict";

{
  const names = (words) => new Set(words.split(" "));
  const LEFT_OUT = names("HEAD META SCRIPT STYLE TEMPLATE TITLE");
  const BLOCKS = names(
    "ADDRESS ARTICLE ASIDE CENTER DD DIV DL DT FIGCAPTION FIGURE FOOTER FORM HEADER" +
      " MAIN NAV P SECTION TABLE TR",
  );
  const SPACE = /[ \t\r\n\f]+/g;

  const styleOf = (element, property) =>
    new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, "i")
      .exec(element.dataset.style ?? "")?.[1]
      .trim()
      .toLowerCase();

  const addressOf = (element) => {
    const address = element.tagName === "A" ? (element.getAttribute("href") ?? "") : "";
    return /^(?:https?:\/\/|mailto:)/i.test(address) && address;
  };

  // Word processors say « bold » by a style, and put a <b> that is not around it all.
  const marksOf = (element, marks) => {
    const weight = styleOf(element, "font-weight");
    const slant = styleOf(element, "font-style");
    const isBold = weight
      ? /^bold/.test(weight) || Number(weight) >= 600
      : /^(?:B|STRONG)$/.test(element.tagName) || marks.bold;
    return {
      ...marks,
      bold: isBold && !marks.heading,
      italic: slant
        ? /^(?:italic|oblique)/.test(slant)
        : /^(?:I|EM|CITE)$/.test(element.tagName) || marks.italic,
      struck:
        /^(?:S|DEL|STRIKE)$/.test(element.tagName) ||
        /line-through/.test(styleOf(element, "text-decoration(?:-line)?")) ||
        marks.struck,
      href: addressOf(element) || marks.href,
    };
  };

  // What would be read as a mark, and is none.
  const escaped = (text) =>
    text
      .replace(/\\(?=[!-/:-@[-`{-~])/g, "\\\\")
      .replace(/[*`]|~~|\](?=\()|<(?=\S+[:@]\S*>)|&(?=#?\w+;)/g, "\\$&")
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");

  const escapedBeginning = (line) =>
    line
      .replace(/^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|-+(?=[-\s]*$)|=+(?=\s*$))/, "\\$&")
      .replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");

  const emphasised = (run) => {
    const [, before, words, after] = /^(\s*)([^]*?)(\s*)$/.exec(escaped(run.text));
    const marks = `${run.struck ? "~~" : ""}${run.bold ? "**" : ""}${run.italic ? "*" : ""}`;
    const closing = [...marks].reverse().join("");
    return words ? before + marks + words + closing + after : run.text;
  };

  const linked = (href, runs) => {
    const words = runs.map(emphasised).join("");
    if (!href || !words.trim()) return words;
    const address = href.replace(/[()<>\s]/g, (sign) => `%${sign.charCodeAt().toString(16)}`);
    if (runs.map((run) => run.text).join("").trim() === href) return `<${address}>`;
    return `[${words.trim().replace(/[[\]]/g, "\\$&")}](${address})`;
  };

  const textOf = (runs) => {
    const merged = [];
    for (const run of runs) {
      const last = merged.at(-1);
      const isSame =
        last && ["bold", "italic", "struck", "href"].every((key) => last[key] === run[key]);
      if (isSame) last.text += run.text;
      else merged.push({ ...run });
    }
    let text = "";
    for (let at = 0, next; at < merged.length; at = next) {
      const { href } = merged[at];
      next = at + 1;
      while (href && merged[next]?.href === href) next += 1;
      text += linked(href, merged.slice(at, next));
    }
    return text.replace(/ {2,}/g, " ").replace(/ *\n */g, "\n").trim();
  };

  // Word writes a list as paragraphs, with a style that tells the level, and the
  // bullet or the number among the words.
  const wordItem = (element, widths) => {
    const level = Number(/\blevel(\d)/.exec(styleOf(element, "mso-list"))?.[1]);
    if (!level) return null;
    const bullet = [...element.querySelectorAll("[data-style]")].find(isWordBullet);
    const number = /^\s*\(?(\d+|[a-z]+)[.)]/i.exec(bullet?.textContent ?? "")?.[1];
    const mark = number ? `${Number(number) || 1}. ` : "- ";
    const indent = " ".repeat(
      Array.from({ length: level - 1 }, (_, at) => widths[at] ?? 2).reduce((a, b) => a + b, 0),
    );
    widths.splice(level - 1, Infinity, mark.length);
    return { first: indent + mark, rest: indent + " ".repeat(mark.length) };
  };
  const isWordBullet = (element) => styleOf(element, "mso-list") === "ignore";

  // Styles are read and not applied: the page's policy would complain of each of them.
  const parsed = (html) =>
    new DOMParser().parseFromString(
      html
        .replace(/<style[^]*?<\/style>/gi, "")
        .replace(/(<[^>]+?\s)style\s*=/gi, "$1data-style="),
      "text/html",
    ).body;

  const markdownOf = (html) => {
    const body = parsed(html);
    // Of what is a program or a mail in plain text, the plain text is pasted.
    if (body.querySelector("pre") && !body.querySelector("p, li, h1, h2, h3")) return "";
    const written = [];
    const widths = [];
    let runs = [];

    // `first` begins the first line in a place, `rest` each other.
    const end = (place) => {
      const text = textOf(runs);
      runs = [];
      if (!text) return;
      const lines = text.split("\n").map(escapedBeginning);
      const { first, rest, isItem } = place;
      written.push({
        text: first + lines.join(`\n${rest}`),
        rest,
        isItem: isItem && first !== rest,
        isListed: isItem,
      });
      place.first = rest;
      place.isBegun = true;
    };

    const within = (element, marks, around, { first, rest, ...more }) => {
      const place = {
        ...around,
        first: around.first + first,
        rest: around.rest + rest,
        isBegun: false,
        ...more,
      };
      walk(element, marks, place);
      end(place);
      if (place.isBegun) Object.assign(around, { first: around.rest, isBegun: true });
      return place;
    };

    const list = (element, marks, place) => {
      const outside = { ...place };
      let number = Number(element.getAttribute("start")) || 1;
      let last = outside;
      for (const child of element.children) {
        if (/^[OU]L$/.test(child.tagName)) {
          list(child, marks, last);
          continue;
        }
        const mark = element.tagName === "OL" ? `${number}. ` : "- ";
        number += 1;
        const item = { first: mark, rest: " ".repeat(mark.length), isItem: true };
        last = within(child, marks, outside, item);
        Object.assign(outside, { first: place.rest });
      }
      if (outside.isBegun) Object.assign(place, { first: place.rest, isBegun: true });
    };

    const block = (element, marks, place) => {
      end(place);
      const { tagName } = element;
      const item = wordItem(element, widths);
      if (!item && tagName === "P") widths.length = 0;
      if (item) within(element, marks, place, { ...item, isItem: true });
      else if (/^[OU]L$/.test(tagName)) list(element, marks, place);
      else if (tagName === "BLOCKQUOTE") {
        within(element, marks, place, { first: "> ", rest: "> " });
      } else if (/^H[1-6]$/.test(tagName)) {
        const mark = tagName < "H4" ? "## " : "#### ";
        const heading = { ...marks, bold: false, heading: true };
        within(element, heading, place, { first: mark, rest: "" });
      } else walk(element, marks, place);
      end(place);
    };

    const one = (node, marks, place) => {
      if (node.nodeType === Node.TEXT_NODE) {
        runs.push({ ...marks, text: node.data.replace(SPACE, " ") });
      }
      if (node.nodeType !== Node.ELEMENT_NODE || LEFT_OUT.has(node.tagName)) return;
      if (isWordBullet(node) || styleOf(node, "display") === "none") return;
      if (node.tagName === "BR") {
        if (/\n *$/.test(runs.map((run) => run.text).join(""))) end(place);
        else runs.push({ ...marks, text: marks.heading ? " " : "\n" });
      } else if (BLOCKS.has(node.tagName) || /^(?:H[1-6]|[OU]L|LI|BLOCKQUOTE)$/.test(node.tagName)) {
        block(node, marksOf(node, marks), place);
      } else {
        walk(node, marksOf(node, marks), place);
        if (/^T[DH]$/.test(node.tagName)) runs.push({ text: " " });
      }
    };
    const walk = (element, marks, place) => {
      for (const node of element.childNodes) one(node, marks, place);
    };

    const outside = { first: "", rest: "", isItem: false };
    walk(body, {}, outside);
    end(outside);
    return joined(written);
  };

  const joined = (written) =>
    written.reduce((text, { text: next, ...block }, at) => {
      if (!at) return next;
      const above = written[at - 1];
      if (block.isItem && above.isListed) return `${text}\n${next}`;
      const isQuoted = block.rest.startsWith(">") && above.rest.startsWith(">");
      return `${text}\n${isQuoted ? ">" : ""}\n${next}`;
    }, "");

  // A list or several paragraphs do not begin in the middle of a line.
  const blankBefore = (marked, before) => {
    const isBlock = /\n\n|^(?:[-#>]|\d+\.) /.test(marked);
    if (!isBlock || !before || before.endsWith("\n\n")) return "";
    return before.endsWith("\n") ? "\n" : "\n\n";
  };

  document.addEventListener("paste", (event) => {
    const area = event.target;
    if (!area.matches?.("textarea[data-markdown]")) return;
    const html = event.clipboardData.getData("text/html");
    const marked = html && markdownOf(html);
    if (!marked) return;
    event.preventDefault();
    const { selectionStart: start, selectionEnd: end, value } = area;
    writeText(area, blankBefore(marked, value.slice(0, start)) + marked, start, end);
  });
}
