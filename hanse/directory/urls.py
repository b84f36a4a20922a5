from django.urls import path

from hanse.directory.pages import (
    confirmation,
    countries,
    editing,
    kept,
    office,
    organisation,
    people,
    search,
)

app_name = "directory"
urlpatterns = [
    path("", search.search_page, name="search"),
    path("words/", kept.words, name="words"),
    path("new/", editing.new, name="new"),
    path("searches/", kept.searches, name="searches"),
    path("searches/keep/", kept.keep, name="keep_search"),
    path("searches/<int:pk>/", kept.change, name="kept_search"),
    path("countries/", countries.countries, name="countries"),
    path("countries/<str:code>/", countries.country, name="country"),
    path("confirm/<str:token>/", confirmation.from_letter, name="confirm"),
    path("invited/<str:token>/", people.invited, name="invited"),
    path("joins/<int:pk>/", people.join_answer, name="join_answer"),
    path("office/", office.office, name="office"),
    path("office/submissions/<int:pk>/", office.submission, name="submission_review"),
    path("office/duplicates/<int:pk>/", office.duplicate, name="duplicate"),
    path("office/merges/<int:pk>/", office.unmerge, name="unmerge"),
    path("organisations/<slug:slug>/", organisation.organisation, name="organisation"),
    path("organisations/<slug:slug>/history/", organisation.history, name="history"),
    path("organisations/<slug:slug>/members/", organisation.members, name="members"),
    path("members/<int:pk>/", organisation.membership, name="membership"),
    path("organisations/<slug:slug>/edit/", editing.edit, name="edit"),
    path("organisations/<slug:slug>/submission/", editing.submission, name="submission"),
    path("organisations/<slug:slug>/confirmation/", confirmation.confirmation, name="confirmation"),
    path("organisations/<slug:slug>/people/", people.administrators, name="administrators"),
    path("organisations/<slug:slug>/joining/", people.joining, name="joining"),
    path("organisations/<slug:slug>/leaving/", people.leaving, name="leaving"),
]
