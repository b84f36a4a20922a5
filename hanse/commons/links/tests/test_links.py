"""A link works once, for its purpose, until its day."""

from datetime import timedelta

import pytest

from hanse.commons.links.actions import link_of, make_link, use_link
from hanse.commons.links.models import LetterLink
from hanse.kit.numbers import day
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def refused(code, *arguments):
    with pytest.raises(Refused) as no:
        link_of(*arguments)
    return no.value.refusal.code == code


def test_a_link_says_whom_and_what_it_is_for(ana):
    token = make_link("confirm", 7, email="Ana@example.org", person=ana)
    link = link_of(token, "confirm")
    assert (link.subject, link.person, link.email) == ("7", ana, "ana@example.org")
    assert token not in LetterLink.objects.values_list("token_digest", flat=True)


def test_a_link_for_one_purpose_opens_no_other(ana):
    token = make_link("confirm", 7, email="ana@example.org")
    assert refused("link_unknown", token, "reply")


def test_a_used_link_says_when(ana):
    token = make_link("confirm", 7, email="ana@example.org")
    link = link_of(token, "confirm")
    use_link(link)
    assert refused("link_used", token, "confirm")
    link.refresh_from_db()
    with pytest.raises(Refused, match=day(link.used_at)):
        link_of(token, "confirm")


def test_two_clicks_at_once_are_one(ana):
    link = link_of(make_link("confirm", 7, email="ana@example.org"), "confirm")
    use_link(link)
    with pytest.raises(Refused):
        use_link(link)


def test_an_expired_link_says_until_when():
    token = make_link("confirm", 7, email="ana@example.org", holds=timedelta(seconds=-1))
    assert refused("link_expired", token, "confirm")


def test_a_cut_link_says_so():
    assert refused("link_unknown", "abc", "confirm")
