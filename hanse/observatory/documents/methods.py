"""The methods of the engines as a list: for files, and as the page docs/methods.md."""

from hanse.kit.sheets import Column, Sheet

HEAD = """# Methods

Every method of the engines, by the name under which `hanse observatory index NAME` computes it and
`hanse.engines.catalogue.METHODS` holds it. `hanse observatory index NAME` without a file says more
of one: formula, unit, source, options. *Presets* are the programs whose conventions `--like` takes.

This page is written by `hanse observatory index --list --format markdown`.
"""
FOOT = """
## Other names

| Name | Method |
|---|---|
"""


def sheet_of_methods() -> Sheet:
    """One row a method."""
    from hanse.engines.catalogue import METHODS

    keys = ("family", "name", "says", "row", "takes", "optional", "presets")
    rows = tuple(
        (
            one.family,
            one.name,
            one.first_sentence,
            one.row,
            " ".join(one.takes),
            " ".join(one.optional),
            " ".join(sorted(one.presets)),
        )
        for one in METHODS.values()
    )
    return Sheet(
        "methods",
        "Methods",
        tuple(Column(key, key) for key in keys),
        rows,
        ("hanse observatory index NAME says more of one.",),
    )


def methods_in_markdown() -> str:
    """The list as a page, a table a family."""
    from hanse.engines.catalogue import ALIASES, FAMILIES, METHODS, Method

    def line(one: Method) -> str:
        optional = f" ({', '.join(one.optional)})" if one.optional else ""
        cells = (
            f"`{one.name}`",
            one.first_sentence.replace("|", "\\|"),
            f"{', '.join(one.takes)}{optional}",
            one.row,
            ", ".join(sorted(one.presets)),
        )
        return f"| {' | '.join(cells)} |\n"

    page = HEAD
    for family in FAMILIES:
        page += f"\n## {family.capitalize()}\n\n"
        page += "| Name | What it says | Takes (optional) | A row is a | Presets |\n"
        page += "|---|---|---|---|---|\n"
        page += "".join(line(one) for one in METHODS.values() if one.family == family)
    names = ""
    for alias, (name, options) in ALIASES.items():
        said = "".join(f", {key} {value}" for key, value in options.items())
        names += f"| `{alias}` | `{name}`{said} |\n"
    return page + FOOT + names
