from django.urls import path

from hanse.commons.consent import pages

urlpatterns = [
    path("", pages.consents, name="consents"),
    path("<slug:code>/agreement/", pages.agreement, name="agreement"),
    path("<slug:code>/withdrawal/", pages.withdrawal, name="withdrawal"),
]
