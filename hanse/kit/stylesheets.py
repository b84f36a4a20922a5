"""The one style sheet that a page loads: the files of static/kit/css, joined by name.

The joined file is kept in the repository, so that nothing has to be built to run.
After a change: python -m hanse.kit.stylesheets (a test compares).
"""

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "kit" / "css"
JOINED = FOLDER / "hanse.css"


def joined() -> str:
    """All parts as one sheet, without comments and indentation."""
    css = "\n".join(part.read_text() for part in sorted(FOLDER.glob("[0-9]*.css")))
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    lines = (line.strip() for line in css.splitlines())
    return "/* Joined from the files beside it; see hanse/kit/stylesheets.py. */\n" + "\n".join(
        line for line in lines if line
    )


if __name__ == "__main__":
    JOINED.write_text(joined() + "\n")
