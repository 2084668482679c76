// Erases the copies that keep-copy.js made: of what was posted, of what the server keeps
// until one logs in, and at logout all of them.
"use strict";

{
  const forget = (isTheirs) => {
    try {
      for (const store of [localStorage, sessionStorage]) {
        for (const name of Object.keys(store).filter((each) => each.startsWith("copy:"))) {
          const [, , path, key] = name.split(":");
          if (isTheirs({ path, key, ...JSON.parse(store[name]) })) store.removeItem(name);
        }
      }
    } catch {
      // There is no store here.
    }
  };

  for (const { dataset } of document.querySelectorAll("[data-posted]")) {
    forget(({ key }) => key === dataset.posted);
  }

  // The login page that a form leads to says where it will be given back.
  const next = new URLSearchParams(location.search).get("next") ?? "";
  const [path, query] = next.split("?");
  if (new URLSearchParams(query).has("draft")) {
    forget((copy) => copy.sent && copy.path === path);
  }

  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-forgets]")) forget(() => true);
  });
}
