"""Mail through a server that speaks SMTP, named by HANSE_MAIL_URL."""

import smtplib
from dataclasses import dataclass
from urllib.parse import unquote, urlparse

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from hanse.ports.mail import Mail, NotDelivered, NotNow

SECONDS = 20


@dataclass(frozen=True)
class Smtp:
    """`smtp://…` upgrades to an encrypted connection, `smtps://…` begins with one."""

    url: str

    def carry(self, mail: Mail) -> None:
        """Hand one mail over to the server."""
        message = EmailMultiAlternatives(mail.subject, mail.text, mail.sender, [mail.to])
        if mail.unsubscribe:
            message.extra_headers["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
            message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if mail.html:
            message.attach_alternative(mail.html, "text/html")
        try:
            self.connection().send_messages([message])
        except smtplib.SMTPResponseException as no:
            kind = NotNow if 400 <= no.smtp_code < 500 else NotDelivered  # noqa: PLR2004  RFC 5321, 4.2.1
            raise kind(f"The mail server answered {no.smtp_code}.") from no
        except smtplib.SMTPRecipientsRefused as no:
            raise NotDelivered("The mail server does not accept this address.") from no
        except (OSError, smtplib.SMTPException) as no:
            raise NotNow(f"The mail server could not be reached ({type(no).__name__}).") from no

    def connection(self) -> EmailBackend:
        """A connection as the address of the server describes it."""
        at = urlparse(self.url)
        local = at.hostname in {"localhost", "127.0.0.1", "::1"}
        return EmailBackend(
            host=at.hostname,
            port=at.port or (465 if at.scheme == "smtps" else 587),
            username=unquote(at.username or ""),
            password=unquote(at.password or ""),
            use_ssl=at.scheme == "smtps",
            use_tls=at.scheme == "smtp" and not local,
            timeout=SECONDS,
        )
