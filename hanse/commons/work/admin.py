from django.contrib import admin

from hanse.commons.work.models import Job
from hanse.kit.backoffice import ReadOnlyAdmin


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["asked_at", "title", "state", "owner"]
    list_filter = ["state"]
    date_hierarchy = "asked_at"
