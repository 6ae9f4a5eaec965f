"""Fits the lead model: ordinal logistic regressions over grouped features, worths from their spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from models.encoder import Floats
from models.lead_features import (
    Doubles,
    LeadFacts,
    Vocabulary,
    origin,
    reach,
    substance,
    terms,
    tokens,
)
from models.leads import (
    GROUPS,
    LeadModel,
    depth,
    theme_odds,
)

NONE = "none"
TOTAL_TENTHS = 1000
LEVEL_WEIGHTS = {1: 0.5, 2: 1.0, 3: 0.3}
"""How much the three steps of the fit (at least 1, 2, 3) weigh: the middle one is the question asked, the
others order what lies below and above it."""
OWN_WEIGHT = 0.7
"""Weight of a label of the second labeller beside one of the first; 1.0 and .5 gave the same within .005."""
SCALES = {"words": 1.0, "industry": 0.7, "vector": 1.0, "signs": 0.15, "theme": 0.2, "depth": 0.2}
"""How strongly each block may speak (the penalty is shared): looked at on the labels, flat within .01."""
MEANING_VECTOR_SCALE = 3.0
FIT_PENALTY = 1.0
THEME_PENALTY = 10.0
LEAST_DEPTH_SHARE = 0.08
"""The region's own depth gets at least this share of the points, as a condition: a score is for a region."""
PROBABILITY_FLOORS = (0.40, 0.20, 0.08, 0.03)
"""Grades A to D begin where this share of labelled leads was judged a fit of 2 or 3."""
SEED = 20261124
SIGN_GROUPS = ("origin", "reach", "substance")

Integers = NDArray[np.int64]
Texts = NDArray[np.str_]


@dataclass(frozen=True)
class Labelled:
    """Labelled leads with everything the fit needs; all arrays have n_leads rows.

    `near` is `near_themes` of the region for the themes in `themes`.
    """

    leads: tuple[LeadFacts, ...]
    vectors: Floats
    near: Doubles
    theme: Texts
    fit: Integers
    function: Texts
    weight: Doubles

    def take(self, rows: Integers) -> Labelled:
        """Return some rows."""
        return Labelled(
            tuple(self.leads[i] for i in rows),
            self.vectors[rows],
            self.near[rows],
            self.theme[rows],
            self.fit[rows],
            self.function[rows],
            self.weight[rows],
        )


def joined(parts: Sequence[Labelled]) -> Labelled:
    """Return the rows of several sets in one."""
    return Labelled(
        tuple(lead for part in parts for lead in part.leads),
        np.concatenate([part.vectors for part in parts]),
        np.concatenate([part.near for part in parts]),
        np.concatenate([part.theme for part in parts]),
        np.concatenate([part.fit for part in parts]),
        np.concatenate([part.function for part in parts]),
        np.concatenate([part.weight for part in parts]),
    )


@dataclass
class _Block:
    """Columns of one kind with the scale they are given; `columns` says where they stand together."""

    name: str
    rows: csr_array
    scale: float
    centre: Doubles
    spread: Doubles

    @property
    def scaled(self) -> csr_array:
        dense_shift = self.centre.any() or (self.spread != 1).any()
        rows = csr_array((self.rows.toarray() - self.centre) / self.spread) if dense_shift else self.rows
        return csr_array(rows * self.scale)


def _block(
    name: str, rows: Doubles | Floats | csr_array, scale: float, *, is_standardised: bool = False
) -> _Block:
    sparse = csr_array(rows)
    n_columns = sparse.shape[1]
    centre, spread = np.zeros(n_columns), np.ones(n_columns)
    if is_standardised:
        dense = sparse.toarray()
        centre, spread = dense.mean(axis=0), dense.std(axis=0)
        spread[spread == 0] = 1.0
    return _Block(name, sparse, scale, centre, spread)


def _unscaled(blocks: Sequence[_Block], coefficients: Doubles) -> tuple[dict[str, Doubles], Doubles]:
    """Split (n_outputs, n_columns) coefficients into (n_block_columns, n_outputs) and an intercept shift."""
    parts: dict[str, Doubles] = {}
    shift = np.zeros(len(coefficients))
    at = 0
    for block in blocks:
        n_columns = block.rows.shape[1]
        raw = coefficients[:, at : at + n_columns] * block.scale / block.spread
        shift -= raw @ block.centre
        parts[block.name] = raw.T
        at += n_columns
    return parts, shift


def _multinomial(
    rows: csr_array, labels: Texts, weight: Doubles, classes: Sequence[str], penalty: float
) -> tuple[Doubles, Doubles]:
    """Return coefficients (n_classes, n_columns) and intercepts; a class without rows is never predicted."""
    model = LogisticRegression(C=penalty, max_iter=3000)
    model.fit(rows, labels, sample_weight=weight)
    coefficients = np.zeros((len(classes), rows.shape[1]))
    intercepts = np.full(len(classes), -20.0)
    found = list(model.classes_)
    if len(found) == 2:
        both = (
            np.vstack([-model.coef_, model.coef_]) / 2,
            np.concatenate([-model.intercept_, model.intercept_]) / 2,
        )
    else:
        both = (model.coef_, model.intercept_)
    for row, name in enumerate(found):
        coefficients[classes.index(name)] = both[0][row]
        intercepts[classes.index(name)] = both[1][row]
    return coefficients, intercepts


def _probabilities(rows: csr_array, coefficients: Doubles, intercepts: Doubles) -> Doubles:
    sums = rows @ coefficients.T + intercepts
    raised = np.exp(sums - sums.max(axis=1, keepdims=True))
    shares: Doubles = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _theme_out_of_fold(
    rows: csr_array, labels: Texts, weight: Doubles, classes: Sequence[str], rng: np.random.Generator
) -> Doubles:
    shares = np.zeros((rows.shape[0], len(classes)))
    folds = StratifiedKFold(5, shuffle=True, random_state=int(rng.integers(1 << 31)))
    for train, test in folds.split(rows, labels):
        fitted = _multinomial(rows[train], labels[train], weight[train], classes, THEME_PENALTY)
        shares[test] = _probabilities(rows[test], *fitted)
    return shares


def fit_lead_model(
    data: Labelled, themes: Sequence[str], functions: Sequence[str], encoder: str, rng: np.random.Generator
) -> LeadModel:
    """Fit a model; grades and percentiles are set by `with_grades` and `with_reference` afterwards.

    Parameters
    ----------
    data : Labelled
        Labelled leads.
    themes, functions : sequence of str
        Ids of the themes (without "none") and functions, in the order of the model's outputs.
    encoder : str
        Name of the encoder the vectors come from.
    """
    documents = [terms(f"{lead.industry} {lead.sector} {lead.description}") for lead in data.leads]
    industry_documents = [tokens(f"{lead.sector} {lead.industry}") for lead in data.leads]
    words = Vocabulary.fit(documents, min_documents=3)
    industries = Vocabulary.fit(industry_documents, min_documents=2, max_share=1.0)
    signs = {
        "origin": np.array([origin(lead) for lead in data.leads]),
        "reach": np.array([reach(lead) for lead in data.leads]),
        "substance": np.array([substance(lead) for lead in data.leads]),
    }
    arrays: dict[str, Doubles] = {}
    worths: Doubles = np.ones(len(GROUPS))
    for reading in ("words", "meaning"):
        content = [_block("vector", data.vectors, MEANING_VECTOR_SCALE)]
        if reading == "words":
            content = [
                _block("words", words.rows(documents), SCALES["words"]),
                _block("industry", industries.rows(industry_documents), SCALES["industry"]),
                _block("vector", data.vectors, SCALES["vector"]),
            ]
        sign_blocks = [
            _block(name, signs[name], SCALES["signs"], is_standardised=True) for name in SIGN_GROUPS
        ]
        spread = _fit_reading(data, content, sign_blocks, themes, functions, reading, arrays, rng)
        if reading == "words":
            worths = spread
    return LeadModel(
        encoder=encoder,
        themes=tuple(themes),
        functions=tuple(functions),
        words=Vocabulary(words.terms, _single(words.idf)),
        industries=Vocabulary(industries.terms, _single(industries.idf)),
        arrays={name: _single(array) for name, array in arrays.items()},
        worths=_share_tenths(worths),
        grade_floors=(0, 0, 0, 0),
        percentiles=(0,) * 101,
        calibration=(1.0, 0.0),
        usual_tenths=(0,) * len(GROUPS),
        near_ends=(0.0, 1.0),
    )


def _single(array: Doubles) -> Doubles:
    """Return what the stored single-precision array will give when it is read again."""
    return np.asarray(array, np.float32).astype(np.float64)


def _fit_reading(
    data: Labelled,
    content: Sequence[_Block],
    sign_blocks: Sequence[_Block],
    themes: Sequence[str],
    functions: Sequence[str],
    reading: str,
    arrays: dict[str, Doubles],
    rng: np.random.Generator,
) -> Doubles:
    """Fit the heads of one reading into `arrays`; return the spread of each group's sum."""
    classes = [*themes, NONE]
    rows = csr_array(hstack([block.scaled for block in content]))
    coefficients, intercepts = _multinomial(rows, data.theme, data.weight, classes, THEME_PENALTY)
    _store_head(arrays, f"{reading}.theme", content, coefficients, intercepts)
    placed = np.flatnonzero(data.function != NONE)
    head = _multinomial(rows[placed], data.function[placed], data.weight[placed], functions, FIT_PENALTY)
    _store_head(arrays, f"{reading}.function", content, *head)

    shares = _theme_out_of_fold(rows, data.theme, data.weight, classes, rng)
    derived = [
        _block("theme", theme_odds(shares)[:, None], SCALES["theme"]),
        _block("depth", depth(shares, data.near)[:, None], SCALES["depth"], is_standardised=True),
    ]
    blocks = [*content, *sign_blocks, *derived]
    everything = csr_array(hstack([block.scaled for block in blocks]))
    total = np.zeros((1, everything.shape[1]))
    intercept = 0.0
    for level, level_weight in LEVEL_WEIGHTS.items():
        model = LogisticRegression(C=FIT_PENALTY, class_weight="balanced", max_iter=3000)
        model.fit(everything, data.fit >= level, sample_weight=data.weight)
        total += level_weight * model.coef_
        intercept += level_weight * float(model.intercept_[0])
    parts, shift = _unscaled(blocks, total)
    n_content = sum(block.rows.shape[1] for block in content)
    content_parts = {block.name: parts[block.name] for block in content}
    _store_parts(arrays, f"{reading}.fit", content, content_parts, np.array([intercept]) + shift)
    for name in SIGN_GROUPS:
        arrays[f"{reading}.fit.{name}"] = parts[name]
    arrays[f"{reading}.usual_origin"] = sign_blocks[0].rows.toarray().mean(axis=0) @ parts["origin"]

    activity = rows @ total[:, :n_content].T
    signs = {block.name: block.rows.toarray() @ parts[block.name] for block in sign_blocks}
    sums = np.column_stack(
        [
            theme_odds(shares),
            activity[:, 0] + float(intercept + shift[0]),
            depth(shares, data.near),
            (signs["origin"] + signs["reach"])[:, 0],
            signs["substance"][:, 0],
        ]
    )
    low, high = np.quantile(sums, [0.005, 0.995], axis=0)
    arrays[f"{reading}.ends"] = np.vstack([low, np.maximum(high, low + 1e-6)])
    slopes = np.array([parts["theme"][0, 0], 1.0, max(parts["depth"][0, 0], 0.0), 1.0, 1.0])
    spread: Doubles = np.maximum(slopes, 0.0) * (high - low)
    return spread


def _store_head(
    arrays: dict[str, Doubles],
    name: str,
    blocks: Sequence[_Block],
    coefficients: Doubles,
    intercepts: Doubles,
) -> None:
    parts, shift = _unscaled(blocks, coefficients)
    _store_parts(arrays, name, blocks, parts, intercepts + shift)


def _store_parts(
    arrays: dict[str, Doubles],
    name: str,
    blocks: Sequence[_Block],
    parts: dict[str, Doubles],
    intercept: Doubles,
) -> None:
    arrays[f"{name}.intercept"] = intercept
    for block in blocks:
        arrays[f"{name}.{block.name}"] = parts[block.name]
        if block.name == "industry":
            arrays[f"{name}.usual_industry"] = np.asarray(block.rows.mean(axis=0)).ravel() @ parts["industry"]


def _share_tenths(spread: Doubles) -> tuple[int, ...]:
    """Share 1000 tenths in proportion to the groups' spreads, depth getting at least its share."""
    shares = spread / spread.sum()
    at = GROUPS.index("depth")
    if shares[at] < LEAST_DEPTH_SHARE:
        others = np.arange(len(shares)) != at
        shares[others] *= (1 - LEAST_DEPTH_SHARE) / shares[others].sum()
        shares[at] = LEAST_DEPTH_SHARE
    tenths = np.floor(shares * TOTAL_TENTHS).astype(int)
    order = np.argsort(tenths - shares * TOTAL_TENTHS, kind="stable")
    tenths[order[: TOTAL_TENTHS - int(tenths.sum())]] += 1
    return tuple(int(value) for value in tenths)


def scores(model: LeadModel, data: Labelled) -> tuple[Integers, Texts]:
    """Return scores in tenths and the likeliest themes of labelled leads."""
    read = model.read(data.leads, data.vectors)
    tenths = model.tenths(model.strengths(read, depth(read.theme_shares, data.near)))
    names = np.array([*model.themes, NONE])
    return tenths.sum(axis=1), names[read.theme_shares.argmax(axis=1)]


def cross_validated(
    judged: Labelled,
    own: Labelled,
    themes: Sequence[str],
    functions: Sequence[str],
    encoder: str,
    *,
    n_folds: int = 10,
    seed: int = SEED,
) -> tuple[Integers, Texts]:
    """Return out-of-fold scores and themes of `judged`; `own` labels are always in the training part."""
    rng = np.random.default_rng(seed)
    result = np.zeros(len(judged.fit), dtype=np.int64)
    found = np.empty(len(judged.fit), dtype=object)
    folds = StratifiedKFold(n_folds, shuffle=True, random_state=seed % (1 << 31))
    for train, test in folds.split(np.zeros(len(judged.fit)), judged.fit):
        model = fit_lead_model(joined([judged.take(train), own]), themes, functions, encoder, rng)
        result[test], found[test] = scores(model, judged.take(test))
    return result, found.astype(str)


def with_grades(model: LeadModel, out_of_fold: Integers, fit: Integers) -> LeadModel:
    """Calibrate on out-of-fold scores and set the floors of the grades (see `PROBABILITY_FLOORS`)."""
    points = out_of_fold[:, None] / 10
    curve = LogisticRegression(C=1e6, max_iter=1000).fit(points, fit >= 2)
    slope, intercept = float(curve.coef_[0, 0]), float(curve.intercept_[0])
    floors = [
        int(np.ceil((np.log(share / (1 - share)) - intercept) / slope * 10)) for share in PROBABILITY_FLOORS
    ]
    return replace(model, calibration=(slope, intercept), grade_floors=tuple(floors))


def with_reference(model: LeadModel, reference: Labelled, nearest: Floats) -> LeadModel:
    """Set from unlabelled reference leads what is usual: percentiles, medians, similarities.

    `nearest`, of shape (n_leads, n_locations), is each location's statement most similar to the lead.
    """
    read = model.read(reference.leads, reference.vectors)
    tenths = model.tenths(model.strengths(read, depth(read.theme_shares, reference.near)))
    marks = np.quantile(tenths.sum(axis=1), np.linspace(0, 1, 101), method="lower")
    low, high = np.quantile(nearest, [0.5, 0.998])
    return replace(
        model,
        percentiles=tuple(int(mark) for mark in marks),
        usual_tenths=tuple(int(value) for value in np.median(tenths, axis=0)),
        near_ends=(round(float(low), 4), round(float(high), 4)),
    )
