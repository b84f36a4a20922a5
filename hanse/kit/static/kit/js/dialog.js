// A link to a dialog opens it over the page; without script the same link shows it in place.
document.addEventListener("click", (event) => {
  const opener = event.target.closest('a[href^="#"]');
  const dialog = opener && document.querySelector(`dialog[id="${opener.hash.slice(1)}"]`);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target.closest("[data-closes]")) {
    const open = event.target.closest("dialog");
    if (open?.open) {
      event.preventDefault();
      open.close();
    }
  }
});
