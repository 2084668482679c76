// Keeps a form that is being filled in, every few seconds and when its page is left.
// Without this script nothing is lost either: what is sent and refused comes back.
"use strict";

const keepWhileWritten = (form) => {
  const said = form.querySelector("[data-kept]");
  let waiting = null;
  let kept = new URLSearchParams(new FormData(form)).toString();

  let busy = false;

  const keep = async () => {
    waiting = null;
    if (busy) {
      waiting = setTimeout(keep, 1000);
      return;
    }
    const typed = new URLSearchParams(new FormData(form)).toString();
    if (typed === kept) return;
    busy = true;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new URLSearchParams(typed),
        keepalive: typed.length < 60000,
      });
      if (!answer.ok) {
        said.textContent = "";
        return;
      }
      kept = typed;
      said.textContent = (await answer.json()).said;
    } catch {
      // The next letter tries again, or the network when it is back.
      if ("copied" in form.dataset) said.textContent = said.dataset.offline;
    } finally {
      busy = false;
    }
  };

  form.addEventListener("input", () => {
    waiting ??= setTimeout(keep, 3000);
  });
  addEventListener("online", keep);
  // Back on a page that was sent: it may not have arrived.
  addEventListener("pageshow", (event) => {
    if (event.persisted) kept = "";
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    kept = new URLSearchParams(new FormData(form)).toString();
  });
};

const keepWithin = (part) => part.querySelectorAll("form[data-keep]").forEach(keepWhileWritten);
keepWithin(document);
// A form that was opened where one reads.
document.addEventListener("arrived", (event) => keepWithin(event.target));
