"""The address of a profile: made from its name; former ones lead on."""

import re
import secrets
import unicodedata

from hanse.directory.models import FormerAddress, Organisation
from hanse.kit.folding import fold

LONGEST = 80
# Modern Greek and Cyrillic as their speakers write them in Latin letters (ISO 843, ISO 9 without
# marks, shortened where usage is).
SPELLED = """
α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f
χ=ch ψ=ps ω=o а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t
у=u ф=f х=h ц=ts ч=ch ш=sh щ=sht ы=y э=e ю=yu я=ya ђ=dj ј=j љ=lj њ=nj ћ=c џ=dz і=i ї=i є=ie
ґ=g ъ=a ь=
"""
LATIN = str.maketrans(dict(pair.split("=") for pair in SPELLED.split()))


def slug_of(*names: str) -> str:
    """The first of the names that Latin letters can write, as part of an address.

    >>> slug_of("Dolina Ogniw, Śląski Klaster"), slug_of("Συστάδα Ενέργειας")
    ('dolina-ogniw-slaski-klaster', 'systada-energeias')
    """
    for name in names:
        latin = fold(name).translate(LATIN)
        plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
        if slug := re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-"):
            return slug
    return f"organisation-{secrets.token_hex(3)}"


def give_address(organisation: Organisation) -> str:
    """The address that goes with the name now; the one before goes on leading here."""
    wanted = slug_of(organisation.name)
    held = organisation.slug
    if held and (held == wanted or held.rpartition("-")[0] == wanted):
        return held
    slug, number = wanted, 1
    while is_taken(slug, organisation):
        number += 1
        slug = f"{wanted}-{number}"
    if held:
        FormerAddress.objects.update_or_create(slug=held, defaults={"organisation": organisation})
        FormerAddress.objects.filter(slug=slug, organisation=organisation).delete()
    return slug


def is_taken(slug: str, organisation: Organisation) -> bool:
    others = Organisation.objects.filter(slug=slug).exclude(pk=organisation.pk)
    former = FormerAddress.objects.filter(slug=slug).exclude(organisation=organisation.pk)
    return others.exists() or former.exists()
