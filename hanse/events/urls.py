from django.urls import path, register_converter

from hanse.events import feeds
from hanse.events.pages import public
from hanse.events.pages.addresses import DayConverter

register_converter(DayConverter, "day")

app_name = "events"
urlpatterns = [
    path("", public.overview, name="overview"),
    path("feeds/<slug:series>/<slug:event>.atom", feeds.changes, name="changes_feed"),
    path("<slug:series>/flyer.pdf", public.series_flyer, name="flyer"),
    path("<slug:series>/", public.series, name="series"),
    path("<slug:series>/<day:day>/", public.day, name="day"),
    path("<slug:series>/<slug:event>/", public.event, name="event"),
    path("<slug:series>/<slug:event>/sessions/<uuid:key>/", public.session, name="session"),
    path("<slug:series>/<slug:event>/changes/", public.changes, name="changes"),
    path("<slug:series>/<slug:event>/versions/<int:number>/", public.version, name="version"),
]
