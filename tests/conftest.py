"""What every test may use: the shared research folder, where it is present, and the golden option."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.pack import RUHR, load_region
from corpus.records import Region

ROOT = Path(__file__).parent.parent
os.environ.setdefault("HF_HUB_OFFLINE", "1")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of research data beside the repository (MATCHER_SHARED names another)."""
    folder = Path(os.environ.get("MATCHER_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no research data in {folder}: set MATCHER_SHARED to run this test")
    return folder


@pytest.fixture(scope="session")
def tiny_region_folder() -> Path:
    """The folder of a region pack of six invented locations; one of them, Eschwald, owns no evidence."""
    return ROOT / "tests" / "region"


@pytest.fixture(scope="session")
def tiny_region(tiny_region_folder: Path) -> Region:
    """The six invented locations, read and checked."""
    return load_region(tiny_region_folder)


@pytest.fixture(scope="session")
def ruhr() -> Region:
    """The built-in region, read and checked."""
    return load_region(RUHR)
