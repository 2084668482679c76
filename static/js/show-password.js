// A password that was typed can be read again. Without this script, the field is whole.
for (const field of document.querySelectorAll("[data-password]")) {
  const input = field.querySelector("input");
  const button = document.createElement("button");
  const words = document.createElement("span");
  button.type = "button";
  button.className = "button button--quiet";
  button.setAttribute("aria-controls", input.id);
  button.append(words);
  const show = (isShown) => {
    input.type = isShown ? "text" : "password";
    words.textContent = isShown ? field.dataset.hide : field.dataset.show;
    button.setAttribute("aria-label", `${words.textContent} (${field.querySelector("label").textContent.trim()})`);
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // What a browser offers to remember is a password again.
  input.form.addEventListener("submit", () => show(false));
  show(false);
  input.after(button);
}
