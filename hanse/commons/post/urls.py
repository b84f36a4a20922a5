from django.urls import path

from hanse.commons.post import pages

urlpatterns = [
    path("", pages.outbox, name="outbox"),
    path("<int:pk>/", pages.letter, name="letter"),
]
