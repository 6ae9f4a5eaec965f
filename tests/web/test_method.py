"""The method page prints the learned worths beside the chosen ones, and every figure with the command that prints it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient

from matcher.brief import FACETS, FUNCTIONS
from matcher.cli import group
from matcher.worths import facet_weight, prior_weight
from models.measured import reports


@pytest.fixture
def page(client: FlaskClient) -> BeautifulSoup:
    client.get("/language/en")
    return BeautifulSoup(client.get("/method").text, "html.parser")


def test_each_learned_worth_stands_beside_the_one_that_was_chosen(page: BeautifulSoup) -> None:
    cells = [cell.get_text() for cell in page.select(".worths-table tbody td")]
    assert cells == [
        "{:.2f} ({:.2f})".format(
            *(Decimal(str(worth(function, facet))) for worth in (facet_weight, prior_weight))
        )
        for facet in FACETS
        for function in FUNCTIONS
    ]


def test_each_measured_figure_stands_beside_its_baseline_under_its_command(page: BeautifulSoup) -> None:
    tables = page.select("table.measures")
    for table, report in zip(tables, reports("stand-in"), strict=True):
        code = table.select_one("caption code")
        assert code is not None
        assert code.text == report.command
        for row, one in zip(table.select("tbody tr"), report.measured, strict=True):
            shown = [cell.get_text().split()[0] for cell in row.select("td")]
            assert shown == [f"{figure.value:.0%}" for figure in (one.figure, one.baseline)]


def test_every_command_on_the_page_is_there_with_its_options(page: BeautifulSoup) -> None:
    commands = {code.text for code in page.select("code")}
    assert len(commands) >= 4
    for line in commands:
        program, *words = line.split()
        names = [word for word in words if word.islower() and not word.startswith("-")]
        told = CliRunner().invoke(group, [*names, "--help"])
        assert program == "matcher"
        assert told.exit_code == 0, line
        assert all(word in told.output for word in words if word.startswith("--"))
