// The region under the pointer or the keyboard, in words below the map.
for (const map of document.querySelectorAll("[data-map]")) {
  const line = map.querySelector(".map-says");
  if (!line) continue;
  const silent = line.textContent;
  const say = (event) => {
    const region = event.target.closest("svg a");
    line.textContent = region ? region.getAttribute("aria-label") : silent;
  };
  for (const kind of ["pointerover", "focusin", "pointerleave", "focusout"]) {
    map.addEventListener(kind, say);
  }
}
