"""Planted duplicates are found and marked; sister companies and funds of a family are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matcher.leads.duplicates import duplicate_finder, plain_name
from matcher.leads.labelled import read_leads
from matcher.leads.lead import Lead
from models.lead_features import LeadFacts


def lead(number: int, name: str, city: str = "", domain: str = "", country: str = "") -> Lead:
    return Lead(number, f"id{number}", name, city, domain, LeadFacts("x", country=country), ())


def found(folder: Path, *leads: Lead) -> list[str]:
    with duplicate_finder(folder) as finder:
        return [finder.first_of(one) for one in leads]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Müller Maschinenbau GmbH", "Mueller Maschinenbau"),
        ("MÜLLER MASCHINENBAU GMBH & CO. KG", "Müller-Maschinenbau"),
        ("Flügger group A/S", "Flugger Group AS"),
        ("Großmann Stahl AG", "Grossmann Stahl"),
        ("Avante Logixx Inc.", "AVANTE LOGIXX INC"),
        ("Northern Sphere Mining Corp.", "NORTHERN SPHERE MNG CORP"),
        ("Obrascón Huarte Lain, S.A.", "Obrascon Huarte Lain SA"),
    ],
)
def test_spellings_of_one_company_are_one(tmp_path: Path, first: str, second: str) -> None:
    assert found(tmp_path, lead(1, first), lead(2, second)) == ["", "id1"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (lead(1, "Müller Maschinenbau"), lead(2, "Müller Maschinenbau Holding AG")),
        (
            lead(1, "KSB SE", domain="ksb.com", country="DE"),
            lead(2, "KSB Ltd", domain="ksb.com", country="IN"),
        ),
        (
            lead(1, "ION Acquisition Corp 1", domain="ion.com"),
            lead(2, "ION Acquisition Corp 2", domain="ion.com"),
        ),
        (lead(1, "Schmidt Stahl", "Essen", "a.de"), lead(2, "Schmidt Stahl", "Jena", "b.de")),
        (lead(1, "Meier Metall"), lead(2, "Maier Kunststoff")),
        (lead(1, "Alpha", domain="facebook.com"), lead(2, "Beta", domain="facebook.com")),
    ],
)
def test_sisters_funds_and_namesakes_stay_apart(tmp_path: Path, first: Lead, second: Lead) -> None:
    assert found(tmp_path, first, second) == ["", ""]


def test_names_are_reduced_to_what_distinguishes_them() -> None:
    assert plain_name("Müller Maschinenbau GmbH & Co. KG") == plain_name("mueller maschinenbau")
    assert plain_name("GmbH") == "gmbh"


def planted(one: Lead, number: int, rng: np.random.Generator) -> Lead:
    """Return the company once more, in one of the ways people write it anew."""
    name = one.name
    for legal in (" Co., Ltd.", " Inc.", " Limited", " Ltd.", " Corporation", " AG", " S.A.", " plc", " AB"):
        name = name.removesuffix(legal)
    ways = [
        name.upper(),
        name,
        name.replace("ü", "ue").replace("ö", "oe").replace("ä", "ae") + " GmbH",
        " ".join(name.replace("-", " ").split()),
        f"{name}, Inc.",
    ]
    domain = one.domain if rng.random() < 0.5 else ""
    return Lead(number, f"copy-{one.id}", ways[rng.integers(len(ways))], one.city, domain, one.facts, ())


@pytest.mark.shared
def test_95_in_100_planted_duplicates_are_found_and_hardly_any_other(shared: Path, tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    leads = [one for i, one in enumerate(read_leads(shared / "data/leads/leads_real.csv.gz")) if i % 9 == 0]
    copies = [planted(one, 100_000 + one.number, rng) for one in leads[::8]]
    marks = found(tmp_path, *leads, *copies)
    n_false = sum(map(bool, marks[: len(leads)]))
    right = [
        mark == copy.id.removeprefix("copy-") for mark, copy in zip(marks[len(leads) :], copies, strict=True)
    ]
    assert np.mean(right) >= 0.95
    assert n_false < 0.01 * len(leads)
