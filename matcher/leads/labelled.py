"""Labelled leads for fitting: a table of companies joined with labels by id, embedded and compared."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.pack import RUHR, load_region
from corpus.records import Region
from matcher.errors import MatcherError
from matcher.leads.columns import map_columns
from matcher.leads.lead import Lead, lead_of
from matcher.leads.scoring import REGION_ENCODER, EncoderName
from matcher.leads.tables import open_table
from matcher.leads.vectors import VectorCache, halved
from models.encoder import Encoder, Floats
from models.index import StatementIndex
from models.lead_features import Doubles
from models.lead_student import load_student
from models.leads import FOLDER, near_themes, theme_members
from models.leads_fit import OWN_WEIGHT, Labelled
from models.load import load_encoder

OWN_LABELS = FOLDER / "labels.csv"
N_REFERENCE = 2000
BATCH = 512


@dataclass(frozen=True, slots=True)
class Label:
    """One row of a label file."""

    theme: str
    fit: int
    function: str


def read_labels(path: Path) -> dict[str, Label]:
    """Read a label file: columns id, theme, fit and function.

    Raises
    ------
    MatcherError
        If a column is missing or a fit is not 0 to 3.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        labels: dict[str, Label] = {}
        for number, row in enumerate(csv.DictReader(stream), start=1):
            try:
                label = Label(row["theme"], int(row["fit"]), row["function"])
                labels[row["id"]] = label
            except (KeyError, ValueError) as error:
                raise MatcherError(
                    f"{path.name}, row {number}: a label needs id, theme, fit and function ({error})."
                ) from error
            if not 0 <= label.fit <= 3:
                raise MatcherError(f"{path.name}, row {number}: fit is {label.fit}; it must be 0, 1, 2 or 3.")
    return labels


def read_leads(path: Path) -> Iterator[Lead]:
    """Yield the leads of a file that can be scored."""
    table = open_table(path)
    columns = map_columns(table.columns, None, path.name)
    for row in table.read_rows():
        lead = lead_of(row, columns)
        if lead.is_scored:
            yield lead


class Preparation:
    """Turns leads and labels into what the fit needs, for one encoder and region."""

    def __init__(self, encoder: EncoderName, region_folder: Path = RUHR) -> None:
        self.region: Region = load_region(region_folder)
        region_encoder = load_encoder(REGION_ENCODER[encoder])
        self.index = StatementIndex.for_region(self.region, region_encoder)
        self.themes = tuple(theme.id for theme in self.region.themes)
        self._members = theme_members(self.region.evidence, self.themes)
        self.encoder: Encoder | VectorCache = (
            load_student() if encoder == "student" else VectorCache(region_encoder)
        )

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Return the texts' vectors as scoring sees them."""
        parts = [halved(self.encoder.encode(texts[at : at + BATCH])) for at in range(0, len(texts), BATCH)]
        return np.concatenate(parts).astype(np.float32)

    def labelled(self, leads: Sequence[Lead], labels: Mapping[str, Label], weight: float) -> Labelled:
        """Join leads with their labels."""
        chosen = [lead for lead in leads if lead.id in labels]
        found = [labels[lead.id] for lead in chosen]
        vectors = self.vectors([lead.facts.text for lead in chosen])
        return Labelled(
            leads=tuple(lead.facts for lead in chosen),
            vectors=vectors,
            near=self.near(vectors),
            theme=np.array([label.theme for label in found]),
            fit=np.array([label.fit for label in found], dtype=np.int64),
            function=np.array([label.function for label in found]),
            weight=np.full(len(chosen), weight),
        )

    def unlabelled(self, leads: Sequence[Lead]) -> Labelled:
        """Prepare reference leads, which have no label."""
        vectors = self.vectors([lead.facts.text for lead in leads])
        nothing = np.array([""] * len(leads))
        fit = np.zeros(len(leads), dtype=np.int64)
        facts = tuple(lead.facts for lead in leads)
        return Labelled(facts, vectors, self.near(vectors), nothing, fit, nothing, np.ones(len(leads)))

    def near(self, vectors: Floats) -> Doubles:
        """Return how near the region's statements of each theme are to each lead."""
        parts = [
            near_themes(self.index.similarities(vectors[at : at + BATCH]), self._members)
            for at in range(0, len(vectors), BATCH)
        ]
        return np.concatenate(parts)

    def theme_vectors(self) -> Floats:
        """Return the vectors of the themes' English descriptions."""
        return self.vectors([theme.description_en for theme in self.region.themes])


def reference_leads(leads: Sequence[Lead], n_leads: int = N_REFERENCE) -> list[Lead]:
    """Draw reference leads by a digest of their id, so that the draw stays the same."""
    return sorted(leads, key=lambda lead: hashlib.sha256(lead.id.encode()).digest())[:n_leads]


def both_label_sets(
    preparation: Preparation, leads: Sequence[Lead], judged: Path, own: Path = OWN_LABELS
) -> tuple[Labelled, Labelled]:
    """Return the judged labels (weight 1) and the project's own (weight .7), without ids in common."""
    first = read_labels(judged)
    second = {key: label for key, label in read_labels(own).items() if key not in first}
    return preparation.labelled(leads, first, 1.0), preparation.labelled(leads, second, OWN_WEIGHT)
