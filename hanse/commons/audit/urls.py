from django.urls import path

from hanse.commons.audit import pages

urlpatterns = [path("", pages.history, name="history")]
