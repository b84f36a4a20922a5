from django.urls import path, register_converter

from hanse.events import feeds
from hanse.events.pages import (
    desk,
    desk_form,
    desk_guests,
    desk_letters,
    desk_registrations,
    invitations,
    programme,
    public,
    registering,
    registrations,
    settings,
)
from hanse.events.pages.addresses import DayConverter

register_converter(DayConverter, "day")

EVENT = "<slug:series>/<slug:event>/"
DESK = f"{EVENT}desk/"
BY_LETTER = "registrations/letters/<str:token>/"

app_name = "events"
urlpatterns = [
    path("", public.overview, name="overview"),
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
