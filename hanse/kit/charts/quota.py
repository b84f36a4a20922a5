"""A quota: how many there are, how many there would be, and the tick that they are held against."""

from django.utils.safestring import SafeString

from hanse.kit.charts.drawing import Scale, Words, drawing, line, rect

HEIGHT = 22


def quota(limit: int, before: int, after: int, *, label: Words, width: int = 240) -> SafeString:
    """A bar of what is, a second paint for what would come, hollow for what would go."""
    scale = Scale(0, max(limit, before, after, 1), 1, width - 3)
    kept, mark = min(before, after), scale.at(limit)
    parts = [line(1, HEIGHT - 4, width - 3, HEIGHT - 4, "hairl")]
    for low, high, paint in ((0, kept, "m1"), (kept, after, "m2"), (kept, before, "hollow")):
        if high > low:
            start = scale.at(low)
            parts.append(rect(start, 6, scale.at(high) - start, 12, paint))
    parts.append(line(mark, 1, mark, HEIGHT - 1, "inkl w25"))
    return drawing(width, HEIGHT, label, parts, "quota")
