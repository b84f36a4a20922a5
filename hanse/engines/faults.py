"""What can be wrong with an input: one named error each, raised before anything is computed.

An input that a method cannot use is an error, because a number computed from it would be wrong. A
value that is merely not defined (a region where nobody works) is no error: it is null, with a
reason beside it (`hanse.engines.reasons`).
"""


class Unfit(ValueError):  # noqa: N818 -- an answer in the words of the field, like Refused
    """The input does not fit the method. `code` names why; the message says where, for people."""

    code = "unfit"


class NegativeValue(Unfit):
    """A count or weight below zero."""

    code = "negative_value"


class NotFinite(Unfit):
    """A value that is infinite, or not a number where one is needed."""

    code = "not_finite"


class NotNumeric(Unfit):
    """A column of values that holds something else than numbers."""

    code = "not_numeric"


class DuplicateRows(Unfit):
    """Two rows for the same key, so that nobody can know which one is meant."""

    code = "duplicate_rows"


class MissingColumn(Unfit):
    """A column that the method needs and the table does not have."""

    code = "missing_column"


class MissingKey(Unfit):
    """A row without a region, a sector or whatever else should name it."""

    code = "missing_key"


class NothingGiven(Unfit):
    """No row, no point, no unit at all; or nothing but zeros."""

    code = "nothing_given"


class TooFew(Unfit):
    """Fewer regions, sectors, points or years than the method needs to say anything."""

    code = "too_few"


class WrongShape(Unfit):
    """Arrays that do not fit each other, or a matrix not square or binary as it should be."""

    code = "wrong_shape"


class UnknownConvention(Unfit):
    """An argument that names no convention, preset, correction or null model of the method."""

    code = "unknown_convention"
