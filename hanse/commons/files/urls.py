from django.urls import path

from hanse.commons.files import pages

urlpatterns = [path("<int:pk>/", pages.download, name="stored_file")]
