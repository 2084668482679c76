// A copy in this browser of what one types, for when the network fails. It belongs to
// one account, and is offered back when the form opens with less than it.
// What a visitor types is in the tab's own store, and theirs who log in within the hour.
"use strict";

{
  const PREFIX = "copy:";
  const VISITOR = "";
  const SAME_SITTING = 3600_000;
  const LIFE = 30 * 24 * SAME_SITTING;

  // A browser may have no store, or a full one: then there is no copy, and no word.
  const trying = (act, otherwise) => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };

  const storeOf = (owner) => (owner === VISITOR ? sessionStorage : localStorage);
  const stored = () =>
    [localStorage, sessionStorage].flatMap((store) =>
      Object.keys(store)
        .filter((name) => name.startsWith(PREFIX))
        .map((name) => {
          const [, owner, path, key] = name.split(":");
          return { store, name, owner, path, key, ...JSON.parse(store[name]) };
        }),
    );
  const erase = ({ store, name }) => store.removeItem(name);

  const ownerOf = (form) => form.querySelector("[data-copies]").dataset.copies;
  const pathOf = (form) => new URL(form.action).pathname;
  const nameOf = (form) =>
    `${PREFIX}${ownerOf(form)}:${pathOf(form)}:${form.elements.key.value}`;

  // Not the field that people do not see.
  const typedIn = (form) =>
    [...form.elements].filter(
      (each) => each.name && each.tabIndex >= 0 && !/^(?:hidden|submit|button)$/.test(each.type),
    );
  const words = (form) =>
    typedIn(form).filter((each) => /^(?:text|textarea|url)$/.test(each.type) && each.value.trim());
  const fieldsOf = (form) =>
    Object.fromEntries(
      [...new Set(typedIn(form).map(({ name }) => name))].map((name) => [
        name,
        form.elements[name].value,
      ]),
    );

  const keep = (form, more) => {
    const store = storeOf(ownerOf(form));
    const copy = { at: Date.now(), fields: fieldsOf(form), ...more };
    if (words(form).length) store.setItem(nameOf(form), JSON.stringify(copy));
    else store.removeItem(nameOf(form));
    form.dataset.copied = "";
  };

  // Whoever is there now, what others typed is theirs alone: it goes.
  const mayBeTaken = (copy, owner) => {
    const age = Date.now() - copy.at;
    if (copy.owner === owner) return age < LIFE;
    return copy.owner === VISITOR && age < SAME_SITTING;
  };

  const says = (form, fields) =>
    Object.entries(fields).every(([name, value]) => {
      const field = form.elements[name];
      if (!field) return !value.trim();
      return !/^(?:text|textarea|url)$/.test(field.type) || field.value.includes(value.trim());
    });

  const fill = (form, fields) => {
    for (const [name, value] of Object.entries(fields)) {
      const field = form.elements[name];
      if (!field) continue;
      if (field.type === "textarea") writeText(field, value, 0, field.value.length);
      else field.value = value;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const instant = (at) => {
    const isToday = new Date(at).toDateString() === new Date().toDateString();
    const shown = isToday ? { timeStyle: "short" } : { dateStyle: "long", timeStyle: "short" };
    return new Intl.DateTimeFormat(document.documentElement.lang, shown).format(at);
  };

  const offer = (form, copies) => {
    const place = form.querySelector("[data-copies]");
    const [copy] = copies;
    place.replaceChildren();
    if (!copy) return;
    place.append(place.nextElementSibling.content.cloneNode(true));
    place.querySelector("time").textContent = instant(copy.at);
    place.querySelector("[data-take]").onclick = () => {
      place.replaceChildren();
      fill(form, copy.fields);
      // What the form has no field for yet, such as a third source, is kept.
      if (says(form, copy.fields)) erase(copy);
      trying(() => keep(form));
      words(form).at(-1)?.focus();
    };
    place.querySelector("[data-throw]").onclick = () => {
      erase(copy);
      offer(form, copies.slice(1));
      typedIn(form)[0]?.focus();
    };
  };

  const open = (form) => {
    if (form.dataset.opened) return;
    form.dataset.opened = "yes";
    const owner = ownerOf(form);
    const copies = stored();
    for (const copy of copies) if (!mayBeTaken(copy, owner)) erase(copy);
    const own = copies.filter(
      (copy) => mayBeTaken(copy, owner) && copy.path === pathOf(form),
    );
    const known = own.filter((copy) => says(form, copy.fields));
    known.forEach(erase);
    // What came back from the server was not posted: it is still to be kept.
    if (known.length) keep(form);
    offer(form, own.filter((copy) => !known.includes(copy)).sort((a, b) => b.at - a.at));
  };

  const formOf = ({ target }) => {
    const form = target.closest?.("form");
    return form?.querySelector("[data-copies]") ? form : null;
  };
  const onForms = (event, act) =>
    document.addEventListener(event, (fired) => {
      const form = formOf(fired);
      if (form) trying(() => act(form));
    });

  // A form that comes into the page later begins with its first field.
  onForms("focusin", open);
  onForms("input", keep);
  onForms("submit", (form) => keep(form, { sent: true }));
  for (const place of document.querySelectorAll("[data-copies]")) {
    trying(() => open(place.closest("form")));
  }
}
