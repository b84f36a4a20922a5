from django.contrib import admin

from hanse.commons.consent.models import Consent
from hanse.kit.backoffice import ReadOnlyAdmin


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ["at", "person", "purpose", "version", "answer"]
    list_filter = ["purpose", "answer"]
    date_hierarchy = "at"
