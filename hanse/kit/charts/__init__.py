"""Charts drawn on the server, each as one SVG with its words inside.

Every chart comes in two widths: WIDE for a column of the sheet, NARROW for a phone, drawn again and
not scaled down. Colours are classes of the style sheet; no type is under 12.5 px on the page.
"""

from hanse.kit.charts.bars import Part, bars, waterfall
from hanse.kit.charts.distribution import Dot, distribution
from hanse.kit.charts.drawing import NARROW, SHEET, WIDE, Scale, Threshold
from hanse.kit.charts.dumbbell import Change, dumbbell
from hanse.kit.charts.gauge import Gauge, gauge
from hanse.kit.charts.lines import Series, lines, sparkline
from hanse.kit.charts.quota import quota
from hanse.kit.charts.ranks import RankRange, rank_ranges
from hanse.kit.charts.scatter import Bubble, bubbles

__all__ = [
    "NARROW",
    "SHEET",
    "WIDE",
    "Bubble",
    "Change",
    "Dot",
    "Gauge",
    "Part",
    "RankRange",
    "Scale",
    "Series",
    "Threshold",
    "bars",
    "bubbles",
    "distribution",
    "dumbbell",
    "gauge",
    "lines",
    "quota",
    "rank_ranges",
    "sparkline",
    "waterfall",
]
