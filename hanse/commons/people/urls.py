from django.urls import path

from hanse.commons.people import pages

urlpatterns = [
    path("", pages.account, name="account"),
    path("mine.zip", pages.everything_about_me, name="about_me"),
    path("erasure/", pages.erasure, name="erasure"),
    path("erased/", pages.erased, name="erased"),
]
