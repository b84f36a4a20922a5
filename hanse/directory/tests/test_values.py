"""What is typed, what is kept, and the reasons why something is not taken."""

from datetime import date

import pytest

from hanse.directory.rules.identifiers import is_pic, is_ror, is_vat
from hanse.directory.rules.values import key_of, read_value
from hanse.kit.refusals import Refused

TODAY = date(2026, 11, 28)
KNOWN = {
    "country": {"DE", "EL", "PL"},
    "sector": {"C27", "E38"},
    "language": {"de", "en", "pl"},
    "label": {"ecei-bronze"},
}

TAKEN = [
    ("name", "  Dolina\n Ogniw ", "Dolina Ogniw"),
    ("country", "GR", "EL"),
    ("country", "pl", "PL"),
    ("sector", "27", "C27"),
    ("sector", "e38", "E38"),
    ("members_sme", "1 204", 1204),
    ("staff_fte", "0,5", 0.5),
    ("founded", 2011, 2011),
    ("website", "dolinaogniw.example", "https://dolinaogniw.example"),
    ("pic", "999 997 930", "999997930"),
    ("ror", "https://ror.org/02mhbdp94", "02mhbdp94"),
    ("label", "ecei-bronze 2027-05-31", {"label": "ecei-bronze", "until": "2027-05-31"}),
    ("label", "Bronze", {"label": "ecei-bronze", "until": ""}),
    ("label", {"label": "ecei-bronze"}, {"label": "ecei-bronze", "until": ""}),
    ("description", "one  two\n\nthree", "one two\n\nthree"),
]


@pytest.mark.parametrize(("field", "typed", "kept"), TAKEN)
def test_a_value_is_kept_as_it_is_meant(field, typed, kept):
    assert read_value(field, typed, KNOWN, today=TODAY).value == kept


REFUSED = [
    ("name", "   ", "empty"),
    ("name", "x" * 201, "too_long"),
    ("summary", "We are <b>great</b>", "has_tags"),
    ("summary", "We are \x00 great", "has_control_signs"),
    ("country", "XX", "unknown_code"),
    ("sector", "99", "unknown_code"),
    ("members_sme", "-3", "no_whole_number"),
    ("members_sme", "12.5", "no_whole_number"),
    ("members_sme", "9" * 4400, "too_much"),
    ("members_sme", "١٢٣٤٥٦٧", "too_much"),
    ("staff_fte", "half", "no_number"),
    ("staff_fte", "nan", "no_number"),
    ("staff_fte", "99999", "too_much"),
    ("founded", "2027", "no_year"),
    ("website", "javascript:alert(1)", "no_web_address"),
    ("website", "https://user:pw@a.example", "no_web_address"),
    ("website", "https://[::1", "no_web_address"),
    ("website", "localhost", "no_web_address"),
    ("contact_email", "a@b", "no_mail_address"),
    ("vat", "DE136695978", "wrong_check_digit"),
    ("pic", "999997931", "wrong_check_digit"),
    ("ror", "02mhbdp95", "wrong_check_digit"),
    ("label", "ecei-bronze 2027-13-31", "no_day"),
    ("label", "esca 2027-12-31", "unknown_code"),
]


@pytest.mark.parametrize(("field", "typed", "code"), REFUSED)
def test_what_cannot_be_right_is_refused_with_its_reason(field, typed, code):
    with pytest.raises(Refused) as no:
        read_value(field, typed, KNOWN, today=TODAY)
    assert no.value.refusal.code == code
    assert "%" not in str(no.value)


def test_a_figure_holds_for_a_day_that_has_come():
    said = read_value("members_sme", 3, KNOWN, today=TODAY)
    assert said.as_of == TODAY
    with pytest.raises(Refused):
        read_value("members_sme", 3, KNOWN, today=TODAY, as_of=date(2026, 11, 29))


def test_a_private_field_stays_private_whatever_is_asked():
    said = read_value("contact_email", "A@b.example", KNOWN, today=TODAY, is_public=True)
    assert (said.is_public, said.key) == (False, "b.example")


def test_names_are_looked_up_folded_and_pages_by_their_domain():
    assert key_of("name", "Συστάδα Ενέργειας") == "συσταδα ενεργειασ"
    assert key_of("website", "https://www.Zweites-Leben.example/en/") == "zweites-leben.example"


def test_check_digits():
    """CNRS and the ROR of ROR's own documentation; VAT of a published example."""
    assert is_pic("999997930")
    assert not is_pic("123456789")
    assert is_ror("https://ror.org/02mhbdp94")
    assert is_vat("DE136695976")
    assert not is_vat("PL1234567890")
