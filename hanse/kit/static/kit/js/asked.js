// A question that hangs on another answer is shown only where that answer is given. Without a
// script it says "Only if …", and the server leaves it out in the same way.
const answers = (form, name) =>
  [...form.querySelectorAll(`[name="${name}"]`)].flatMap((field) => {
    if (["radio", "checkbox"].includes(field.type)) return field.checked ? [field.value] : [];
    return [field.value];
  });

function isMet(form, block) {
  const above = form.querySelector(`[name="${block.dataset.hangsOn}"]`)?.closest("[data-hangs-on]");
  if (above?.hidden) return false;
  const given = answers(form, block.dataset.hangsOn).filter((answer) => answer !== "");
  return block.dataset.wanted ? given.includes(block.dataset.wanted) : given.length === 0;
}

function arrange(form) {
  for (const block of form.querySelectorAll("[data-hangs-on]")) block.hidden = !isMet(form, block);
}

for (const form of document.querySelectorAll("form")) {
  if (!form.querySelector("[data-hangs-on]")) continue;
  form.addEventListener("change", () => arrange(form));
  arrange(form);
}
