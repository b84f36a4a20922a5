from django.urls import path

from hanse.calls.pages import applications, calls, decisions, desk, letters

app_name = "calls"
urlpatterns = [
    path("", calls.calls, name="calls"),
    path("mine/", applications.mine, name="mine"),
    path("new/", calls.new_call, name="new_call"),
    path("applications/<int:pk>/", applications.application, name="application"),
    path("applications/<int:pk>/edit/", applications.edit_application, name="edit_application"),
    path("applications/<int:pk>/withdrawal/", applications.withdrawal, name="withdrawal"),
    path("applications/<int:pk>/return/", applications.place_return, name="place_return"),
    path("applications/<int:pk>/summary/", applications.summary, name="summary"),
    path("<slug:slug>/", calls.call, name="call"),
    path("<slug:slug>/apply/", applications.new_application, name="new_application"),
    path("<slug:slug>/edit/", calls.edit_call, name="edit_call"),
    path("<slug:slug>/publication/", calls.publication, name="publication"),
    path("<slug:slug>/closing/", calls.closing, name="closing"),
    path("<slug:slug>/desk/", desk.desk, name="desk"),
    path("<slug:slug>/desk/decision/", decisions.decision, name="decision"),
    path("<slug:slug>/desk/telling/", decisions.telling, name="telling"),
    path("<slug:slug>/desk/promotion/", decisions.promotion, name="promotion"),
    path("<slug:slug>/desk/evaluation/<int:number>/", decisions.evaluation, name="evaluation"),
    path("<slug:slug>/desk/letters/", letters.letters, name="letters"),
    path("<slug:slug>/desk/letters/<slug:code>/<slug:language>/", letters.letter, name="letter"),
    path("<slug:slug>/desk/log/", desk.log, name="log"),
    path("<slug:slug>/desk/applications.<str:form>", desk.export, name="export"),
    path("<slug:slug>/desk/<int:number>/", desk.application, name="desk_application"),
    path("<slug:slug>/desk/<int:number>/summary/", desk.edited_summary, name="edited_summary"),
]
