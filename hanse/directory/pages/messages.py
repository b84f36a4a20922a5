"""Conversations between organisations: the list, one of them, a new one, files, block, report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hanse.commons.files.documents import attachment
from hanse.directory.access import (
    attachments_visible_to,
    may_begin_to_write,
    may_read,
    may_speak_for,
    organisations_visible_to,
    sides_of,
    speaks_for_any,
    spoken_for_by,
    threads_visible_to,
)
from hanse.directory.actions.messages import (
    answer,
    block,
    lift_block,
    mark_read,
    open_thread,
    report,
)
from hanse.directory.forms.in_touch import AnswerForm, FirstMessageForm, ReportForm
from hanse.directory.models import Attachment, Block, Organisation, Thread
from hanse.directory.queries.messages import (
    introductions_waiting,
    is_read,
    messages_of,
    threads_of,
    unread_count,
    website_of,
)
from hanse.kit.gate import gate, signed_in, whoever
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused
from hanse.kit.uploads import takes_files

ROWS = 30


@signed_in
@never_cache
def threads(request: HttpRequest) -> HttpResponse:
    me = whoever(request)
    unread = unread_count(me)
    own = set(spoken_for_by(me).values_list("pk", flat=True))
    page = page_of(request, threads_of(me), ROWS)
    context = {
        "page": page,
        "rows": [(one, *facing(one, own)) for one in page],
        "title": ngettext(
            "%(count)s conversation with something new",
            "%(count)s conversations with something new",
            unread,
        )
        % {"count": unread}
        if unread
        else _("Conversations"),
        "introductions": introductions_waiting(me),
        "blocks": Block.objects.filter(organisation__in=own).select_related(
            "organisation", "blocked"
        ),
    }
    return render(request, "directory/threads.html", context)


def facing(thread: Thread, own: set[int]) -> tuple[Organisation, Organisation]:
    """Who is across, and in whose name one reads."""
    side = thread.opener if thread.opener_id in own else thread.other
    return thread.across(side), side


@takes_files(10)
@gate(may_read, find=threads_visible_to)
@never_cache
def thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Read it, which is remembered for this person, and write on."""
    me = whoever(request)
    sides = sides_of(me, thread)
    form = AnswerForm(sides, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        side = side_chosen(form, sides)
        try:
            if not may_speak_for(me, side):
                raise PermissionDenied
            answer(thread, side, form.written(), by=me)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Sent."))
            return redirect(thread)
    return shown(request, thread, form, ReportForm())


def side_chosen(form: AnswerForm, sides: list[Organisation]) -> Organisation:
    chosen = form.cleaned_data.get("side", "")
    return next((one for one in sides if str(one.pk) == chosen), sides[0])


def shown(
    request: HttpRequest, thread: Thread, form: AnswerForm, report_form: ReportForm
) -> HttpResponse:
    me = whoever(request)
    sides = sides_of(me, thread)
    side = sides[0]
    other = thread.across(side)
    # Before it is marked as read, so that what is new can be told from what is not.
    read = thread.reads.filter(person=me).values_list("read_at", flat=True).first()
    page = page_of(request, messages_of(thread).order_by("-made_at", "-pk"), 50)
    mark_read(thread, me)
    context = {
        "thread": thread,
        "page": page,
        "rows": [
            (one, one.side_id in {own.pk for own in sides}, is_new(one, me, read)) for one in page
        ],
        "side": side,
        "other": other,
        "form": form,
        "report_form": report_form,
        "introduction": getattr(thread, "introduction", None),
        "blocked": Block.objects.filter(organisation=side, blocked=other).exists(),
        "may_write": may_speak_for(me, side),
        "reported": thread.reports.filter(side=side, settled_at__isnull=True).first(),
    }
    return render(request, "directory/thread.html", context)


def is_new(message: Any, me: Any, read: Any) -> bool:
    return message.made_by_id != me.pk and (read is None or message.made_at > read)


@takes_files(10)
@gate(may_begin_to_write, find=organisations_visible_to, by="slug")
def new_thread(request: HttpRequest, other: Organisation) -> HttpResponse:
    """Write to an organisation; where nobody reads its page says so and offers the website."""
    me = whoever(request)
    if not is_read(other):
        context = {"other": other, "website": website_of(other)}
        return render(request, "directory/nobody_reads.html", context)
    if not speaks_for_any(me):
        return render(request, "directory/nobody_to_speak_for.html")
    form = FirstMessageForm(
        me, request.POST or None, files=request.FILES or None, slug=request.GET.get("by", "")
    )
    if request.method == "POST" and form.is_valid():
        given = form.given
        try:
            sent = open_thread(
                given["organisation"], other, given["subject"], form.written(), by=me
            )
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Sent. The other side gets a letter as well."))
            return redirect(sent.thread)
    return render(request, "directory/thread_form.html", {"form": form, "other": other})


@gate(may_read, find=attachments_visible_to)
@never_cache
def file_of_message(request: HttpRequest, attached: Attachment) -> FileResponse:
    return attachment(attached.stored)


@require_POST
@gate(may_read, find=threads_visible_to)
def blocking(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Block the other side, or no longer."""
    me = whoever(request)
    side = sides_of(me, thread)[0]
    if not may_speak_for(me, side):
        raise PermissionDenied
    other = thread.across(side)
    if "lift" in request.POST:
        lift_block(side, other, by=me)
        messages.success(request, _("They can write to you again."))
    else:
        block(side, other, by=me)
        messages.success(request, _("Blocked. They learn only that a message cannot be sent."))
    return redirect(thread)


def blocks_of(person: Any) -> QuerySet[Block]:
    return Block.objects.filter(organisation__in=spoken_for_by(person)).select_related(
        "organisation", "blocked"
    )


@require_POST
@gate(may_read, find=blocks_of)
def lifting(request: HttpRequest, held: Block) -> HttpResponse:
    lift_block(held.organisation, held.blocked, by=whoever(request))
    messages.success(request, _("They can write to you again."))
    return redirect("directory:threads")


@require_POST
@gate(may_read, find=threads_visible_to)
def reporting(request: HttpRequest, thread: Thread) -> HttpResponse:
    me = whoever(request)
    sides = sides_of(me, thread)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return shown(request, thread, AnswerForm(sides), form)
    report(thread, sides[0], form.cleaned_data["says"], by=me)
    messages.success(request, _("Reported. The office reads the last messages and looks into it."))
    return redirect(thread)
