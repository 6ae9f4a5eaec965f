"""`matcher brief` prints what was understood, as a table or as the document that can be edited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.brief_json import brief_from_json
from matcher.commands import brief as module
from matcher.errors import MatcherError
from models.encoder import Encoder
from tests.bench.understanding import NoEncoder

TEXT = "Wir suchen ein Grundstück von 5 ha, zwingend mit Gleisanschluss.\nGern in Bochum."


@pytest.fixture(autouse=True)
def no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str | None = None) -> Encoder:
        return NoEncoder()

    monkeypatch.setattr(module, "load_encoder", load)


def test_the_document_can_be_read_back_and_its_spans_quote_the_file(tmp_path: Path) -> None:
    path = tmp_path / "anfrage.txt"
    path.write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(module.command, [str(path), "--format", "json"], catch_exceptions=False)
    brief = brief_from_json(json.loads(result.output))
    assert brief.id == "anfrage"
    assert [brief.text[slice(*n.span)] for n in brief.needs if n.span] == [
        n.text for n in brief.needs if n.span
    ]


def test_a_file_standard_input_and_an_option_give_the_same_table(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    runner = CliRunner()
    outputs = {
        runner.invoke(module.command, [str(path)], catch_exceptions=False).output,
        runner.invoke(module.command, ["-"], input=TEXT, catch_exceptions=False).output,
        runner.invoke(module.command, ["--text", TEXT], catch_exceptions=False).output,
    }
    assert len(outputs) == 1
    table = outputs.pop()
    assert "≥ 5 ha" in table
    assert "Muss" in table


def test_an_empty_brief_is_refused_with_a_sentence() -> None:
    with pytest.raises(MatcherError, match="words"):
        CliRunner().invoke(module.command, ["--text", " "], catch_exceptions=False)


def test_a_file_and_a_text_together_are_refused() -> None:
    result = CliRunner().invoke(module.command, ["x.txt", "--text", "y"])
    assert result.exit_code == 2
    assert "either" in result.output
