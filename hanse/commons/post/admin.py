from django.contrib import admin

from hanse.commons.post.models import Letter
from hanse.kit.backoffice import ReadOnlyAdmin


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ["written_at", "subject", "language", "state", "tries", "error"]
    list_filter = ["state"]
    date_hierarchy = "written_at"
