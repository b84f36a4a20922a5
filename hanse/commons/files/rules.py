"""What a file really is, from its content. The name that it came with proves nothing."""

import csv
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from hanse.commons.files.words import ENDINGS, Kind
from hanse.kit.refusals import Refusal

# Together a zip may unfold to this much and this many times its size: beyond is a bomb.
MOST_UNFOLDED = 500 * 1024 * 1024
MOST_TIMES = 200
SAMPLE_ROWS = 200


def why_not_kept(name: str, content: bytes, kinds: frozenset[Kind], most: int) -> Refusal | None:
    """The reason why a file is not taken, or None."""
    wanted = ", ".join(sorted(str(kind.label) for kind in kinds))
    if not content:
        return Refusal("file_empty", _("The file %(name)s is empty."), {"name": name})
    if len(content) > most:
        facts = {"name": name, "size": len(content) // 1024 + 1, "most": most // 1024}
        return Refusal(
            "file_too_large",
            _("%(name)s has %(size)s kB, and at most %(most)s kB are taken here."),
            facts,
        )
    kind = kind_by_name(name)
    if kind is None or kind not in kinds:
        return Refusal(
            "file_kind_not_wanted",
            _("%(name)s is not of a kind that is taken here: %(wanted)s."),
            {"name": name, "wanted": wanted},
        )
    if not IS_KIND[kind](content):
        return Refusal(
            "file_is_not_what_it_says",
            _("%(name)s says that it is a %(kind)s, but its content is not."),
            {"name": name, "kind": kind.label},
        )
    return None


def kind_by_name(name: str) -> Kind | None:
    ending = PurePath(name).suffix.lower()
    return next((kind for kind, endings in ENDINGS.items() if ending in endings), None)


def is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def is_png(content: bytes) -> bool:
    """Signature, a header of the right length first, and the end mark last (PNG, section 5)."""
    return (
        content.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
        and content[-8:-4] == b"IEND"
        and 0 not in struct.unpack(">II", content[16:24])
    )


def is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\x00").endswith(b"\xff\xd9")


def is_zip(content: bytes) -> bool:
    return bool(names_in_zip(content))


def is_xlsx(content: bytes) -> bool:
    """A workbook without macros."""
    names = names_in_zip(content)
    return {"[Content_Types].xml", "xl/workbook.xml"} <= names and "xl/vbaProject.bin" not in names


def names_in_zip(content: bytes) -> set[str]:
    """What is in a zip that is whole and harmless to unfold, else nothing."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as zipped:
            entries = zipped.infolist()
            if sum(entry.file_size for entry in entries) > min(
                MOST_UNFOLDED, MOST_TIMES * len(content)
            ):
                return set()
            whole = zipped.testzip() is None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return set()
    names = {entry.filename for entry in entries}
    climbs = any(".." in PurePath(name).parts or name.startswith("/") for name in names)
    return names if whole and not climbs else set()


def is_csv(content: bytes) -> bool:
    """Text without control signs whose first rows have the same number of columns, two or more."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text[:100_000]):  # noqa: PLR2004
        return False
    lines = text.splitlines()[:SAMPLE_ROWS]
    return any(columns_agree(lines, sign) for sign in ",;\t")


def columns_agree(lines: list[str], sign: str) -> bool:
    try:
        widths = {len(row) for row in csv.reader(lines, delimiter=sign, strict=True) if row}
    except csv.Error:
        return False
    return len(widths) == 1 and min(widths) > 1


def is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def is_parquet(content: bytes) -> bool:
    """The mark at both ends, and a footer that fits in between (Parquet, File Format)."""
    if len(content) < 12 or content[:4] != b"PAR1" or content[-4:] != b"PAR1":  # noqa: PLR2004
        return False
    (footer,) = struct.unpack("<I", content[-8:-4])
    return bool(0 < footer <= len(content) - 12)


IS_KIND: Mapping[Kind, Callable[[bytes], bool]] = {
    Kind.PDF: is_pdf,
    Kind.PNG: is_png,
    Kind.JPEG: is_jpeg,
    Kind.XLSX: is_xlsx,
    Kind.CSV: is_csv,
    Kind.JSON: is_json,
    Kind.PARQUET: is_parquet,
    Kind.ZIP: is_zip,
}
