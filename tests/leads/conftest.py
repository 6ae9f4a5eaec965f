"""A scorer over the built-in region, shared by the tests of a session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.leads.lead import Lead
from matcher.leads.scoring import LeadScorer, Settings
from models.lead_features import LeadFacts

DESCRIPTIONS = {
    "pumps": (
        "The company manufactures and sells pumps, valves and compressors for the chemical, steel and energy "
        "industries worldwide. It operates through three segments and serves customers in Germany, the "
        "Netherlands and the rest of Europe with its own service centers."
    ),
    "shell": (
        "The company does not have significant operations. It intends to effect a merger, share exchange or "
        "similar business combination with one or more businesses."
    ),
    "security": (
        "The company develops cyber security software and solutions: firewalls, identity and access management, "
        "encryption and protection against attacks on networks. It sells them across Europe and internationally."
    ),
    "gold": (
        "The company engages in the acquisition and exploration of gold properties in Canada. It holds "
        "interests in several claims."
    ),
    "hospital": (
        "The company makes medical devices for radiology and cardiology and sells them to hospitals in Germany, "
        "France and worldwide."
    ),
}


def make_lead(number: int, description: str, **facts: str) -> Lead:
    """Return a lead as it would be read from a row."""
    return Lead(number, f"L{number}", f"Firma {number}", "", "", LeadFacts(description, **facts), ())


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings.choose(encoder="student", uses_cache=False)


@pytest.fixture(scope="session")
def scorer(settings: Settings) -> LeadScorer:
    return LeadScorer.load(settings)


@pytest.fixture
def write_leads(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of small files of leads."""

    def write(n_rows: int, name: str = "leads.csv") -> Path:
        lines = ["id;Firma;Land;Ort;Branche;Telefon;Beschreibung"]
        texts = list(DESCRIPTIONS.values())
        for i in range(n_rows):
            lines.append(f"{i:05d};Firma {i} GmbH;Schweden;Lund;;+46 1;{texts[i % len(texts)]} Plant {i}.")
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
