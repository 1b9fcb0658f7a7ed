"""Writes `domain/municipalities.csv`: the 1,101 municipalities of Baden-Württemberg.

They come from the regions of `datenguidepy` (Destatis), without 13 that are dissolved or belong to no
municipality. Run `python -m tests.support.generate_municipalities` from the root; a test generates again.
"""

import csv
import io
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parents[2] / "domain" / "municipalities.csv"
MUNICIPALITIES, DISTRICTS, CITY_DISTRICTS = 1101, 44, 9
_WIESENTAL = (f"08336{number}" for number in ("012", "020", "060", "067", "074", "086", "097", "098"))
GONE = frozenset(("08237008", "08317971", "08325058", *_WIESENTAL, "08415086", "08415971"))
KINDS = {"Stadtkreis": "stadtkreis", "Stadt": "stadt", "Universitätsstadt": "stadt"}


def municipalities_text() -> str:
    """The file as it must be, byte for byte, sorted by AGS."""
    regions = _regions()
    districts = {ags: _district(name) for ags, name in regions.items() if len(ags) == 5}
    rows = [
        (ags, *_named(name), districts[ags[:5]])
        for ags, name in sorted(regions.items())
        if len(ags) == 8 and ags not in GONE
    ]
    assert len(rows) == MUNICIPALITIES
    assert len(districts) == DISTRICTS
    assert sum(kind == "stadtkreis" for _, _, kind, _ in rows) == CITY_DISTRICTS
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("ags", "name", "district_name", "kind"))
    writer.writerows((ags, name, district, kind) for ags, name, kind, district in rows)
    return out.getvalue()


def _regions() -> dict[str, str]:
    source = files("datenguidepy").joinpath("package_data/regions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(source))
    return {row["region_id"]: row["name"] for row in rows if row["region_id"].startswith("08")}


def _district(name: str) -> str:
    """„Böblingen, Landkreis“ as people say it; a name that already says Kreis stays alone."""
    first, *_, kind = (part.strip() for part in name.split(","))
    says_it = first.endswith(("kreis", "-Kreis"))
    return first if says_it else f"{kind} {first}"


def _named(name: str) -> tuple[str, str]:
    first, *suffixes = (part.strip() for part in name.split(","))
    return first, KINDS[suffixes[-1]] if suffixes else "gemeinde"


if __name__ == "__main__":
    TARGET.write_text(municipalities_text(), encoding="utf-8")
