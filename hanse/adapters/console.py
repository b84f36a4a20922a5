"""Mail on the terminal, for a place that sends none."""

import sys

from hanse.ports.mail import Mail


class Console:
    """Prints each mail between two rules."""

    def carry(self, mail: Mail) -> None:
        """Print the mail as a person reads it."""
        rule = "-" * 72
        sys.stdout.write(
            f"\n{rule}\nTo: {mail.to}\nSubject: {mail.subject}\n\n{mail.text.strip()}\n{rule}\n"
        )
        sys.stdout.flush()
