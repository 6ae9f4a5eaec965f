"""`matcher corpus check` and `stats`, run as a user runs them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "matcher", "corpus", *map(str, arguments)]
    root = Path(__file__).parent.parent.parent
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=root, check=False)


def test_a_sound_pack_gets_one_sentence_and_code_0(tiny_region_folder: Path) -> None:
    result = run("check", tiny_region_folder)
    assert result.returncode == 0
    assert "sound; 6 locations" in result.stdout
    assert len(result.stdout.splitlines()) == 1


def test_a_broken_pack_gets_every_fault_and_code_1(tiny_region_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(tiny_region_folder, tmp_path / "pack"))
    sites = folder / "sites.csv"
    text = sites.read_text(encoding="utf-8")
    sites.write_text(
        text.replace("site-1,birkenfurt", "site-1,nowhere").replace(",40,", ",-40,"), encoding="utf-8"
    )
    result = run("check", folder)
    assert result.returncode == 1
    assert "sites.csv, row 2, field 'location_id': 'nowhere'" in result.stderr
    assert "sites.csv, row 4, field 'area_ha': -40 is outside" in result.stderr
    assert "3 faults found." in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("subcommand", ["check", "stats"])
def test_an_unknown_folder_gets_one_sentence_and_code_2(subcommand: str, tmp_path: Path) -> None:
    result = run(subcommand, tmp_path / "nowhere")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1


def test_stats_count_every_statement_once_by_kind(tiny_region_folder: Path) -> None:
    result = run("stats", tiny_region_folder)
    assert result.returncode == 0
    blocks = result.stdout.split("\n\n")
    by_kind = [int(line.split()[-1]) for line in blocks[0].splitlines()[1:]]
    assert sum(by_kind) == int(blocks[-1].split()[-1]) == 38
