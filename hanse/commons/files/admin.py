from django.contrib import admin

from hanse.commons.files.models import StoredFile
from hanse.kit.backoffice import ReadOnlyAdmin


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    list_display = ["kept_at", "name", "kind", "size", "owner"]
    list_filter = ["kind"]
    date_hierarchy = "kept_at"
