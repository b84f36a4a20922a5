from django.urls import URLPattern, path, register_converter

from hanse.events import feeds
from hanse.events.pages import (
    agenda,
    desk,
    door,
    feedback,
    programme,
    public,
    report,
    settings,
    tickets,
)
from hanse.events.pages.addresses import DayConverter

register_converter(DayConverter, "day")

app_name = "events"
DESK = "<slug:series>/<slug:event>/desk"

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
    path("letters/feedback/<str:token>/", feedback.feedback_letter, name="feedback_letter"),
    path("<slug:slug>/agenda/", agenda.series_agenda, name="series_agenda"),
    path("<slug:slug>/agenda.ics", agenda.agenda_file, name="agenda_file"),
    path("<slug:series>/<slug:event>/programme.ics", agenda.event_file, name="event_file"),
    path("<slug:series>/<slug:event>/door/", door.door, name="door"),
    path("<slug:series>/<slug:event>/door/list.json", door.door_people, name="door_list"),
    path("<slug:series>/<slug:event>/door/scans/", door.door_scans, name="door_scans"),
    path("<slug:series>/<slug:event>/door/walk-in/", door.walk_in, name="walk_in"),
    path("<slug:series>/<slug:event>/feedback/", feedback.feedback, name="feedback"),
    path(f"{DESK}/door/", door.door_desk, name="door_desk"),
    path(f"{DESK}/door/scans/<int:pk>/", door.scan_taken_back, name="scan_taken_back"),
    path(f"{DESK}/badges/", tickets.badges, name="badges"),
    path(f"{DESK}/badges.pdf", tickets.badges_file, name="badges_file"),
    path(f"{DESK}/report/", report.report, name="report"),
    path(f"{DESK}/report.<str:form>", report.report_file, name="report_file"),
    path(f"{DESK}/closing/", report.closing, name="closing"),
]
urlpatterns = [
    path("", public.overview, name="overview"),
    *THE_DAY,
    path("feeds/<slug:series>/<slug:event>.atom", feeds.changes, name="changes_feed"),
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
    path(
        "<slug:series>/<slug:event>/desk/programme/<uuid:key>/drop/",
        programme.drop_item,
        name="desk_drop",
    ),
    path("<slug:series>/<slug:event>/desk/speakers/", programme.speakers, name="desk_speakers"),
    path(
        "<slug:series>/<slug:event>/desk/speakers/<int:pk>/",
        programme.speaker,
        name="desk_speaker",
    ),
]
