"""A release is read by many threads at once."""

from concurrent.futures import ThreadPoolExecutor

from hanse.observatory.queries.figures import serving_release
from hanse.observatory.queries.indicators import INDICATORS
from hanse.observatory.queries.region import region_portrait
from hanse.observatory.queries.sector import sector_map


def test_threads_that_read_at_once_all_get_whole_rows():
    release = serving_release()
    regions = [code for code, one in release.regions.items() if one.level == 2][:40]
    sectors = list(release.sectors)[:40]
    alone = [region_portrait(release, code, 2014, 2010).cells for code in regions]
    maps = [sector_map(release, code, 2014, INDICATORS["lq"]).rows for code in sectors]
    with ThreadPoolExecutor(8) as threads:
        together = threads.map(
            lambda code: region_portrait(release, code, 2014, 2010).cells, regions * 3
        )
        at_once = threads.map(
            lambda code: sector_map(release, code, 2014, INDICATORS["lq"]).rows, sectors * 3
        )
        assert list(together) == alone * 3
        assert list(at_once) == maps * 3
