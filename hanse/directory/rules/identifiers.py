"""Numbers that identify an organisation: how they are written, and their check digits.

VAT numbers by python-stdnum. PIC: nine digits that leave 1 when divided by 97 (found in all 16,591
codes of the Horizon 2020 table of July 2017; the Commission publishes no rule). ROR: ISO 7064
MOD 97-10 over Crockford's base 32 (https://ror.readme.io/docs/identifier).
"""

import re
from collections.abc import Callable, Mapping

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")


def compact(number: str) -> str:
    """A number without spaces, points and hyphens, in capitals.

    >>> compact("de 136.695-976")
    'DE136695976'
    """
    return re.sub(r"[\s.\-/]", "", number).upper()


def is_pic(number: str) -> bool:
    """Whether a participant code can be one.

    >>> is_pic("999997930"), is_pic("999997931")
    (True, False)
    """
    return bool(re.fullmatch(r"[1-9]\d{8}", number)) and int(number) % 97 == 1


def is_ror(number: str) -> bool:
    """Whether the nine signs at the end of a ROR address can be one.

    >>> is_ror("02mhbdp94"), is_ror("02mhbdp95")
    (True, False)
    """
    number = ror_signs(number)
    if not ROR.fullmatch(number):
        return False
    value = 0
    for sign in number[:7]:
        value = 32 * value + CROCKFORD.index(sign)
    return 98 - (value * 100) % 97 == int(number[7:])


def ror_signs(number: str) -> str:
    return number.strip().rstrip("/").rpartition("/")[2].lower()


def is_vat(number: str) -> bool:
    """Whether a VAT number of the Union, Norway, Switzerland or the United Kingdom can be one.

    >>> is_vat("DE136695976"), is_vat("DE136695978")
    (True, False)
    """
    from stdnum.ch import vat as swiss  # noqa: PLC0415 -- slow import
    from stdnum.eu import vat as union  # noqa: PLC0415 -- slow import
    from stdnum.gb import vat as british  # noqa: PLC0415 -- slow import
    from stdnum.no import mva as norwegian  # noqa: PLC0415 -- slow import

    return any(kind.is_valid(number) for kind in (union, swiss, british, norwegian))


# How each is written when it is kept, and whether it can be right.
WRITTEN: Mapping[str, Callable[[str], str]] = {
    "vat": compact,
    "pic": compact,
    "ror": ror_signs,
    "register": compact,
}
IS_RIGHT: Mapping[str, Callable[[str], bool]] = {
    "vat": is_vat,
    "pic": is_pic,
    "ror": is_ror,
    "register": lambda number: bool(re.search(r"\d", number)),
}
