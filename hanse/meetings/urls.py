"""Addresses of the meetings, below those of their event."""

from django.urls import URLPattern, path

from hanse.meetings.pages import (
    booking,
    checking,
    desk_market,
    desk_parties,
    letters,
    market,
    meeting,
    outcomes,
    outlooks,
    planning,
    planning_files,
    today,
    wishes,
)

app_name = "meetings"

EVENT = "<slug:series>/<slug:event>/meetings/"
DESK = "<slug:series>/<slug:event>/desk/meetings/"

PLANNING: list[URLPattern] = [
    path("meetings/check/", checking.checking, name="check"),
    path(DESK, planning.planning, name="planning"),
    path(f"{DESK}outlooks/", outlooks.outlooks, name="outlooks"),
    path(f"{DESK}today/", today.today, name="today"),
    path(f"{DESK}outcomes/", outcomes.outcomes, name="outcomes"),
    path(f"{DESK}outcomes.<slug:form>", outcomes.outcomes_file, name="outcomes_file"),
    path(f"{DESK}today/repair/", today.repaired, name="repair"),
    path(f"{DESK}today/meet/", today.met, name="meet_now"),
    path(f"{DESK}<int:number>/", planning.draft, name="draft"),
    path(f"{DESK}<int:number>/plan.json", planning_files.certificate, name="certificate"),
    path(f"{DESK}<int:number>/event.json", planning_files.event_file, name="event_file"),
    path(f"{DESK}<int:number>/<slug:what>.<slug:form>", planning_files.table, name="draft_table"),
    path(f"{DESK}<int:number>/print/<slug:kind>.pdf", planning_files.paper, name="draft_paper"),
    path(f"{DESK}<int:number>/stop/", planning.stop, name="stop"),
    path(f"{DESK}<int:number>/publish/", planning.publish_draft, name="publish"),
    path(f"{DESK}<int:number>/meetings/<int:meeting>/", planning.move, name="move"),
    path(f"{DESK}<int:number>/meetings/<int:meeting>/fix/", planning.fixing, name="fix"),
]

MARKET: list[URLPattern] = [
    path("letters/meetings/<str:token>/<slug:does>/", letters.answer_letter, name="answer_letter"),
    path(EVENT, market.market, name="market"),
    path(f"{EVENT}join/", market.joined, name="join"),
    path(f"{EVENT}own/", market.own, name="own"),
    path(f"{EVENT}planned/", meeting.own_meetings, name="own_meetings"),
    path(f"{EVENT}planned/<uuid:key>/", meeting.meeting, name="meeting"),
    path(f"{EVENT}leave/", market.left, name="leave"),
    path(f"{EVENT}suggestions/", market.suggestions, name="suggestions"),
    path(f"{EVENT}wishes/", wishes.wishes, name="wishes"),
    path(f"{EVENT}wishes/complete/", wishes.ready, name="ready"),
    path(f"{EVENT}parties/<int:pk>/", market.party, name="party"),
    path(f"{EVENT}parties/<int:pk>/wish/", wishes.wish, name="wish"),
]

BOOKING: list[URLPattern] = [
    path(
        "letters/meetings/requests/<str:token>/<slug:does>/",
        booking.request_letter,
        name="request_letter",
    ),
    path(f"{EVENT}booked/", booking.booked, name="booked"),
    path(f"{EVENT}booked/<uuid:key>/", booking.called_off, name="call_off"),
    path(f"{EVENT}requests/<int:pk>/", booking.request_done, name="request"),
    path(f"{EVENT}parties/<int:pk>/slot/", booking.ask, name="ask"),
]

MARKET_DESK: list[URLPattern] = [
    path(f"{DESK}market/", desk_market.desk_market, name="desk_market"),
    path(f"{DESK}market/slots/", desk_market.slots, name="desk_slots"),
    path(f"{DESK}market/tables/", desk_market.tables, name="desk_tables"),
    path(f"{DESK}market/tables/<int:pk>/", desk_market.table, name="desk_table"),
    path(f"{DESK}market/parties/", desk_parties.parties, name="desk_parties"),
    path(f"{DESK}market/parties/reminder/", desk_parties.remind, name="desk_remind"),
    path(f"{DESK}market/parties/<int:pk>/", desk_parties.party, name="desk_party"),
    path(f"{DESK}market/pairs/", desk_parties.pairs, name="desk_pairs"),
    path(f"{DESK}market/wishes/", desk_parties.wish_list, name="desk_wishes"),
    path(f"{DESK}market/wishes.<slug:form>", desk_parties.export, name="desk_export"),
]

urlpatterns: list[URLPattern] = [*MARKET, *BOOKING, *MARKET_DESK, *PLANNING]
