"""The programme: what fits, two who save at once, versions, going back, who sees what."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.events.actions.programme import (
    Conflict,
    Misplaced,
    go_back_to,
    publish_programme,
    save_item,
    take_out,
)
from hanse.events.models import Part, Speaker
from hanse.events.queries.programme import (
    item_of_session,
    published_programme,
    working_items,
    working_programme,
)
from hanse.events.rules.programme import (
    Frame,
    Hours,
    Item,
    changes_between,
    faults_of,
    item_of,
    why_not_in_its_day,
    why_not_placed,
)
from hanse.events.words import Visibility
from hanse.kit.refusals import Refused

DAY = date(2018, 2, 22)
FRAME = Frame([Hours(DAY, time(9), time(18))], "Europe/Brussels", {1: "Hall"}, {7: "Ilze"})


def item(starts: str, ends: str, key: str = "a", day: date = DAY, **said) -> Item:
    def at(clock: str) -> datetime:
        # Brussels is an hour before UTC in February.
        return datetime.combine(day, time.fromisoformat(clock), UTC) - timedelta(hours=1)

    return Item(key, at(starts), at(ends), **{"title": {"en": key}, **said})


def codes(refusals):
    return [one.code for one in refusals]


@pytest.mark.parametrize(
    ("placed", "code"),
    [
        (item("08:30", "09:30"), "outside_its_day"),
        (item("17:30", "18:30"), "outside_its_day"),
        (item("10:00", "11:00", day=date(2018, 2, 23)), "outside_its_days"),
        (item("11:00", "10:00"), "ends_before_it_begins"),
        (item("11:00", "11:00"), "ends_before_it_begins"),
    ],
)
def test_an_item_lies_within_a_day_of_its_event(placed, code):
    assert why_not_in_its_day(placed, FRAME).code == code


def test_a_day_in_a_refusal_reads_as_on_pages():
    early = why_not_in_its_day(item("08:30", "09:30"), FRAME)
    assert str(early) == "On 22 Feb 2018 the event is open from 09:00 to 18:00."
    elsewhere = why_not_in_its_day(item("10:00", "11:00", day=date(2018, 2, 23)), FRAME)
    assert str(elsewhere) == "23 Feb 2018 is not a day of this event. Its days: 22 Feb 2018."


def test_an_item_that_fills_the_day_fits():
    assert why_not_in_its_day(item("09:00", "18:00"), FRAME) is None


def test_a_room_is_used_by_one_item_at_a_time():
    first = item("10:00", "11:00", "first", room=1)
    assert codes(why_not_placed(item("10:30", "11:30", room=1), [first], FRAME)) == [
        "room_is_taken"
    ]
    assert why_not_placed(item("11:00", "11:30", room=1), [first], FRAME) == []
    assert why_not_placed(item("10:30", "11:30", room=2), [first], FRAME) == []


def test_a_speaker_is_in_one_room_at_a_time():
    first = item("10:00", "11:00", "first", room=1, parts=((7, "speaker"),))
    second = item("10:30", "11:30", room=2, parts=((7, "moderator"),))
    (against,) = why_not_placed(second, [first], FRAME)
    assert against.code == "speaker_in_two_rooms"
    assert "Ilze" in str(against)


def test_two_items_without_a_room_stand_side_by_side():
    assert faults_of([item("10:00", "11:00"), item("10:00", "11:00", "b")], FRAME) == []


hours = st.integers(0, 60).map(lambda five: f"{10 + five // 12:02}:{five % 12 * 5:02}")


@given(st.lists(st.tuples(hours, hours, st.integers(1, 2)), max_size=8))
def test_the_sweep_finds_what_comparing_each_with_each_finds(drawn):
    items = [
        item(first, last, str(number), room=room)
        for number, (first, last, room) in enumerate(drawn)
        if first < last
    ]
    swept = sum(one.code == "room_is_taken" for _item, one in faults_of(items, FRAME))
    pairs = sum(
        a.room == b.room and a.starts < b.ends and b.starts < a.ends
        for place, a in enumerate(items)
        for b in items[place + 1 :]
    )
    assert swept == pairs


def test_an_item_comes_back_from_its_record():
    whole = item("10:00", "11:00", room=1, languages=("en", "fr"), parts=((7, "host"),))
    assert item_of(whole.as_record()) == whole
    assert item_of(whole.as_record() | {"of_a_later_version": 1}) == whole


def test_changes_say_what_became_of_each_item():
    kept, moved = item("09:00", "10:00", "kept"), item("10:00", "11:00", "moved")
    gone, new = item("11:00", "12:00", "gone"), item("13:00", "14:00", "new")
    retitled = replace(kept, title={"en": "Kept, with another title"})
    later = replace(moved, starts=moved.starts + timedelta(minutes=30))
    said = changes_between([kept, moved, gone], [retitled, later, new])
    assert {change.key: change.what for change in said} == {
        "kept": "changed",
        "moved": "moved",
        "gone": "dropped",
        "new": "added",
    }


def typed(event, session, **changed) -> Item:
    return replace(item_of_session(session), **changed)


@pytest.mark.database
def test_the_second_who_saves_sees_both_versions(event, session, ana, carla):
    opening = session("Opening", "09:30", "10:00")
    hers = typed(event, opening, title={"en": "Opening and welcome"})
    his = typed(event, opening, ends=opening.ends_at + timedelta(minutes=15))
    save_item(event, hers, revision=1, by=ana)
    with pytest.raises(Conflict) as clash:
        save_item(event, his, revision=1, by=carla)
    assert clash.value.stands.title == {"en": "Opening and welcome"}
    assert clash.value.wanted == his
    assert (clash.value.revision, clash.value.by) == (2, ana)
    opening.refresh_from_db()
    assert opening.ends_at == hers.ends  # nothing of his was written
    save_item(event, his, revision=2, by=carla)  # having seen it, he may
    assert len(working_items(event)) == 1


@pytest.mark.database
def test_saving_the_same_new_item_twice_makes_one(event, session, ana):
    new = Item(str(uuid4()), *_hours(event, "10:00", "11:00"), title={"en": "Needs"})
    save_item(event, new, revision=0, by=ana)
    with pytest.raises(Conflict):
        save_item(event, new, revision=0, by=ana)
    assert event.sessions.count() == 1


def _hours(event, starts, ends):
    from hanse.directory.rules.notices import moment

    day = event.first_day
    return tuple(
        moment(datetime.combine(day, time.fromisoformat(clock)), event.zone)
        for clock in (starts, ends)
    )


@pytest.mark.database
def test_an_item_that_does_not_fit_is_refused_with_every_reason(event, session, hall, ana):
    hall_room = hall.rooms.get(name="Hall")
    speaker = Speaker.objects.create(event=event, name="Ilze Krastiņa")
    first = session("Opening", "09:30", "10:30")
    Part.objects.create(session=first, speaker=speaker)
    starts, ends = _hours(event, "10:00", "11:00")
    new = Item(str(uuid4()), starts, ends, room=hall_room.pk, parts=((speaker.pk, "speaker"),))
    with pytest.raises(Misplaced) as refused:
        save_item(event, new, revision=0, by=ana)
    assert codes(refused.value.against) == ["room_is_taken"]
    with pytest.raises(Misplaced) as refused:
        save_item(event, replace(new, room=None), revision=0, by=ana)
    assert codes(refused.value.against) == ["speaker_in_two_rooms"]


@pytest.mark.database
def test_a_version_stays_as_it_was_published(event, session, ana):
    opening = session("Opening", "09:30", "10:00")
    first = publish_programme(event, by=ana)
    save_item(event, typed(event, opening, title={"en": "Welcome"}), revision=1, by=ana)
    event.refresh_from_db()
    assert [one.item.title["en"] for one in published_programme(event).items] == ["Opening"]
    second = publish_programme(event, by=ana, note="A new title")
    event.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert [one.item.title["en"] for one in published_programme(event).items] == ["Welcome"]
    assert [change["what"] for change in second.changes] == ["changed"]


@pytest.mark.database
def test_what_is_not_changed_is_not_published_again(event, session, ana):
    session("Opening", "09:30", "10:00")
    publish_programme(event, by=ana)
    with pytest.raises(Refused, match="nothing to publish"):
        publish_programme(event, by=ana)


@pytest.mark.database
def test_going_back_is_a_new_version_and_the_work_goes_on_from_it(event, session, ana):
    opening = session("Opening", "09:30", "10:00")
    publish_programme(event, by=ana)
    take_out(event, str(opening.key), revision=1, by=ana)
    session("Closing", "17:00", "17:30")
    publish_programme(event, by=ana)
    back = go_back_to(event, 1, by=ana)
    event.refresh_from_db()
    assert (back.number, back.goes_back_to) == (3, 1)
    assert [one.item.key for one in published_programme(event).items] == [str(opening.key)]
    assert [one.key for one in working_items(event)] == [str(opening.key)]


@pytest.mark.database
def test_a_stranger_learns_of_a_guests_item_its_hour_alone(event, session, ana):
    session("Open to all", "09:30", "10:00")
    session("For guests", "10:00", "11:00", visibility=Visibility.GUESTS, text={"en": "secret"})
    session("Briefing of the team", "09:00", "09:30", visibility=Visibility.TEAM)
    publish_programme(event, by=ana)
    event.refresh_from_db()
    told = published_programme(event).items
    assert [(one.item.title.get("en"), one.is_hidden) for one in told] == [
        ("Open to all", False),
        (None, True),
    ]
    assert "secret" not in repr(told)
    assert len(working_programme(event).items) == 3


@pytest.mark.database
def test_names_of_speakers_are_read_and_not_frozen(event, session, ana):
    speaker = Speaker.objects.create(event=event, name="Ilze Krastiņa")
    Part.objects.create(session=session("Needs", "09:30", "10:00"), speaker=speaker)
    version = publish_programme(event, by=ana)
    assert "Ilze" not in str(version.content)
    speaker.name = "Ilze Kalniņa"
    speaker.save()
    event.refresh_from_db()
    assert published_programme(event).items[0].people[0].name == "Ilze Kalniņa"
