from decimal import Decimal

import ibis
import pyarrow as pa

from hanse.engines.regional.wages import wages_per_person


def test_wages_of_millions_become_euro_a_person():
    cells = ibis.memtable(
        pa.table(
            {
                "wages": pa.array([Decimal("0.300"), None, Decimal(5)], pa.decimal128(18, 3)),
                "persons": [12, 5, 0],
            }
        )
    )
    found = wages_per_person(cells).wages_per_person.to_pyarrow().to_pylist()
    assert found == [25000.0, None, None]
