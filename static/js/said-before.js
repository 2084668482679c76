// Shows, while one writes, what others said already. Without this script it is shown
// once, before anything is posted.
"use strict";

{
  const PAUSE = 1000;
  const SHORTEST = 20;
  const SENT = ["csrfmiddlewaretoken", "side", "title", "text"];

  const read = (html) => new DOMParser().parseFromString(html, "text/html").body;

  const watch = (form) => {
    const place = form.querySelector("[data-said-before]");
    const aloud = form.querySelector("[data-said-aloud]");
    let waiting = null;
    let asking = null;
    let isDismissed = false;

    // One sentence is said aloud: whoever listens while writing does not hear the list.
    const put = (...nodes) => {
      if (nodes.length) place.replaceChildren(...nodes);
      else place.querySelector(".said-before").remove();
      aloud.textContent = place.querySelector(".said-before")?.dataset.howMany ?? "";
    };

    const arrange = () => {
      const dismiss = place.querySelector("[data-dismiss]");
      if (!dismiss) return;
      dismiss.hidden = false;
      dismiss.firstElementChild.onclick = () => {
        isDismissed = true;
        put();
        form.elements.text.focus();
      };
    };

    // What is being read, or was reached by the keyboard, is not replaced.
    const show = (part) => {
      if (isDismissed || place.contains(document.activeElement)) return;
      const shown = place.querySelector(".said-before ul")?.textContent;
      const found = part.querySelector(".said-before ul")?.textContent;
      if (found === shown) return;
      put(...(found ? part.childNodes : []));
      arrange();
    };

    const ask = async () => {
      const typed = new FormData(form);
      const words = `${typed.get("title") ?? ""} ${typed.get("text")}`.trim();
      if (words.length < SHORTEST) return;
      const fields = SENT.filter((name) => typed.has(name)).map((name) => [name, typed.get(name)]);
      asking = new AbortController();
      try {
        const answer = await fetch(place.dataset.saidBefore, {
          method: "POST",
          body: new URLSearchParams(fields),
          signal: asking.signal,
        });
        if (answer.ok) show(read(await answer.text()));
      } catch {
        // One goes on writing: it is asked again after the next pause, or on the server.
      }
    };

    const stop = () => {
      clearTimeout(waiting);
      asking?.abort();
    };
    form.addEventListener("input", () => {
      stop();
      if (!isDismissed) waiting = setTimeout(ask, PAUSE);
    });
    form.addEventListener("submit", stop);
    arrange();
  };

  const watchWithin = (part) =>
    part.querySelectorAll("[data-said-before]").forEach((place) => watch(place.closest("form")));
  watchWithin(document);
  // A form that was opened where one reads.
  document.addEventListener("arrived", (event) => watchWithin(event.target));
}
