from django.urls import path

from hanse.commons.work import pages

urlpatterns = [
    path("", pages.jobs, name="jobs"),
    path("<int:pk>/", pages.job, name="job"),
    path("<int:pk>/cancellation/", pages.cancellation, name="job_cancellation"),
]
