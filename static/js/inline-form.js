// Opens the form of an act under its link, where one reads. Without this script the link
// leads to that form's own page, and so it does when the form cannot be fetched.
"use strict";

const FIELDS = "input:not([type=hidden], [tabindex='-1']), select, textarea";
// A form that is closed is kept out of the page as it was filled in. One is open at a
// time, because the fields of two would share their names.
const forms = new Map();
let opened = null;

const close = () => {
  forms.get(opened)?.remove();
  opened?.setAttribute("aria-expanded", "false");
  opened = null;
};

const show = (link, part) => {
  close();
  opened = link;
  const first = part.querySelector(".error-summary, .said-before[autofocus]") ?? part.querySelector(FIELDS);
  first?.removeAttribute("autofocus");
  link.setAttribute("aria-expanded", "true");
  link.closest("p").after(part);
  if (forms.get(link) !== part) part.dispatchEvent(new Event("arrived", { bubbles: true }));
  forms.set(link, part);
  const chosen = part.querySelector(`[name="${first?.name}"]:checked`);
  (chosen ?? first ?? part).focus();
};

// The form that the site answers with, or none when the page is being left.
const ask = async (pressed, address, sent) => {
  pressed.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { "X-Form-Alone": "1" }, ...sent });
    const place = answer.headers.get("Location");
    if (place) return location.assign(place);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector("[data-inline-form]");
    if (!part) throw new Error(`${answer.status}`);
    return part;
  } finally {
    pressed.removeAttribute("aria-busy");
  }
};

const open = async (link) => {
  if (link.hasAttribute("aria-busy")) return;
  try {
    show(link, forms.get(link) ?? (await ask(link, link.href)));
  } catch {
    location.assign(link.href);
  }
};

const send = async (link, form) => {
  if (form.hasAttribute("aria-busy")) return;
  const unreachable = form.parentElement.querySelector("[data-unreachable]");
  unreachable.hidden = true;
  const body = new URLSearchParams(new FormData(form));
  try {
    const part = await ask(form, form.action, { method: "POST", body });
    if (part) show(link, part);
  } catch {
    unreachable.hidden = false;
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-inline]");
  if (event.target.closest("[data-close]")) {
    const back = opened;
    close();
    back.focus();
  } else if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    if (link === opened) close();
    else open(link);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.closest("[data-inline-form]")?.querySelector("[data-close]").click();
});
document.addEventListener("submit", (event) => {
  if (!event.target.closest("[data-inline-form]")) return;
  event.preventDefault();
  send(opened, event.target);
});
