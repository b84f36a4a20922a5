"""Who may join the administrators of a profile, and when the office may step in."""

from datetime import datetime, timedelta

from hanse.directory.words import REFUSALS
from hanse.kit.refusals import Refusal

# So long the administrators have to answer a request before the office may decide it.
TIME_TO_ANSWER = timedelta(days=14)
# Domains at which anybody may have an address prove nothing.
SHARED = """
gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com gmx.de
gmx.net gmx.at web.de t-online.de freenet.de orange.fr wanadoo.fr laposte.net free.fr libero.it
virgilio.it wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz abv.bg mail.bg proton.me
protonmail.com mail.com yandex.com mail.ru qq.com 163.com naver.com
"""
PUBLIC_MAIL = frozenset(SHARED.split())


def domain_of(address: str) -> str:
    """The domain of a mail address or a page, without www.

    >>> domain_of("marta@Ogniw.example"), domain_of("www.ogniw.example")
    ('ogniw.example', 'ogniw.example')
    """
    return address.rpartition("@")[2].lower().removeprefix("www.")


def shares_domain(addresses: set[str], domains: set[str]) -> str:
    """The domain of a confirmed address at which the organisation has its page; else nothing.

    An address below the organisation's domain counts (lab.ogniw.example), one above it does not.
    """
    for address in sorted(addresses):
        mine = domain_of(address)
        for theirs in sorted(domains):
            if theirs not in PUBLIC_MAIL and (mine == theirs or mine.endswith(f".{theirs}")):
                return mine
    return ""


def why_not_to_be_decided_by_the_office(due_at: datetime, now: datetime) -> Refusal | None:
    if now < due_at:
        facts = {"due": due_at.date().isoformat()}
        return Refusal("not_due", REFUSALS["not_due"], facts)
    return None
