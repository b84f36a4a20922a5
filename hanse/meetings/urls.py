"""Addresses of the meetings, below those of their event."""

from django.urls import URLPattern

app_name = "meetings"

EVENT = "<slug:series>/<slug:event>/meetings/"
DESK = "<slug:series>/<slug:event>/desk/meetings/"

urlpatterns: list[URLPattern] = []
