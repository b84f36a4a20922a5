"""Parts of addresses: a day as ISO 8601 writes it."""

from datetime import date


class DayConverter:
    """`2018-02-22`; what is no day is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()
