import pytest

from hanse.commons.places.words import EU, countries, country_name, eurostat_code, iso_code


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("EL", "en", "Greece"), ("GR", "de", "Griechenland"), ("UK", "fr", "Royaume-Uni"),
        ("GB", "en", "United Kingdom"), ("DE", "fr", "Allemagne"), ("XX", "en", "XX"),
    ],
)  # fmt: skip
def test_a_country_is_named_in_the_language_of_the_reader(code, language, name):
    assert country_name(code, language) == name


def test_codes_go_over_to_eurostat_and_back():
    assert [eurostat_code(code) for code in ("GR", "GB", "FR")] == ["EL", "UK", "FR"]
    assert [iso_code(code) for code in ("EL", "uk", "FR")] == ["GR", "GB", "FR"]


def test_every_member_state_has_a_name():
    assert len(EU) == 27
    assert all(country_name(code, "de") != code for code in EU)


def test_the_list_holds_countries_and_no_groups_of_them():
    codes = dict(countries("en"))
    assert {"DE", "GR", "XK"} <= codes.keys()
    assert not {"EU", "ZZ", "EZ", "001"} & codes.keys()
    assert countries("en")[0][1] == "Afghanistan"
