from django.http import FileResponse

from hanse.commons.files.models import StoredFile


def attachment(stored: StoredFile) -> FileResponse:
    """A stored file as a download: never shown in the page's own place, never guessed at."""
    response = FileResponse(
        stored.content.open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
