"""Tickets: what stands in their code, and whether it holds without asking anybody.

`H1:` and, in base 45 (RFC 9285, which a QR code packs best), 28 bytes that say event, serial, kind
and number, and 64 bytes of signature: ECDSA on P-256 with SHA-256 over the 28, as r and s one after
the other, which is what WebCrypto in the browser at the door verifies.
"""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

PREFIX = "H1:"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
PAYLOAD = struct.Struct(">I16sII")
HALF = 32
SHORT = 8
# Base 32 after Crockford: no letter that reads like a digit.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("OIL", "011")

Jwk = Mapping[str, str]


class Fault(StrEnum):
    """Why a code is no ticket here."""

    MISREAD = "misread"
    OTHER_EVENT = "other_event"
    FORGED = "forged"


@dataclass(frozen=True)
class Ticket:
    """What a ticket says."""

    event: int
    serial: UUID
    kind: int
    number: int

    @property
    def payload(self) -> bytes:
        return PAYLOAD.pack(self.event, self.serial.bytes, self.kind, self.number)


def new_key() -> tuple[str, dict[str, str]]:
    """A pair of keys: the private one as PEM, the public one as a JWK (RFC 7517)."""
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    point = key.public_key().public_numbers()
    return pem.decode(), {"kty": "EC", "crv": "P-256", "x": _url64(point.x), "y": _url64(point.y)}


def code_of(ticket: Ticket, private_pem: str) -> str:
    """The code that is printed; the same each time, since the signature is (RFC 6979)."""
    key = serialization.load_pem_private_key(private_pem.encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101  made by `new_key`
    signed = key.sign(ticket.payload, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    r, s = utils.decode_dss_signature(signed)
    return PREFIX + base45(ticket.payload + r.to_bytes(HALF, "big") + s.to_bytes(HALF, "big"))


def ticket_in(code: str, event: int, public: Jwk) -> Ticket | Fault:
    """The ticket that a code is, at the door of this event; or why it is none."""
    found = _parts(code)
    if found is None:
        return Fault.MISREAD
    ticket, signature = found
    if ticket.event != event:
        return Fault.OTHER_EVENT
    return ticket if _holds(ticket.payload, signature, public) else Fault.FORGED


def _parts(code: str) -> tuple[Ticket, bytes] | None:
    raw = from_base45(code.strip()[len(PREFIX) :]) if is_signed(code) else None
    if raw is None or len(raw) != PAYLOAD.size + 2 * HALF:
        return None
    event, serial, kind, number = PAYLOAD.unpack(raw[: PAYLOAD.size])
    return Ticket(event, UUID(bytes=serial), kind, number), raw[PAYLOAD.size :]


def is_signed(code: str) -> bool:
    """Whether it looks like the code of a ticket, not like something typed."""
    return code.strip().startswith(PREFIX)


def _holds(payload: bytes, signature: bytes, public: Jwk) -> bool:
    x, y = (int.from_bytes(_from_url64(public[name]), "big") for name in "xy")
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    r, s = (int.from_bytes(half, "big") for half in (signature[:HALF], signature[HALF:]))
    try:
        key.verify(utils.encode_dss_signature(r, s), payload, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def short_code(serial: UUID) -> str:
    """What is typed where no camera reads the code; found on the list, not signed.

    >>> short_code(UUID("0123456789abcdef0123456789abcdef"))
    '04HM-ASW9'
    """
    number = int.from_bytes(serial.bytes[:5], "big")
    signs = "".join(SIGNS[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{signs[:4]}-{signs[4:]}"


def as_short_code(typed: str) -> str:
    """A short code as somebody typed it, as it is printed; empty where it can be none.

    >>> as_short_code("o4hm asw9"), as_short_code("Eleni")
    ('04HM-ASW9', '')
    """
    signs = re.sub(r"[\s-]", "", typed).upper().translate(READ_AS)
    if len(signs) != SHORT or set(signs) - set(SIGNS):
        return ""
    return f"{signs[:4]}-{signs[4:]}"


def base45(raw: bytes) -> str:
    """Two bytes as three signs (RFC 9285).

    >>> base45(b"Hello!!"), base45(b"ietf!")
    ('%69 VD92EX0', 'QED8WEX0')
    """
    signs = []
    for at in range(0, len(raw), 2):
        pair = raw[at : at + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, sign = divmod(number, 45)
            signs.append(ALPHABET[sign])
    return "".join(signs)


def from_base45(signs: str) -> bytes | None:
    """The bytes again; None where it is no base 45.

    >>> from_base45("QED8WEX0"), from_base45("GGW"), from_base45("é")
    (b'ietf!', None, None)
    """
    if set(signs) - set(ALPHABET):
        return None
    raw = bytearray()
    for at in range(0, len(signs), 3):
        group = signs[at : at + 3]
        number = sum(ALPHABET.index(sign) * 45**place for place, sign in enumerate(group))
        if len(group) == 1 or number >= 256 ** (len(group) - 1):
            return None
        raw += number.to_bytes(len(group) - 1, "big")
    return bytes(raw)


def _url64(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(HALF, "big")).decode().rstrip("=")


def _from_url64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
