import ibis

from hanse.engines.regional.specialisation import regional_specialisation


def test_indices_of_a_hand_computed_region():
    # Shares 1/2, 1/4, 1/4; in the reference 1/4, 1/4, 1/2: |1/4| + 0 + |-1/4|.
    divisions = ibis.memtable(
        {
            "region": [1] * 4,
            "year": [2014] * 4,
            "persons": [50, 25, 25, None],
            "reference_persons": [100, 100, 200, 5000],
        }
    )
    (row,) = regional_specialisation(divisions).to_pyarrow().to_pylist()
    assert row["hhi"] == 0.375
    assert row["krugman"] == 0.5
    assert row["divisions_known"] == 3
