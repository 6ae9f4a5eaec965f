"""Fits and evaluates the lead model and its student from files, and words the figures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from tabulate import tabulate

from matcher.brief import Function
from matcher.leads.labelled import Preparation, both_label_sets, read_leads, reference_leads
from matcher.leads.locations import Nearest
from matcher.leads.scoring import EncoderName
from models.lead_student import fit_student, save_student
from models.leads import FOLDER, GROUPS, LeadModel, save_lead_model
from models.leads_evaluation import HEADER, cosine_baseline, grade_table, quality, word_baseline
from models.leads_fit import (
    SEED,
    Integers,
    Labelled,
    cross_validated,
    fit_lead_model,
    joined,
    with_grades,
    with_reference,
)

FUNCTIONS: tuple[Function, ...] = (
    "headquarters",
    "rnd",
    "production",
    "logistics",
    "data_centre",
    "services",
)


def evaluate_leads(encoder: EncoderName, leads: Path, labels: Path) -> str:
    """Return a table of cross-validated figures beside both baselines, and the share by grade."""
    preparation = Preparation(encoder)
    judged, own = both_label_sets(preparation, list(read_leads(leads)), labels)
    out_of_fold, themes = cross_validated(judged, own, preparation.themes, FUNCTIONS, encoder)
    rows = [quality(f"lead model, {encoder}", out_of_fold.astype(np.float64), themes, judged).row]
    rows.append(quality("TF-IDF + logistic regression", *word_baseline(judged), judged).row)
    cosine = cosine_baseline(judged, preparation.theme_vectors(), preparation.themes)
    rows.append(quality("cosine to six theme descriptions", *cosine, judged).row)
    model = _whole(preparation, judged, own, encoder)
    return "\n".join(
        [
            f"{len(judged.fit)} judged leads, 10-fold; {len(own.fit)} own labels in training only; "
            "95 % bootstrap intervals",
            tabulate(rows, headers=HEADER),
            "",
            _grades(with_grades(model, out_of_fold, judged.fit), out_of_fold, judged),
        ]
    )


def _grades(model: LeadModel, out_of_fold: Integers, judged: Labelled) -> str:
    base = float((judged.fit >= 2).mean())
    grades = [model.grade(int(score)) for score in out_of_fold]
    rows = [
        [row.grade, row.n_leads, row.n_promising, f"{row.share:.3f}", f"{row.share / base:.1f}"]
        for row in grade_table(grades, judged)
    ]
    floors = ", ".join(
        f"{grade} from {floor / 10:.1f}" for grade, floor in zip("ABCD", model.grade_floors, strict=True)
    )
    worths = ", ".join(f"{g} {w / 10:.1f}" for g, w in zip(GROUPS, model.worths, strict=True))
    header = ["grade", "leads", "fit >= 2", "share", "times base rate"]
    return "\n".join([f"base rate {base:.3f}; {floors}; worths: {worths}", tabulate(rows, headers=header)])


def fit_leads(encoder: EncoderName, leads: Path, labels: Path, folder: Path = FOLDER) -> str:
    """Fit on all labels, set grades from out-of-fold scores, save; return the version and grades."""
    preparation = Preparation(encoder)
    found = list(read_leads(leads))
    judged, own = both_label_sets(preparation, found, labels)
    out_of_fold, _ = cross_validated(judged, own, preparation.themes, FUNCTIONS, encoder)
    model = _whole(preparation, judged, own, encoder)
    model = with_grades(model, out_of_fold, judged.fit)
    reference = preparation.unlabelled(reference_leads(found))
    nearest = Nearest.of_region(preparation.region).similarities(
        preparation.index.similarities(reference.vectors)
    )
    model = with_reference(model, reference, nearest.astype(np.float32))
    save_lead_model(model, folder)
    return f"{model.version}\n{_grades(model, out_of_fold, judged)}"


def _whole(preparation: Preparation, judged: Labelled, own: Labelled, encoder: EncoderName) -> LeadModel:
    rng = np.random.default_rng(SEED)
    return fit_lead_model(joined([judged, own]), preparation.themes, FUNCTIONS, encoder, rng)


def fit_lead_student(leads: Path, folder: Path = FOLDER) -> str:
    """Fit the student on the fast encoder's vectors of all descriptions; return its fingerprint."""
    preparation = Preparation("fast")
    texts = [lead.facts.text for lead in read_leads(leads) if lead.facts.description]
    student = fit_student(texts, preparation.vectors(texts))
    save_student(student, folder)
    return student.fingerprint
