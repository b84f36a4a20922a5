"""Say that a reason is not true, or that somebody is not for us; and take it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.directory.models import Correction, Organisation
from hanse.directory.words import REFUSALS, CorrectionKind
from hanse.kit.refusals import Refusal, Refused

PIECES = frozenset({"have", "want", "sector", "ecosystem", "country"})
# Pieces that are about one candidate: `offers:hydrogen@7`.
ABOUT_ONE = frozenset({"offers", "theirs"})


@transaction.atomic
def correct_reason(organisation: Organisation, piece: str, *, by: Any) -> Correction:
    """The piece is left out of every suggestion from now on; saying it twice changes nothing."""
    kind, _colon, code = piece.partition(":")
    number = code.rpartition("@")[2]
    known = kind in PIECES or (kind in ABOUT_ONE and number.isascii() and number.isdigit())
    if not known or not code or len(piece) > 160:  # noqa: PLR2004 -- the column's width
        raise Refused(Refusal("no_such_reason", REFUSALS["no_such_reason"]))
    return _said(organisation, CorrectionKind.NOT_TRUE, piece, None, "", by=by)


@transaction.atomic
def decline(
    organisation: Organisation, candidate: Organisation, says: str, *, by: Any
) -> Correction:
    """Not for us, and why. The other side is never told."""
    return _said(organisation, CorrectionKind.NOT_FOR_US, "", candidate, says[:300], by=by)


@transaction.atomic
def undo_correction(correction: Correction, *, by: Any) -> None:
    correction.undone_at = correction.undone_at or timezone.now()
    correction.save(update_fields=["undone_at"])
    record("undo_correction", correction.organisation, by=by, after={"number": correction.pk})


def _said(
    organisation: Organisation,
    kind: CorrectionKind,
    piece: str,
    candidate: Organisation | None,
    says: str,
    *,
    by: Any,
) -> Correction:
    standing = Correction.objects.filter(
        organisation=organisation,
        kind=kind,
        evidence=piece,
        candidate=candidate,
        undone_at__isnull=True,
    ).first()
    if standing:
        return standing
    made = Correction.objects.create(
        organisation=organisation,
        kind=kind,
        evidence=piece,
        candidate=candidate,
        says=says,
        made_by=by,
    )
    record("correct_suggestions", organisation, by=by, after={"number": made.pk})
    return made
