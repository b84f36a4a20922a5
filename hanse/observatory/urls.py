from django.urls import path

from hanse.observatory.pages import (
    comparison,
    downloads,
    europe,
    figure,
    landing,
    lists,
    methods,
    own_sets,
    region,
    search,
    sector,
)

app_name = "observatory"
urlpatterns = [
    path("", landing.landing, name="landing"),
    path("search/", search.search, name="search"),
    path("sectors/", lists.sectors, name="sectors"),
    path("sectors/<str:code>/", sector.sector, name="sector"),
    path("sectors/<str:code>/map.<str:form>", downloads.map_of_sector, name="sector_map"),
    path("sectors/<str:code>/figures.<str:form>", downloads.sector, name="sector_figures"),
    path("regions/", lists.regions, name="regions"),
    path("regions/<str:code>/", region.region, name="region"),
    path("regions/<str:code>/portrait.pdf", downloads.portrait, name="region_pdf"),
    path("regions/<str:code>/figures.<str:form>", downloads.region, name="region_figures"),
    path("compare/", comparison.compare, name="compare"),
    path("compare/figures.<str:form>", downloads.comparison, name="compare_figures"),
    path("europe/", europe.europe, name="europe"),
    path("europe/panorama.pdf", downloads.panorama_pdf, name="europe_pdf"),
    path("europe/figures.<str:form>", downloads.europe, name="europe_figures"),
    path("sets/", own_sets.sets, name="sets"),
    path("sets/new/", own_sets.new_set, name="new_set"),
    path("sets/example.csv", own_sets.example, name="set_example"),
    path("sets/<int:pk>/", own_sets.one_set, name="set"),
    path("sets/<int:pk>/figures.<str:form>", own_sets.figures, name="set_figures"),
    path("sets/<int:pk>/removal/", own_sets.removal, name="set_removal"),
    path("methods/", methods.methods, name="methods"),
    path("methods/<slug:slug>/", methods.method, name="method"),
    path("figures/<str:region>/<str:sector>/<int:year>/<slug:slug>/", figure.figure, name="figure"),
]
