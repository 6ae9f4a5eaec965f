"""Builds `places.csv` from tables of municipalities and places; run it when those tables change.

python -m matcher.data.build_places FOLDER   (with german_municipalities.csv.gz and european_places.csv.gz)
"""

from __future__ import annotations

import csv
import gzip
import math
import re
import sys
from pathlib import Path

MIN_GERMAN = 10_000
MIN_NEAR = 30_000
MIN_EUROPEAN = 100_000
NEAR = frozenset(("NL", "BE", "LU"))
_BORDER_TOWNS = frozenset(
    ("Venlo", "Roermond", "Winterswijk", "Duiven", "Zevenaar", "Oldenzaal", "Eupen", "Tegelen", "Emmen")
)
EXONYMS = {
    "Köln": "Cologne", "München": "Munich", "Munich": "München", "Nürnberg": "Nuremberg", "Hannover": "Hanover", "Braunschweig": "Brunswick",
    "Aachen": "Aix-la-Chapelle", "Antwerp": "Antwerpen|Anvers", "Liège": "Lüttich|Luik", "Brussels": "Brüssel|Bruxelles|Brussel",
    "Gent": "Ghent", "Brugge": "Bruges|Brügge", "Leuven": "Löwen|Louvain", "The Hague": "Den Haag", "Nijmegen": "Nimwegen", "Arnhem": "Arnheim",
    "Luxembourg": "Luxemburg", "Vienna": "Wien", "Zürich": "Zurich", "Genève": "Genf|Geneva", "Geneva": "Genf", "Basel": "Basle", "Warsaw": "Warschau",
    "Prague": "Prag", "Milan": "Mailand", "Rome": "Rom", "Turin": "Torino", "Copenhagen": "Kopenhagen", "Lisbon": "Lissabon",
    "Kraków": "Krakau|Cracow", "Gdańsk": "Danzig", "Wrocław": "Breslau", "Poznań": "Posen", "Brno": "Brünn", "Strasbourg": "Straßburg",
    "Athens": "Athen", "Bucharest": "Bukarest", "Moscow": "Moskau", "Gothenburg": "Göteborg", "Göteborg": "Gothenburg", "Dunkerque": "Dünkirchen|Dunkirk",
    "Saint Petersburg": "Sankt Petersburg", "Kyiv": "Kiew|Kiev", "Venice": "Venedig", "Naples": "Neapel", "Florence": "Florenz", "Genoa": "Genua",
    "Marseille": "Marseilles", "Lyon": "Lyons", "Sevilla": "Seville", "Belgrade": "Belgrad", "Tilburg": "", "Frankfurt am Main": "Frankfurt",
    "Mülheim an der Ruhr": "Mülheim", "Ludwigshafen am Rhein": "Ludwigshafen", "Freiburg im Breisgau": "Freiburg",
    "Offenbach am Main": "Offenbach", "Kempten (Allgäu)": "Kempten", "Lingen (Ems)": "Lingen", "Bergheim": "",
}  # fmt: skip
"""Names of the same place in the other language, or the short form in use; compiled by hand."""
ALSO_WORDS = frozenset(
    re.findall(
        r"\w+",
        """Lage Norden Hof Halle Regen Stein Haar Wehr Rain Steinen Stelle Korb Bogen Burg Engen Enger Much
        Wald Senden Waren Heide Berg Zell Bergen Leer Brake Sande Rust Lohne Singen Buchen Weil Roth Lich
        Kall Cham Plan Geldern Gießen Süßen Leimen Werder Achim Lahr Forst Haren Gronau Menden
        Reading Bath Nice Split Forest Most Van Bar Tours Reus Goes Pest Buda Mol Lier Mons
        Ruse Perm Rize Tula Vigo Orange Deal Hull Cork Derby Preston Male Lens Nancy Sale Crosby Poole Oss
        Ede Bury Bor Uden Friedberg Neustadt Homberg Steinfeld Konz Diez Tamm Kehl Stolberg Bad Enns Au Ense
        Winsen Bünde Spelle Weiden Hude Stade Roding Kissing Kappeln Bernau""",
    )
)
"""Town names that are ordinary words, first names or names of many places: only their full form is kept."""


def main(folder: Path, out: Path) -> None:
    """Write the gazetteer of `folder`'s tables to `out`."""
    european = _rows(folder / "european_places.csv.gz")
    rows: dict[tuple[str, str], tuple[str, str, str, float, float, int]] = {}
    for name, latitude, longitude, population in _german(folder, european):
        rows[name, "DE"] = (name, _other_names(name), "DE", latitude, longitude, population)
    for row in european:
        country, population, name = row["country_code"], int(row["population"]), row["name"]
        least = MIN_NEAR if country in NEAR else MIN_EUROPEAN
        if country == "DE" or (population < least and not (name in _BORDER_TOWNS and population > 5000)):
            continue
        if name not in ALSO_WORDS:
            rows.setdefault(
                (name, country),
                (name, _other_names(name), country, float(row["lat"]), float(row["lon"]), population),
            )
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "other_names", "country", "latitude", "longitude", "population"))
        for row_out in sorted(rows.values(), key=lambda row: (row[0], row[2], -row[5])):
            writer.writerow((*row_out[:3], f"{row_out[3]:.4f}", f"{row_out[4]:.4f}", row_out[5]))


def _rows(path: Path) -> list[dict[str, str]]:
    """Read a packed table."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _german(folder: Path, european: list[dict[str, str]]) -> list[tuple[str, float, float, int]]:
    """Municipalities from 10,000 inhabitants; the town centre of GeoNames where one lies within 12 km."""
    centres: dict[str, list[tuple[float, float, int]]] = {}
    for row in european:
        if row["country_code"] == "DE":
            centres.setdefault(row["name"], []).append(
                (float(row["lat"]), float(row["lon"]), int(row["population"]))
            )
    found: dict[str, tuple[str, float, float, int]] = {}
    for row in _rows(folder / "german_municipalities.csv.gz"):
        population = int(row["population"] or 0)
        if population < MIN_GERMAN or not row["lat"]:
            continue
        name = re.sub(r"\s*/\s.*$", "", row["name"]).replace(" b.", " bei ")
        latitude, longitude = float(row["lat"]), float(row["lon"])
        near = [
            c
            for key in (name, _short(name))
            for c in centres.get(key, [])
            if _km(latitude, longitude, c[0], c[1]) < 12
        ]
        if near:
            latitude, longitude, _ = max(near, key=lambda centre: (centre[2], centre))
        if name not in ALSO_WORDS and (name not in found or found[name][3] < population):
            found[name] = (name, latitude, longitude, population)
    return [found[name] for name in sorted(found)]


def _other_names(name: str) -> str:
    """Join the names in the other language and the short form of a name with an addition."""
    others = [other for other in EXONYMS.get(name, "").split("|") if other]
    short = _short(name)
    if short != name and short not in ALSO_WORDS and len(short) > 3:
        others.append(short)
    return "|".join(dict.fromkeys(others))


def _short(name: str) -> str:
    """Cut "(Saale)", "/Ruhr" and the like off a name."""
    return re.sub(r"\s*(?:\(.*\)|/.*)$", "", name)


def _km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Distance in km on a plane, good enough for a few kilometres."""
    east = (longitude - other_longitude) * 111.3 * math.cos(math.radians(latitude))
    return math.hypot((latitude - other_latitude) * 111.3, east)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).with_name("places.csv"))
