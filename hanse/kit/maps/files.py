"""A drawing as a file of its own, with its colours written out."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

# One hatch, at the scales of the page, of a map and of a small map.
PATTERNS = "".join(
    f'<pattern id="{name}" width="{step}" height="{step}" patternUnits="userSpaceOnUse"'
    f' patternTransform="rotate(45)"><rect class="hatch-ground" width="{step}" height="{step}"/>'
    f'<path class="hatch-line" stroke-width="{line}" d="M0 0V{step}"/></pattern>'
    for name, step, line in (
        ("hatch", 4.2, 1.7),
        ("hatch-map", 8, 3),
        ("hatch-mini", 26, 9),
        ("hatch-km", 17, 6.6),
    )
)


CSS = Path(__file__).parents[1] / "static" / "kit" / "css"


@cache
def _sheet_rules(theme: Literal["light", "dark"]) -> str:
    """The rules for figures with concrete colours, for viewers without custom properties."""
    tokens = dict(
        re.findall(r"--([\w-]+):\s*(?:light-dark\(([^)]*)\))", (CSS / "00-tokens.css").read_text())
    )
    colours = {
        name: pair.split(",")[0 if theme == "light" else 1].strip() for name, pair in tokens.items()
    }
    rules = {
        "text": "font-family:'Source Sans 3','Noto Sans','Segoe UI',sans-serif;fill:var(--ink)",
        ".mid": "text-anchor:middle",
        ".end": "text-anchor:end",
        ".bold": "font-weight:650",
        ".halo": "paint-order:stroke;stroke:var(--paper);stroke-width:3.5px;stroke-linejoin:round",
    }
    figures = (CSS / "45-figures.css").read_text()
    for selector, body in re.findall(
        r"^\s*(?:svg )?(\.[\w.-]+) \{ ([^{}]+) \}$", figures, re.MULTILINE
    ):
        rules.setdefault(selector, "")
        rules[selector] += ";" + body.strip().rstrip(";")
    for block, inner in re.findall(
        r"^  \.(atlas|hexmap|locator) \{\n(.*?)^  \}$", figures, re.MULTILINE | re.DOTALL
    ):
        for selector, body in re.findall(
            r"^    & (\.?[\w.-]+(?: \.?[\w-]+)?) \{ (.*?) \}$", inner, re.MULTILINE
        ):
            rules[f".{block} {selector}"] = body
    text = "".join(f"{selector}{{{body.strip(';')}}}" for selector, body in rules.items())
    return re.sub(r"var\(--([\w-]+)\)", lambda m: colours.get(m.group(1), "#000"), text)


def standalone(svg: str, theme: Literal["light", "dark"] = "light", *, width: int = 1600) -> str:
    """The same drawing as a file of its own: concrete colours, its own patterns, a ground."""
    box = re.search(r'viewBox="([-\d. ]+)"', svg)
    if box is None:
        raise ValueError("A drawing needs a viewBox")
    x, y, w, h = (float(part) for part in box.group(1).split())
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{round(width * h / w)}" '
    )
    ground = f'<rect class="paper" x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}"/>'
    # A file on its own leads nowhere: its links become plain groups.
    svg = re.sub(r"<a\b[^>]*>", "<g>", svg).replace("</a>", "</g>").replace('"group"', '"img"')
    opened = svg.index(">") + 1
    return (
        head
        + svg[len("<svg ") : opened]
        + f"<style>{_sheet_rules(theme)}</style><defs>{PATTERNS}</defs>{ground}"
        + svg[opened:]
    )
