"""What the fitted artefacts say of their own quality: held-out figures, each beside a baseline, and the command that prints them.

The figures are read from the artefacts, so that what a page says of them is what the last fit found.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.errors import ModelError

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Figure:
    """A share in [0, 1] with the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure on cases kept out of the fit, by name, and the same figure for the simpler way."""

    name: str
    figure: Figure
    baseline: Figure


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured of one artefact: its name, what the baseline is, and the command that prints it."""

    artefact: str
    baseline: str
    command: str
    measured: tuple[Measured, ...]


WORTHS = (
    "hit@5 de",
    "hit@5 en",
    "size AUC de",
    "size AUC en",
    "graded nDCG@5",
    "graded >=2 in top 3",
)
"""Those of the worths' figures that a reader without the field's vocabulary can be told."""


def reports(fingerprint: str) -> tuple[Report, ...]:
    """Return what was measured of the worths, the strengths and the recognition of a brief.

    Parameters
    ----------
    fingerprint : str
        Of the encoder in use; strengths of one that was never judged are left out.

    Raises
    ------
    ModelError
        If an artefact cannot be read.
    """
    found = (
        _report(
            "worths", "priors", "matcher fit worths --decisions CSV --fit DIR", "choice/worths.json", _worths
        ),
        _report(
            "strengths",
            "cosine",
            "matcher fit calibration",
            "calibration/calibration.json",
            lambda data: _strengths(data, fingerprint),
        ),
        _report(
            "recognition",
            "tf_idf",
            "matcher fit function --decisions CSV",
            "function/manifest.json",
            _recognition,
        ),
    )
    return tuple(report for report in found if report.measured)


def _report(
    artefact: str, baseline: str, command: str, path: str, read: Callable[[Any], list[Measured]]
) -> Report:
    try:
        return Report(artefact, baseline, command, tuple(read(_json(FOLDER / path))))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} cannot be read: run `{command}`.") from error


@cache
def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _worths(data: Any) -> list[Measured]:
    held_out, priors = data["held_out"], data["of_priors"]
    return [Measured(name, Figure(*held_out[name]), Figure(*priors[name])) for name in WORTHS]


def _strengths(data: Any, fingerprint: str) -> list[Measured]:
    report = data["held_out"].get(fingerprint)
    if report is None:
        return []
    return [Measured("strength AUC", Figure(*report["auc"]), Figure(*report["cosine_alone"]["auc"]))]


def _recognition(data: Any) -> list[Measured]:
    def figure(task: str, way: str) -> Figure:
        found = data["accuracy"][task][way]
        return Figure(found["accuracy"], found["low"], found["high"])

    return [
        Measured(f"{task} accuracy", figure(task, "vector and counts"), figure(task, "TF-IDF baseline"))
        for task in ("function", "theme")
    ]
