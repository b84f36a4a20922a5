// A choice that is open closes when the reader goes elsewhere.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.choice[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.choice[open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
