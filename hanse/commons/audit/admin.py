from django.contrib import admin

from hanse.commons.audit.models import AuditEntry
from hanse.kit.backoffice import ReadOnlyAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "action", "object_type", "object_label"]
    list_filter = ["action", "object_type"]
    date_hierarchy = "at"
