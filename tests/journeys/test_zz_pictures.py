import re, pytest
from datetime import timedelta
import sys; sys.path.insert(0,"tests/journeys"); sys.path.insert(0,"tests")
from test_events_seats import *
from test_every_page import looked_at
from hanse.events.models import *
from hanse.events.models import Session
from hanse.events.actions.registration import *
from hanse.commons.post.models import Letter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

def test_pictures(visit, event, ana, bruno, carla):
    K=event.kinds.get()
    TicketKind.objects.create(event=event, code="press", name={"en":"Press","de":"Presse"}, text={"en":"Journalists with a card of the press."}, needs_approval=True, order=1)
    TicketKind.objects.create(event=event, code="online", name={"en":"Online"}, is_online=True, order=2)
    Question.objects.create(event=event, code="travel", kind="choice", label={"en":"How do you travel?"}, is_required=True, options=[{"code":"train","label":{"en":"By train"}},{"code":"car","label":{"en":"By car"}}])
    Question.objects.create(event=event, code="plate", label={"en":"Number plate"}, is_required=True, order=1, condition={"question":"travel","is":"car"})
    Question.objects.create(event=event, code="why", kind="long", label={"en":"What do you look for?"}, hint={"en":"Two sentences suffice."}, order=2)
    Question.objects.create(event=event, code="food", kind="choices", about_needs=True, label={"en":"What do you eat?"}, options=[{"code":"vegan","label":{"en":"Vegan"}},{"code":"kosher","label":{"en":"Kosher"}}], order=3)
    Question.objects.create(event=event, code="access", kind="text", about_needs=True, label={"en":"What do you need to get in?"}, order=4)
    C=ConsentText.objects.create(event=event, code="photos", text={"en":"I may be photographed, and the pictures may be shown on the pages of the event."})
    starts=timezone.now()+timedelta(days=30)
    s=Session.objects.create(event=event,title={"en":"Workshop on batteries"},starts_at=starts,ends_at=starts+timedelta(hours=1),needs_booking=True)
    Pool.objects.create(event=event, session=s, capacity=1)
    event.kinds.filter(code="press").get()
    F=Filled({"travel":"train","why":"Partners for recycling."},{"food":["vegan"],"access":"A lift."},{C.pk:True},[s.pk])
    for i,(n,o,c) in enumerate([("Ανδρέας Παπαδόπουλος","Σύμπλεγμα Ενέργειας","EL"),("Márton Szűcs","Magyar Akkumulátor Klaszter","HU")]):
        register(event,K,Guest(n,f"g{i}@example.org",organisation_name=o,country=c),F,by=None)
    mine=register_team(event,K,[Guest("Bruno Weiß",bruno.email,bruno,organisation_name="Zweites Leben e. V.",country="DE",position="Manager"),Guest("Dana Novak","dana@example.org",organisation_name="Zweites Leben e. V.",country="DE")],F,name="Zweites Leben",by=bruno)
    press=event.kinds.get(code="press")
    for i in range(2): register(event,press,Guest(f"Journalist {i}",f"j{i}@example.org",country="FR"),F,by=None)
    q=Question.objects.get(code="travel")
    one=mine[0]
    D="/events/week/matchmaking/desk/"
    conf=Registration.objects.get(number=1)
    pages={"reg-kinds":(REGISTER,carla),"reg-form":(REGISTER+"?kind=cluster",carla),"mine":("/events/mine/",bruno),"reg":(f"/events/registrations/{one.pk}/",bruno),"change":(f"/events/registrations/{one.pk}/change/",bruno),"cancel":(f"/events/registrations/{one.pk}/cancel/",bruno),"desk":(D+"registrations/",ana),"desk1":(D+f"registrations/{conf.pk}/",ana),"form":(D+"form/",ana),"q":(D+f"form/questions/{q.pk}/",ana),"kind":(D+f"form/kinds/{press.pk}/",ana),"consent":(D+f"form/consents/{C.pk}/",ana),"preview":(D+"form/preview/?kind=cluster",ana), "empty":("/events/mine/",carla)}
    link=re.search(r"/events/registrations/letters/\S+", Letter.objects.filter(to="g1@example.org").first().text)[0]
    pages["letter"]=(link,None)
    conf.person=ana; conf.email=ana.email; conf.save()
    pages["visa"]=(f"/events/registrations/{conf.pk}/visa/",ana)
    pages["reg-ok"]=(f"/events/registrations/{conf.pk}/",ana)
    wrong={}
    for who in (ana,bruno,carla,None):
        for width,theme in ((1280,"light"),(360,"dark")):
            mineones={n:a for n,(a,w) in pages.items() if w==who}
            with visit("/events/", width=width, theme=theme, who=who) as tab:
                for n,a in mineones.items():
                    r=tab.goto(a)
                    assert r.status==200,(n,r.status)
                    tab.screenshot(path=f"/tmp/pics/{n}-{width}.png", full_page=True)
                    w=looked_at(tab,[a])
                    if w: wrong[n,width]=w
    import json
    print(json.dumps({str(k):v for k,v in wrong.items()},indent=1))
    assert not wrong
