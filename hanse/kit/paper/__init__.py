"""Pages on paper: one typst template, filled with data, compiled to PDF or PNG.

Words and numbers travel as JSON, never as typst source, so no text can be read as markup.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# Of these our faces have every letter that names are written with; of others typst is asked.
WHOLE_SCRIPTS = {"LATIN", "GREEK", "CYRILLIC", "MODIFIER", "FEMININE", "MASCULINE"}
USUAL_SIGNS = "’‘“”„«»–—…·•°§&\u00a0"
BARE = b'#set document(title: "Signs")\n#set text(font: "Source Sans 3")\n#sys.inputs.text'


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table on paper: heads, rows of written cells, and which columns stand to the right."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A picture on paper: a standalone SVG, what it shows, and its source line."""

    svg: str
    says: str
    title: str = ""
    source: str = ""
    height_mm: int = 110


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: finding, standfirst, large figures, then pictures and tables in order."""

    language: str
    title: str
    lead: str
    kicker: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    parts: tuple[PaperTable | PaperPicture, ...] = ()
    notes: tuple[str, ...] = ()
    # Each part on a page of its own, to be handed out or hung up.
    own_pages: bool = False


def as_pdf(paper: Paper) -> bytes:
    """Compile a tagged A4 PDF (PDF/UA-1, so that screen readers can read it)."""
    return pdf_of(FOLDER / "paper.typ", _told(paper))


def pdf_of(template: Path, told: Mapping[str, Any]) -> bytes:
    """Compile a typst template of a domain, which reads `told` as JSON from `sys.inputs.paper`.

    A sign that our faces lack takes whatever face this machine has for it; PDF/UA-1 forbids what
    no face can draw, so that such a page is not promised to be one.
    """
    import typst

    try:
        return _compiled(template, told, _fonts(), ["ua-1"])
    except typst.TypstError as no:
        if "could not be displayed" not in str(no):
            raise
    return _compiled(template, told, _all_fonts(), [])


def _compiled(template: Path, told: Mapping[str, Any], fonts: Any, standards: Any) -> bytes:
    import typst

    compiled: bytes = typst.compile(
        template.read_bytes(),
        format="pdf",
        sys_inputs={"paper": json.dumps(told)},
        font_paths=fonts,
        pdf_standards=standards,
    )
    return compiled


@lru_cache(maxsize=10_000)
def has_faces_for(text: str) -> bool:
    """Whether our own faces can draw every sign of a text.

    >>> has_faces_for("Ελένη Wiśniewski-Й"), has_faces_for("萩原 健二")
    (True, True)
    >>> has_faces_for("สมชาย"), has_faces_for("Ærø 🎉")
    (False, False)
    """
    import typst

    others = (sign for sign in text if not (sign.isascii() or sign in USUAL_SIGNS))
    if {unicodedata.name(sign, "").split(" ")[0] for sign in others} <= WHOLE_SCRIPTS:
        return True
    try:
        typst.compile(
            BARE,
            format="pdf",
            sys_inputs={"text": text},
            font_paths=_fonts(),
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        return False
    return True


def as_png(svg: str, width_px: int = 1600) -> bytes:
    """Draw a standalone SVG as PNG, `width_px` wide, without any system library."""
    import typst

    page = (
        f"#set page(width: {width_px}pt, height: auto, margin: 0pt)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)\n'
    )
    drawn: bytes = typst.compile(
        page.encode(),
        format="png",
        ppi=72.0,
        sys_inputs={"svg": svg},
        font_paths=_fonts(),
    )
    return drawn


@cache
def _fonts() -> Any:
    """Our own faces alone, so that a page looks the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(FOLDER / "fonts")])


@cache
def _all_fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=True, font_paths=[str(FOLDER / "fonts")])


def _told(paper: Paper) -> Mapping[str, Any]:
    kinds = {PaperTable: "table", PaperPicture: "picture"}
    told = asdict(paper)
    told["parts"] = [{"kind": kinds[type(part)], **asdict(part)} for part in paper.parts]
    return told
