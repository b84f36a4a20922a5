"""Open data, the current search as a file, and one's own profile with everything."""

from __future__ import annotations

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render

from hanse.directory.access import may_edit, organisations_visible_to
from hanse.directory.actions.open_data import FORMS, MOST_IN_WORKBOOK, NAMES, files_of_now
from hanse.directory.documents.exports import MEDIA, profile_file, streamed
from hanse.directory.models import Organisation
from hanse.directory.queries import open_data as queries
from hanse.directory.queries.address import asked_by
from hanse.directory.queries.search import search
from hanse.kit.gate import gate, public


@public
def open_data(request: HttpRequest) -> HttpResponse:
    """What the files hold, what each column means, under which licence."""
    files = files_of_now()
    context = {
        "files": files,
        "tables": [
            (name, [(form, files.path(name, form).stat().st_size) for form in FORMS])
            for name in NAMES
        ]
        if files
        else [],
        "dictionary": queries.dictionary(),
        "kinds": queries.kinds(),
        "most": MOST_IN_WORKBOOK,
    }
    return render(request, "directory/open_data.html", context)


@public
def open_file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A file of the last writing; where none was written yet, what can be streamed is."""
    if name not in NAMES or form not in FORMS:
        raise Http404
    files = files_of_now()
    if files is None:
        if name == "organisations" and form in ("csv", "jsonl"):
            return _stream(form, "hanse-directory", None)
        raise Http404
    return FileResponse(
        files.path(name, form).open("rb"),
        as_attachment=True,
        filename=f"hanse-{name}-{files.day.isoformat()}.{form}",
        content_type=MEDIA[form],
    )


@public
def found(request: HttpRequest, form: str) -> HttpResponseBase:
    """All that a search finds, in its order; the address is that of the search."""
    if form not in ("csv", "jsonl"):
        raise Http404
    numbers = search(asked_by(request.GET).question).numbers.tolist()
    return _stream(form, "hanse-search", numbers)


def _stream(form: str, name: str, numbers: list[int] | None) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(streamed(form, numbers), content_type=MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


@gate(may_edit, find=organisations_visible_to, by="slug")
def profile(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Everything, private facts too: for those who may change the profile."""
    answer = HttpResponse(profile_file(organisation), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{organisation.slug}.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer
