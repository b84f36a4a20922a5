from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "link_unknown": _(
        "This link leads nowhere: it may have been cut in two by the mail program. Copy the whole "
        "address from the letter, or log in."
    ),
    "link_expired": _("This link was good until %(day)s. Log in, or ask for a new letter."),
    "link_used": _(
        "This link has done its work on %(day)s. Nothing is lost; log in to change more."
    ),
}
