// Writes in a field as somebody types, so that Ctrl+Z takes it back. Other scripts ask.
"use strict";

const writeText = (area, text, start, end) => {
  const before = area.value;
  const after = before.slice(0, start) + text + before.slice(end);
  if (after === before) return;
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, end);
  // Deprecated, and alone among what scripts can do in being undone as typing is. In a
  // field HTML is words; Chromium takes 60 times longer over `insertText` when there
  // are many lines, and Firefox knows that one only.
  const html = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  if (text) document.execCommand("insertHTML", false, html);
  if (area.value === before) document.execCommand(text ? "insertText" : "delete", false, text);
  if (area.value !== after) {
    area.value = after;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(start + text.length, start + text.length);
};
