// Keeps a form that is being filled in, every few seconds and when its page is left.
// Without this script nothing is lost either: what is sent and refused comes back.
"use strict";

for (const form of document.querySelectorAll("form[data-keep]")) {
  const said = form.querySelector("[data-kept]");
  let waiting = null;
  let kept = new URLSearchParams(new FormData(form)).toString();

  const keep = async () => {
    waiting = null;
    const typed = new URLSearchParams(new FormData(form)).toString();
    if (typed === kept) return;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new URLSearchParams(typed),
        keepalive: typed.length < 60000,
      });
      if (!answer.ok) return;
      kept = typed;
      said.textContent = (await answer.json()).said;
    } catch {
      // The next letter tries again.
    }
  };

  form.addEventListener("input", () => {
    waiting ??= setTimeout(keep, 3000);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    kept = new URLSearchParams(new FormData(form)).toString();
  });
}
