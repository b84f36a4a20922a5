"""What a pair of points counts near the edge of the window."""

import numpy as np
from numba import njit

from hanse.engines.localisation.points import Floats
from hanse.engines.localisation.window import is_inside

GREATEST = 100.0  # no pair counts more, as in spatstat


@njit(cache=True, nogil=True)
def isotropic_weight(x: float, y: float, radius: float, edges: Floats) -> float:
    """One over the part of the circle around a point that lies inside the window (Ripley 1977).

    The circle is cut where it meets the edges; an arc is inside where its middle is. At most 100.
    """
    if radius <= 0:
        return 1.0
    angles = np.empty(2 * edges.shape[0])
    count = 0
    for edge in range(edges.shape[0]):
        x1, y1 = edges[edge, 0] - x, edges[edge, 1] - y
        dx, dy = edges[edge, 2] - x - x1, edges[edge, 3] - y - y1
        a = dx * dx + dy * dy
        b = x1 * dx + y1 * dy
        under = b * b - a * (x1 * x1 + y1 * y1 - radius * radius)
        if under <= 0:
            continue
        root = np.sqrt(under)
        for sign in (-1.0, 1.0):
            along = (-b + sign * root) / a
            if 0 <= along <= 1:
                angles[count] = np.arctan2(y1 + along * dy, x1 + along * dx)
                count += 1
    if count == 0:
        return 1.0 if is_inside(x + radius, y, edges) else GREATEST
    cuts = np.sort(angles[:count])
    inside = 0.0
    for cut in range(count):
        after = cuts[cut + 1] if cut + 1 < count else cuts[0] + 2 * np.pi
        middle = (cuts[cut] + after) / 2
        if is_inside(x + radius * np.cos(middle), y + radius * np.sin(middle), edges):
            inside += after - cuts[cut]
    return min(2 * np.pi / inside, GREATEST) if inside > 0 else GREATEST


@njit(cache=True, nogil=True)
def translate_weight(dx: float, dy: float, edges: Floats, area: float) -> float:
    """Area of the window over its overlap with itself moved by (dx, dy) (Ohser 1983). At most 100.

    The window is a sum of signed trapezoids between its edges and a line below it; the overlap is
    the sum of overlaps of two trapezoids each.
    """
    floor = edges[:, 1].min() - abs(dy)
    total = 0.0
    for first in range(edges.shape[0]):
        for second in range(edges.shape[0]):
            total += _overlap(edges[first], edges[second], dx, dy, floor)
    return min(area / total, GREATEST) if total > 0 else GREATEST


@njit(cache=True, nogil=True)
def _overlap(one: Floats, two: Floats, dx: float, dy: float, floor: float) -> float:
    left1, right1 = min(one[0], one[2]), max(one[0], one[2])
    left2, right2 = min(two[0], two[2]) + dx, max(two[0], two[2]) + dx
    left, right = max(left1, left2), min(right1, right2)
    if right <= left:
        return 0.0
    slope1 = (one[3] - one[1]) / (one[2] - one[0])
    slope2 = (two[3] - two[1]) / (two[2] - two[0])
    a1 = one[1] + slope1 * (left - one[0]) - floor
    b1 = one[1] + slope1 * (right - one[0]) - floor
    a2 = two[1] + dy + slope2 * (left - two[0] - dx) - floor
    b2 = two[1] + dy + slope2 * (right - two[0] - dx) - floor
    if (a1 <= a2) == (b1 <= b2):
        lower = (a1 + b1) / 2 if a1 <= a2 else (a2 + b2) / 2
    else:
        crossing = (a2 - a1) / (a2 - a1 + b1 - b2)
        height = a1 + crossing * (b1 - a1)
        lower = crossing * (min(a1, a2) + height) / 2 + (1 - crossing) * (height + min(b1, b2)) / 2
    area: float = lower * (right - left)
    return area if (one[0] > one[2]) == (two[0] > two[2]) else -area
