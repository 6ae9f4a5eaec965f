"""The lead model: what a company's row and vector say about its fit, as five contributions that add up.

The fit is a linear model; its terms fall into five groups (see `GROUPS`). Each group's sum is placed
between a low and a high end that were fixed when the model was fitted, which gives a strength in [0, 1];
a strength times the group's worth gives whole tenths of a point, and the score is their sum.
The card in `models/leads/card.md` says how it was fitted and how good it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from corpus.records import Evidence
from models.encoder import Floats
from models.errors import ModelError
from models.lead_features import Doubles, LeadFacts, Vocabulary, origin, reach, substance, terms, tokens

Group = Literal["theme", "activity", "depth", "reach", "substance"]
GROUPS: tuple[Group, ...] = ("theme", "activity", "depth", "reach", "substance")
GRADES = ("A", "B", "C", "D", "E")
READINGS = ("words", "meaning")
"""How a text is read: by its words and meaning, or, where most words are unknown (another language), by
its meaning alone."""
KNOWN_SHARE = 0.27
"""Below this share of known words a text is read by its meaning alone: 2 in 100 English descriptions lie
below, 96 in 100 German statements."""
GENERIC = frozenset(
    {"care", "include", "including", "offers", "products", "provides", "services", "solutions"}
)
"""Words that are never named as telling: they say little by themselves."""
SMALL_WORDS = frozenset(
    [
        "also",
        "an",
        "and",
        "are",
        "as",
        "at",
        "by",
        "for",
        "from",
        "has",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "other",
        "such",
        "that",
        "the",
        "their",
        "these",
        "this",
        "through",
        "to",
        "various",
        "was",
        "we",
        "well",
        "which",
        "who",
        "with",
        "one",
        "two",
        "three",
        "four",
        "company",
        "segments",
    ]
)
"""Words a pair that is named must not hold: "through three" tells nothing, though its weight may be large."""
FOLDER = Path(__file__).parent / "leads"
N_NEAREST = 5
"""Statements of a theme that are averaged for depth; a theme with fewer counts the missing ones as zero."""

DEPTH_KINDS = frozenset({"company", "research_institute", "industry"})

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class LeadRead:
    """What was read of a batch, before the region is looked at.

    `vectors` has shape (n_leads, dimension). `theme_shares` (n_leads, n_themes + 1) has "none" last and
    `function_shares` (n_leads, n_functions); both are probabilities. `sums` (n_leads, 3) are the sums of
    activity, reach and substance. `is_by_words` tells the reading. `telling` names for each lead the
    words that raised and those that lowered its activity most, at most two each.
    """

    vectors: Floats
    theme_shares: Doubles
    function_shares: Doubles
    sums: Doubles
    is_by_words: NDArray[np.bool_]
    telling: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True)
class LeadModel:
    """A fitted lead model for one encoder. Build with `load_lead_model` or `models.leads_fit`."""

    encoder: str
    themes: tuple[str, ...]
    functions: tuple[str, ...]
    words: Vocabulary
    industries: Vocabulary
    arrays: Mapping[str, Doubles]
    worths: tuple[int, ...]
    grade_floors: tuple[int, ...]
    """Lowest score in tenths of the grades A to D; E is the rest."""
    percentiles: tuple[int, ...]
    """Scores in tenths at the 0th to 100th percentile of the reference leads."""
    calibration: tuple[float, float]
    """Slope and intercept of the log odds of a fit of at least 2, by score in points."""
    usual_tenths: tuple[int, ...]
    """Each group's median among the reference leads: reasons tell what differs most from it."""
    near_ends: tuple[float, float]
    """Similarity to a location's nearest statement that counts as 0 and as 1."""

    @cached_property
    def version(self) -> str:
        """Digest of everything that decides a score."""
        digest = hashlib.sha256(json.dumps(self._settings, sort_keys=True).encode())
        for name, array in sorted(self._all_arrays.items()):
            digest.update(name.encode() + np.ascontiguousarray(array).tobytes())
        return f"leads-{self.encoder}-{digest.hexdigest()[:12]}"

    @property
    def _all_arrays(self) -> dict[str, Doubles]:
        return {**self.arrays, "words.idf": self.words.idf, "industries.idf": self.industries.idf}

    @property
    def _settings(self) -> dict[str, Any]:
        return {
            "encoder": self.encoder,
            "themes": self.themes,
            "functions": self.functions,
            "words": self.words.terms,
            "industries": self.industries.terms,
            "worths": self.worths,
            "grade_floors": self.grade_floors,
            "percentiles": self.percentiles,
            "calibration": self.calibration,
            "usual_tenths": self.usual_tenths,
            "near_ends": self.near_ends,
        }

    def read(self, leads: Sequence[LeadFacts], vectors: Floats) -> LeadRead:
        """Read a batch of leads.

        Parameters
        ----------
        leads : sequence of LeadFacts
            The rows.
        vectors : ndarray of shape (n_leads, dimension)
            The encoder's unit vectors of `LeadFacts.text`.
        """
        documents = [terms(f"{lead.industry} {lead.sector} {lead.description}") for lead in leads]
        known = self._known_words
        by_words = np.array(
            [
                sum(word in known for word in words) >= KNOWN_SHARE * len(words)
                for words in (tokens(lead.text) for lead in leads)
            ],
            dtype=bool,
        )
        blocks: dict[str, Any] = {
            "words": self.words.rows(documents),
            "industry": self.industries.rows([tokens(f"{lead.sector} {lead.industry}") for lead in leads]),
            "vector": vectors.astype(np.float64),
        }
        is_without_industry = np.array([not (lead.industry or lead.sector) for lead in leads])
        is_without_country = np.array([not lead.country for lead in leads])
        signs = {
            "origin": np.array([origin(lead) for lead in leads]),
            "reach": np.array([reach(lead) for lead in leads]),
            "substance": np.array([substance(lead) for lead in leads]),
        }
        n_leads = len(leads)
        themes = np.empty((n_leads, len(self.themes) + 1))
        functions = np.empty((n_leads, len(self.functions)))
        sums = np.empty((n_leads, 3))
        for reading in READINGS:
            rows = np.flatnonzero(by_words if reading == "words" else ~by_words)
            if not len(rows):
                continue
            theme, function, activity = (
                self._head(reading, head, blocks, rows, is_without_industry[rows])
                for head in ("theme", "function", "fit")
            )
            themes[rows] = _shares(theme)
            functions[rows] = _shares(function)
            from_where = row_products(signs["origin"][rows], self.arrays[f"{reading}.fit.origin"])
            usual = self.arrays[f"{reading}.usual_origin"][0]
            far = row_products(signs["reach"][rows], self.arrays[f"{reading}.fit.reach"])
            sums[rows, 0] = activity[:, 0]
            sums[rows, 1] = far[:, 0] + np.where(is_without_country[rows], usual, from_where[:, 0])
            sums[rows, 2] = row_products(signs["substance"][rows], self.arrays[f"{reading}.fit.substance"])[
                :, 0
            ]
        return LeadRead(vectors, themes, functions, sums, by_words, self._telling(blocks["words"], by_words))

    def _telling(
        self, rows: csr_array, is_by_words: NDArray[np.bool_]
    ) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        coefficients = self.arrays["words.fit.words"][:, 0]
        result: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        for i in range(rows.shape[0]):
            if not is_by_words[i]:
                result.append(((), ()))
                continue
            columns = rows.indices[rows.indptr[i] : rows.indptr[i + 1]]
            effects = rows.data[rows.indptr[i] : rows.indptr[i + 1]] * coefficients[columns]
            order = np.lexsort((columns, effects))
            raised = [int(columns[j]) for j in order[::-1] if effects[j] > 0]
            lowered = [int(columns[j]) for j in order if effects[j] < 0]
            result.append((self._first_words(raised), self._first_words(lowered)))
        return tuple(result)

    def _first_words(self, columns: Sequence[int]) -> tuple[str, ...]:
        chosen: list[str] = []
        for column in columns:
            term = self.words.terms[column]
            if (
                len(term) > 3
                and term not in GENERIC
                and SMALL_WORDS.isdisjoint(term.split())
                and not any(term in other or other in term for other in chosen)
            ):
                chosen.append(term)
            if len(chosen) == 2:
                break
        return tuple(chosen)

    @cached_property
    def _known_words(self) -> frozenset[str]:
        return frozenset(term for term in self.words.terms if " " not in term)

    def _head(
        self,
        reading: str,
        head: str,
        blocks: Mapping[str, Any],
        rows: Integers,
        is_without_industry: NDArray[np.bool_],
    ) -> Doubles:
        """Return a head's sums for `rows`; an unknown industry counts as the usual one."""
        total = self.arrays[f"{reading}.{head}.intercept"] + row_products(
            blocks["vector"][rows], self.arrays[f"{reading}.{head}.vector"]
        )
        if reading == "words":
            total = total + blocks["words"][rows] @ self.arrays[f"{reading}.{head}.words"]
            industry = blocks["industry"][rows] @ self.arrays[f"{reading}.{head}.industry"]
            usual = self.arrays[f"{reading}.{head}.usual_industry"]
            total = total + np.where(is_without_industry[:, None], usual, industry)
        return total

    def strengths(self, read: LeadRead, depth: Doubles) -> Doubles:
        """Return strengths in [0, 1], shape (n_leads, 5), in the order of `GROUPS`; `depth` is (n_leads,)."""
        result = np.empty((len(depth), len(GROUPS)))
        sums = np.column_stack(
            [theme_odds(read.theme_shares), read.sums[:, 0], depth, read.sums[:, 1], read.sums[:, 2]]
        )
        for reading in READINGS:
            rows = read.is_by_words if reading == "words" else ~read.is_by_words
            low, high = self.arrays[f"{reading}.ends"]
            result[rows] = np.clip((sums[rows] - low) / (high - low), 0.0, 1.0)
        return result

    def tenths(self, strengths: Doubles) -> Integers:
        """Return contributions in tenths of a point, shape (n_leads, 5): rounded here, once."""
        rounded: Integers = np.rint(strengths * np.array(self.worths)).astype(np.int64)
        return rounded

    def grade(self, score_tenths: int) -> str:
        """Return the grade of a score."""
        for grade, floor in zip(GRADES, self.grade_floors, strict=False):
            if score_tenths >= floor:
                return grade
        return GRADES[-1]

    def percentile(self, score_tenths: int) -> int:
        """Return how many of 100 reference leads score lower."""
        return int(np.searchsorted(self.percentiles[1:], score_tenths, side="left"))

    def probability(self, score_tenths: int) -> float:
        """Return the share of labelled leads with such a score that were judged a fit of 2 or 3."""
        slope, intercept = self.calibration
        return float(1 / (1 + np.exp(-(slope * score_tenths / 10 + intercept))))


def row_products(rows: Doubles, columns: Doubles) -> Doubles:
    """Multiply (n, k) by (k, m) so that no row of the result depends on how many rows there are."""
    product: Doubles = np.add.reduce(rows[:, :, None] * columns[None, :, :], axis=1)
    return product


def theme_odds(shares: Doubles) -> Doubles:
    """Return the log odds that a lead belongs to any theme, bounded at 1 to 50; "none" is last."""
    none = shares[:, -1]
    odds: Doubles = np.log((1 - none + 0.02) / (none + 0.02))
    return odds


def theme_members(
    evidence: Sequence[Evidence], themes: Sequence[str], kinds: frozenset[str] = DEPTH_KINDS
) -> list[Integers]:
    """Return for each theme the row numbers of the statements that show the region's depth in it."""
    return [
        np.array([i for i, e in enumerate(evidence) if theme in e.themes and e.kind in kinds], dtype=np.int64)
        for theme in themes
    ]


def near_themes(similarities: Floats, members: Sequence[Integers]) -> Doubles:
    """Return how near a region's statements of each theme are, shape (n_leads, n_themes).

    Parameters
    ----------
    similarities : ndarray of shape (n_leads, n_statements)
        Cosines of leads and statements.
    members : sequence of index arrays
        The statements of each theme.
    """
    result = np.zeros((len(similarities), len(members)))
    for column, rows in enumerate(members):
        n_taken = min(N_NEAREST, len(rows))
        if n_taken:
            near = np.partition(similarities[:, rows], len(rows) - n_taken, axis=1)[:, -n_taken:]
            result[:, column] = np.sort(near, axis=1).astype(np.float64).sum(axis=1) / N_NEAREST
    return result


def depth(theme_shares: Doubles, near: Doubles) -> Doubles:
    """Return the region's depth in what each lead does, shape (n_leads,): nearness weighted by theme."""
    product: Doubles = np.add.reduce(theme_shares[:, :-1] * near, axis=1)
    return product


def _shares(sums: Doubles) -> Doubles:
    raised = np.exp(sums - sums.max(axis=1, keepdims=True))
    shares: Doubles = raised / raised.sum(axis=1, keepdims=True)
    return shares


def save_lead_model(model: LeadModel, folder: Path) -> None:
    """Write `<encoder>.npz` (arrays) and `<encoder>.json` (everything else, with digests)."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{model.encoder}.npz"
    arrays = {name: array.astype(np.float32) for name, array in sorted(model._all_arrays.items())}
    np.savez_compressed(path, allow_pickle=False, **arrays)
    manifest = {"version": model.version, "sha256": _digest(path), **model._settings}
    text = json.dumps(manifest, ensure_ascii=False) + "\n"
    (folder / f"{model.encoder}.json").write_text(text, encoding="utf-8")


def load_lead_model(encoder: str, folder: Path = FOLDER) -> LeadModel:
    """Load the model fitted for an encoder ("fast", "default" or "student").

    Raises
    ------
    ModelError
        If there is none, or its files do not belong together.
    """
    manifest_path, path = folder / f"{encoder}.json", folder / f"{encoder}.npz"
    if not manifest_path.is_file() or not path.is_file():
        known = ", ".join(sorted(found.stem for found in folder.glob("*.npz"))) or "none"
        raise ModelError(
            f"There is no lead model for the encoder {encoder!r} (there is: {known}); fit one with "
            f"`matcher fit leads --encoder {encoder}`."
        )
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    if manifest["sha256"] != _digest(path):
        raise ModelError(
            f"{path.name}: the arrays are not those of {manifest_path.name}; restore both files."
        )
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name].astype(np.float64) for name in stored.files}
    return LeadModel(
        encoder=manifest["encoder"],
        themes=tuple(manifest["themes"]),
        functions=tuple(manifest["functions"]),
        words=Vocabulary(tuple(manifest["words"]), arrays.pop("words.idf")),
        industries=Vocabulary(tuple(manifest["industries"]), arrays.pop("industries.idf")),
        arrays=arrays,
        worths=tuple(manifest["worths"]),
        grade_floors=tuple(manifest["grade_floors"]),
        percentiles=tuple(manifest["percentiles"]),
        calibration=(manifest["calibration"][0], manifest["calibration"][1]),
        usual_tenths=tuple(manifest["usual_tenths"]),
        near_ends=(manifest["near_ends"][0], manifest["near_ends"][1]),
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
