"""Addresses of the meetings, below those of their event."""

from django.urls import URLPattern, path

from hanse.meetings.pages import planning

app_name = "meetings"

EVENT = "<slug:series>/<slug:event>/meetings/"
DESK = "<slug:series>/<slug:event>/desk/meetings/"

PLANNING: list[URLPattern] = [
    path(DESK, planning.planning, name="planning"),
    path(f"{DESK}<int:number>/", planning.draft, name="draft"),
    path(f"{DESK}<int:number>/stop/", planning.stop, name="stop"),
    path(f"{DESK}<int:number>/publish/", planning.publish_draft, name="publish"),
    path(f"{DESK}<int:number>/meetings/<int:meeting>/", planning.move, name="move"),
    path(f"{DESK}<int:number>/meetings/<int:meeting>/fix/", planning.fixing, name="fix"),
]

urlpatterns: list[URLPattern] = [*PLANNING]
