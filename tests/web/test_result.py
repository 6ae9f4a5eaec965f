"""The result: ranking anew, filters, set aside, joint bids, location, compare, themes, profiles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from matcher.brief import WHOLE_BRIEF
from tests.web.conftest import BRIEF_TEXT, LOCATIONS, StandInMatcher
from tests.web.test_journey import soup

FETCH = {"X-Requested-With": "fetch"}


def names(page: BeautifulSoup) -> list[str]:
    return [link.text for link in page.select(".ranking h3 a")]


def test_moving_a_worth_returns_the_list_alone_and_keeps_the_worths(
    client: FlaskClient, draft_url: str
) -> None:
    worths = {"n1-worth": "0", "n2-worth": "100", "n3-worth": "0"}
    response = client.post(f"{draft_url}/worths", data=worths, headers=FETCH)
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 200
    assert page.html is None
    assert [score.find(string=True) for score in page.select(".score")] == [
        "85,7",
        "71,4",
        "57,1",
        "42,9",
        "28,6",
    ]
    fields = soup(client, f"{draft_url}/result").select("form[data-worths] input[name$='-worth']")
    assert [field["value"] for field in fields] == ["0", "100", "0"]


@pytest.mark.parametrize(
    ("typed", "sentence"), [("viel", "Zahl von 0 bis 100"), ("-1", "Zahl von 0 bis 100"), ("", "Zahl")]
)
def test_a_wrong_worth_is_refused_beside_its_field(
    client: FlaskClient, draft_url: str, typed: str, sentence: str
) -> None:
    worths = {"n1-worth": typed, "n2-worth": "60", "n3-worth": "0"}
    response = client.post(f"{draft_url}/worths", data=worths)
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 422
    assert sentence in page.select_one("#n1-worth-error").text
    assert [page.select_one(f"#{name}")["value"] for name in worths] == [typed, "60", "0"]


def test_all_worths_zero_is_refused(client: FlaskClient, draft_url: str) -> None:
    zero = {f"n{n}-worth": "0" for n in (1, 2, 3)}
    response = client.post(f"{draft_url}/worths", data=zero, headers=FETCH)
    assert response.status_code == 422
    assert "über null" in response.text


def test_a_district_filter_keeps_the_ranks_of_the_whole_list(client: FlaskClient, draft_url: str) -> None:
    page = soup(client, f"{draft_url}/result?district=Kreis+Nord")
    assert names(page) == ["Essen", "Castrop"]
    assert [rank.text for rank in page.select(".rank")] == ["2", "4"]


def test_who_is_set_aside_stands_there_with_the_reason(client: FlaskClient, draft_url: str) -> None:
    row = soup(client, f"{draft_url}/result").select_one("section[aria-labelledby='aside-heading'] tbody tr")
    assert row.th.text == "Ahlen"
    assert "Zu klein" in row.text


def test_the_matrix_of_a_joint_bid_marks_who_brings_what(client: FlaskClient, draft_url: str) -> None:
    table = soup(client, f"{draft_url}/result").select_one(".matrix")
    assert [head.text for head in table.select("thead th")] == [
        "Anforderung",
        "Fröndenberg",
        "Essen",
        "Zusammen",
    ]
    assert [len(row.select(".brought")) for row in table.select("tbody tr")] == [1, 1, 0]


def test_every_row_of_a_location_shows_evidence_source_date_and_confidence(
    client: FlaskClient, draft_url: str
) -> None:
    page = soup(client, f"{draft_url}/locations/{LOCATIONS[3].id}")
    rows = page.select(".evidence-row")
    total = sum(float(row.select_one("[data-points]").text.replace(",", ".")) for row in rows)
    assert f"{total:.1f}".replace(".", ",") == page.select_one("[data-total]").text
    assert rows[0].select_one("a[target=_blank]")["href"] == "https://example.org/report"
    assert "Stand 2023" in rows[0].text
    assert "unbestätigt" in rows[0].text
    assert "unbekannt" in rows[2].text


def test_what_if_shows_points_and_rank(client: FlaskClient, draft_url: str) -> None:
    page = soup(client, f"{draft_url}/locations/{LOCATIONS[1].id}?met=n2&met=n3&met=nonsense")
    assert page.select_one("#what-if .notice").text == (
        "Dann hätte Bochum 100,0 Punkte (48,6 mehr) und stünde auf Rang 1."
    )


def test_the_brief_as_a_whole_is_no_what_if(
    client: FlaskClient, stand_in: StandInMatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = stand_in.understand(BRIEF_TEXT)
    whole = replace(brief.needs[2], facet="cluster", topics=(WHOLE_BRIEF,))
    with_whole = replace(brief, needs=(*brief.needs[:2], whole))
    monkeypatch.setattr(stand_in, "understand", lambda text, *, brief_id="brief": with_whole)
    draft_url = client.post("/", data={"text": BRIEF_TEXT}).headers["Location"].removesuffix("/needs")
    page = soup(client, f"{draft_url}/locations/{LOCATIONS[1].id}")
    assert [box["value"] for box in page.select("#what-if input[name=met]")] == ["n2"], "n1 is met"


@pytest.mark.parametrize("chosen", [1, 5])
def test_comparing_one_or_five_is_refused_and_the_choice_kept(
    client: FlaskClient, draft_url: str, chosen: int
) -> None:
    response = client.get(
        f"{draft_url}/compare", query_string={"location": [one.id for one in LOCATIONS[:chosen]]}
    )
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 422
    assert "zwei bis vier" in page.select_one("#choice-error").text
    assert len(page.select("input[checked]")) == chosen


def test_compared_columns_add_up(client: FlaskClient, draft_url: str) -> None:
    page = soup(client, f"{draft_url}/compare?location={LOCATIONS[1].id}&location={LOCATIONS[2].id}")
    for column in (1, 2):
        rows = [row.select("td")[column].strong.text for row in page.select(".compare tbody tr")]
        foot = page.select(".compare tfoot td")[column].text
        assert f"{sum(float(row.replace(',', '.')) for row in rows):.1f}".replace(".", ",") == foot


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/locations", "Fröndenberg"),
        ("/locations/05900002", "Bochum: site belegt"),
        ("/themes", "Intelligente Logistik"),
        ("/themes/smart_logistics", "Bochum"),
        ("/method", "genau 100 Punkte"),
        ("/saved", "Noch ist nichts gespeichert"),
        ("/healthz", "ok"),
    ],
)
def test_the_other_pages_answer(client: FlaskClient, url: str, words: str) -> None:
    response = client.get(url)
    assert response.status_code == 200
    assert words in response.text


@pytest.mark.parametrize("url", ["/locations/nix", "/themes/nix", "/nix", "/saved/9", "/work/nix/result"])
def test_what_is_not_there_gets_the_designed_page(client: FlaskClient, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 404
    assert "Hier ist nichts" in response.text


def test_the_map_is_a_drawing_of_every_location(client: FlaskClient, draft_url: str) -> None:
    drawing = client.get(f"{draft_url}/map.json").get_json()
    assert "vega-lite" in drawing["$schema"]
    ground = drawing["datasets"][drawing["layer"][0]["data"]["name"]]
    assert {shape["name"] for shape in ground} == {location.name for location in LOCATIONS}


def test_the_chart_script_is_kept_for_a_year_and_sent_compressed(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/themes").text, "html.parser")
    response = client.get(page.html["data-charts"], headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "immutable" in response.headers["Cache-Control"]
    assert len(response.data) < 400_000
