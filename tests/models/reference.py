"""Texts of both languages with the token ids and vectors they had when the encoders were checked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest

from models.encoder import Encoder

FILE = Path(__file__).parent / "reference_vectors.json"
N_VALUES = 12
"""Values of a vector that are kept: enough to notice any change, few enough to read the file's diff."""

TEXTS = [
    "Wir suchen 5 ha Gewerbefläche mit Gleisanschluss, kurzfristig verfügbar.",
    "We need 200 engineers in embedded security near a technical university.",
    "Hafen",
    "Duisburg: inland port with eight container terminals",
    "Fachkräfte für Elektrotechnik und Mechatronik im Umkreis von 30 km",
    "A hall of 12,000 sqm, 24/7 operation, 10 MVA connection",
    "Wasserstoffpipeline in Reichweite, Chemiepark, Störfallbetrieb zulässig",
    "Proximity to hospitals for clinical trials",
    "Gewerbesteuerhebesatz unter 480 %",
    "",
    "  Größe:\t12.500 m²\u200b \u2013 Bürgschaft, Straße, naïve café ﬁne ①",
    "日本語 и русский 🙂",
    "Halle " * 700,
]


class TokenisingEncoder(Encoder, Protocol):
    """An encoder that shows the ids it sees."""

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text."""


def check_against_reference(name: str, encoder: TokenisingEncoder, request: pytest.FixtureRequest) -> None:
    """Compare with the file, or rewrite it with --update-golden."""
    ids = encoder.token_ids(TEXTS)
    vectors = encoder.encode(TEXTS)[:, :N_VALUES]
    reference = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
    if request.config.getoption("--update-golden"):
        rows = zip(TEXTS, ids, np.round(vectors.astype(float), 5).tolist(), strict=True)
        kept = [
            {"text": text[:80], "n_tokens": len(i), "token_ids": i[:80], "first_values": v}
            for text, i, v in rows
        ]
        lines = json.dumps(reference | {name: kept}, ensure_ascii=False).replace('{"text"', '\n{"text"')
        FILE.write_text(lines + "\n", encoding="utf-8")
        return
    rows = reference[name]
    assert [row["text"] for row in rows] == [text[:80] for text in TEXTS]
    assert [row["token_ids"] for row in rows] == [i[:80] for i in ids]
    assert [row["n_tokens"] for row in rows] == [len(i) for i in ids]
    np.testing.assert_allclose(vectors, [row["first_values"] for row in rows], atol=2e-4)
