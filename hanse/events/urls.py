from django.urls import URLPattern, path, register_converter

from hanse.events import feeds
from hanse.events.pages import (
    agenda,
    desk,
    desk_form,
    desk_guests,
    desk_letters,
    desk_registrations,
    door,
    feedback,
    invitations,
    papers,
    programme,
    public,
    registering,
    registrations,
    report,
    settings,
    tickets,
)
from hanse.events.pages.addresses import DayConverter

register_converter(DayConverter, "day")

EVENT = "<slug:series>/<slug:event>/"
DESK = f"{EVENT}desk/"
BY_LETTER = "registrations/letters/<str:token>/"

app_name = "events"

# The day itself: before the patterns of series and events, whose names these words may not be.
THE_DAY: list[URLPattern] = [
    path("worker.js", door.worker, name="worker"),
    path("agenda/", agenda.own_agenda, name="agenda"),
    path("agenda/calendar/", agenda.calendars, name="calendars"),
    path("agenda/calendar/<int:pk>/", agenda.feed_revoked, name="feed_revoked"),
    path("agenda/token.json", agenda.token, name="agenda_token"),
    path("agenda/<str:token>.ics", agenda.agenda_feed, name="agenda_feed"),
    path("sessions/<int:pk>/bookmark/", agenda.bookmarked, name="bookmark"),
    path("sessions/<int:pk>.ics", agenda.session_file, name="session_file"),
    path("registrations/<int:pk>/ticket/", tickets.ticket, name="ticket"),
    path("registrations/<int:pk>/ticket.pdf", tickets.ticket_file, name="ticket_file"),
    path(f"{BY_LETTER}ticket/", tickets.ticket_letter, name="ticket_letter"),
    path(f"{BY_LETTER}ticket.pdf", tickets.ticket_letter_file, name="ticket_letter_file"),
    path("letters/feedback/<str:token>/", feedback.feedback_letter, name="feedback_letter"),
    path("<slug:slug>/agenda/", agenda.series_agenda, name="series_agenda"),
    path("<slug:slug>/agenda.ics", agenda.agenda_file, name="agenda_file"),
    path(f"{EVENT}programme.ics", agenda.event_file, name="event_file"),
    path(f"{EVENT}door/", door.door, name="door"),
    path(f"{EVENT}door/list.json", door.door_people, name="door_list"),
    path(f"{EVENT}door/scans/", door.door_scans, name="door_scans"),
    path(f"{EVENT}door/walk-in/", door.walk_in, name="walk_in"),
    path(f"{EVENT}feedback/", feedback.feedback, name="feedback"),
    path(f"{DESK}door/", door.door_desk, name="door_desk"),
    path(f"{DESK}door/scans/<int:pk>/", door.scan_taken_back, name="scan_taken_back"),
    path(f"{DESK}badges/", tickets.badges, name="badges"),
    path(f"{DESK}badges.pdf", tickets.badges_file, name="badges_file"),
    path(f"{DESK}report/", report.report, name="report"),
    path(f"{DESK}report.<str:form>", report.report_file, name="report_file"),
    path(f"{DESK}closing/", report.closing, name="closing"),
]

urlpatterns = [
    path("", public.overview, name="overview"),
    *THE_DAY,
    path("mine/", registrations.mine, name="mine"),
    path("registrations/<int:pk>/", registrations.registration, name="registration"),
    path(
        "registrations/<int:pk>/change/",
        registrations.registration_change,
        name="registration_change",
    ),
    path(
        "registrations/<int:pk>/cancel/",
        registrations.registration_cancel,
        name="registration_cancel",
    ),
    path("registrations/<int:pk>/visa/", registrations.visa, name="visa"),
    path(
        "registrations/<int:pk>/invitation.pdf",
        registrations.invitation_pdf,
        name="invitation_letter",
    ),
    path(BY_LETTER, registrations.registration_letter, name="registration_letter"),
    path(
        f"{BY_LETTER}change/",
        registrations.registration_letter_change,
        name="registration_letter_change",
    ),
    path(
        f"{BY_LETTER}cancel/",
        registrations.registration_letter_cancel,
        name="registration_letter_cancel",
    ),
    path(f"{EVENT}register/", registering.registering, name="register"),
    path(f"{DESK}letters/", desk_letters.letters, name="desk_letters"),
    path(f"{DESK}letters/<slug:code>/<slug:language>/", desk_letters.letter, name="desk_letter"),
    path(f"{DESK}letters/<int:pk>/", desk_letters.repeat, name="desk_repeat"),
    path(f"{DESK}registrations/", desk_registrations.registrations, name="desk_registrations"),
    path(
        f"{DESK}registrations/export.<str:form>",
        desk_registrations.export,
        name="desk_registrations_export",
    ),
    path(f"{DESK}needs/export.<str:form>", desk_registrations.needs_export, name="needs_export"),
    path(
        f"{DESK}registrations/<int:pk>/",
        desk_registrations.desk_registration,
        name="desk_registration",
    ),
    path(f"{DESK}form/", desk_form.form_desk, name="form_desk"),
    path(f"{DESK}form/preview/", registering.preview, name="form_preview"),
    path(f"{DESK}form/seats/", desk_form.seats, name="form_seats"),
    path(f"{DESK}form/questions/new/", desk_form.new_question, name="new_question"),
    path(f"{DESK}form/questions/<int:pk>/", desk_form.question, name="question"),
    path(f"{DESK}form/questions/<int:pk>/step/", desk_form.question_step, name="question_step"),
    path(f"{DESK}form/kinds/new/", desk_form.new_kind, name="new_kind"),
    path(f"{DESK}form/kinds/<int:pk>/", desk_form.kind, name="kind"),
    path(f"{DESK}form/consents/new/", desk_form.new_consent, name="new_consent"),
    path(f"{DESK}form/consents/<int:pk>/", desk_form.consent, name="consent"),
    path("feeds/<slug:series>/<slug:event>.atom", feeds.changes, name="changes_feed"),
    path("invited/<str:token>/", invitations.invited, name="invited"),
    path("delegations/<int:pk>/", invitations.delegation, name="delegation"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("organise/", settings.organise, name="organise"),
    path("<slug:slug>/organise/", settings.series_desk, name="series_desk"),
    path("<slug:slug>/organise/settings/", settings.series_settings, name="series_settings"),
    path("<slug:slug>/organise/organisers/", settings.organisers, name="series_organisers"),
    path("<slug:slug>/organise/events/new/", settings.new_event, name="new_event"),
    path("<slug:slug>/organise/places/", settings.places, name="series_places"),
    path("<slug:slug>/organise/places/<int:pk>/", settings.place, name="series_place"),
    path("<slug:slug>/organise/rooms/<int:pk>/", settings.room, name="series_room"),
    path("<slug:series>/flyer.pdf", public.series_flyer, name="flyer"),
    path("<slug:series>/", public.series, name="series"),
    path("<slug:series>/<day:day>/", public.day, name="day"),
    path("<slug:series>/<slug:event>/", public.event, name="event"),
    path("<slug:series>/<slug:event>/sessions/<uuid:key>/", public.session, name="session"),
    path("<slug:series>/<slug:event>/changes/", public.changes, name="changes"),
    path("<slug:series>/<slug:event>/versions/<int:number>/", public.version, name="version"),
    path("<slug:series>/<slug:event>/desk/", desk.desk, name="desk"),
    path("<slug:series>/<slug:event>/desk/log/", desk.log, name="desk_log"),
    path(
        "<slug:series>/<slug:event>/desk/settings/", settings.event_settings, name="desk_settings"
    ),
    path("<slug:series>/<slug:event>/desk/programme/", programme.programme, name="desk_programme"),
    path("<slug:series>/<slug:event>/desk/programme/new/", programme.new_item, name="desk_new"),
    path(
        "<slug:series>/<slug:event>/desk/programme/preview/",
        programme.preview,
        name="desk_preview",
    ),
    path(
        "<slug:series>/<slug:event>/desk/programme/publish/",
        programme.publish,
        name="desk_publish",
    ),
    path(
        "<slug:series>/<slug:event>/desk/programme/versions/<int:number>/",
        programme.go_back,
        name="desk_go_back",
    ),
    path("<slug:series>/<slug:event>/desk/programme/<uuid:key>/", programme.item, name="desk_item"),
    path(f"{DESK}programme/<uuid:key>/papers/", papers.new_paper, name="new_paper"),
    path(f"{DESK}papers/<int:pk>/", papers.paper_away, name="paper_away"),
    path(
        "<slug:series>/<slug:event>/desk/programme/<uuid:key>/drop/",
        programme.drop_item,
        name="desk_drop",
    ),
    path(
        "<slug:series>/<slug:event>/desk/invitations/",
        desk_guests.invitations,
        name="desk_invitations",
    ),
    path(
        "<slug:series>/<slug:event>/desk/invitations/list/",
        desk_guests.upload,
        name="desk_guest_list",
    ),
    path(
        "<slug:series>/<slug:event>/desk/invitations/letters/",
        desk_guests.write,
        name="desk_write",
    ),
    path(
        "<slug:series>/<slug:event>/desk/invitations/<int:pk>/withdrawal/",
        desk_guests.take_back,
        name="desk_withdraw",
    ),
    path(
        "<slug:series>/<slug:event>/desk/strangers/<int:pk>/",
        desk_guests.stranger,
        name="desk_stranger",
    ),
    path(
        "<slug:series>/<slug:event>/desk/delegations/",
        desk_guests.delegations,
        name="desk_delegations",
    ),
    path("<slug:series>/<slug:event>/desk/speakers/", programme.speakers, name="desk_speakers"),
    path(
        "<slug:series>/<slug:event>/desk/speakers/<int:pk>/",
        programme.speaker,
        name="desk_speaker",
    ),
]
