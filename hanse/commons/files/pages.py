from django.http import FileResponse, HttpRequest

from hanse.commons.files.access import files_visible_to, may_fetch
from hanse.commons.files.documents import attachment
from hanse.commons.files.models import StoredFile
from hanse.kit.gate import gate


@gate(may_fetch, find=files_visible_to)
def download(request: HttpRequest, stored: StoredFile) -> FileResponse:
    return attachment(stored)
