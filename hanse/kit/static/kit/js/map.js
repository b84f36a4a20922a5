// A map of linked regions: says the region under the pointer or the keyboard, in words, below the map;
// the arrow keys walk from region to region, so that the map is one stop of the Tab key, not three hundred.
const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const middle = (region) => {
  const box = region.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

const nearest = (regions, from, [wx, wy]) => {
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const region of regions) {
    const [a, b] = middle(region);
    const along = (a - x) * wx + (b - y) * wy;
    const across = Math.abs((a - x) * wy) + Math.abs((b - y) * wx);
    if (region !== from && along > 1 && along + 2 * across < least) {
      least = along + 2 * across;
      best = region;
    }
  }
  return best;
};

const prepare = (map) => {
  const line = map.querySelector(".map-says");
  const regions = [...map.querySelectorAll("svg a")];
  const silent = line?.textContent;
  const start = map.querySelector("svg a.selected") ?? regions[0];
  for (const region of regions) region.setAttribute("tabindex", region === start ? 0 : -1);

  // The outline of the region lies over its neighbours, so it is drawn once more, last of all.
  const rings = [];
  const point = (region) => {
    for (const ring of rings.splice(0)) ring.remove();
    if (line) line.textContent = region?.querySelector("title")?.textContent ?? silent;
    const shape = region?.querySelector("path");
    if (!shape) return;
    for (const kind of ["sel case pointed", "sel pointed"]) {
      const ring = shape.cloneNode();
      ring.setAttribute("class", kind);
      region.parentNode.append(ring);
      rings.push(ring);
    }
  };
  const focused = () => (map.contains(document.activeElement) ? document.activeElement.closest("svg a") : null);
  map.addEventListener("pointerover", (event) => point(event.target.closest?.("svg a") ?? focused()));
  map.addEventListener("pointerleave", () => point(focused()));
  map.addEventListener("focusin", (event) => point(event.target.closest?.("svg a")));
  map.addEventListener("focusout", () => point(null));
  map.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    const from = event.target.closest?.("svg a");
    const region = way && from && nearest(regions, from, way);
    if (!region) return;
    event.preventDefault();
    from.setAttribute("tabindex", -1);
    region.setAttribute("tabindex", 0);
    region.focus();
  });
};

const prepareAll = (part) => part.querySelectorAll("[data-map]").forEach(prepare);

prepareAll(document);
document.addEventListener("htmx:afterSwap", () => prepareAll(document.getElementById("main")));
