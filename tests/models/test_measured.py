"""What a page says of the artefacts' quality is what their files hold, and the commands named are there."""

from __future__ import annotations

import json

from models.measured import FOLDER, Figure, reports

JUDGED = next(
    iter(json.loads((FOLDER / "calibration" / "calibration.json").read_text(encoding="utf-8"))["held_out"])
)


def test_the_figures_are_those_of_the_artefacts_beside_their_baselines() -> None:
    by_name = {one.name: one for report in reports(JUDGED) for one in report.measured}
    worths = json.loads((FOLDER / "choice" / "worths.json").read_text(encoding="utf-8"))
    assert by_name["hit@5 de"].figure == Figure(*worths["held_out"]["hit@5 de"])
    assert by_name["hit@5 de"].baseline == Figure(*worths["of_priors"]["hit@5 de"])
    assert by_name["strength AUC"].figure.value > by_name["strength AUC"].baseline.value
    assert by_name["theme accuracy"].figure.value > by_name["theme accuracy"].baseline.value
    assert all(0 <= f.low <= f.value <= f.high <= 1 for m in by_name.values() for f in (m.figure, m.baseline))


def test_strengths_of_an_encoder_that_was_never_judged_are_left_out() -> None:
    assert [report.artefact for report in reports("another")] == ["worths", "recognition"]
