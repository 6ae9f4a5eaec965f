"""Parts of the region in briefs: found in both languages, asked for or only told, and never in other words."""

from __future__ import annotations

import pytest

from corpus.records import Region
from matcher.compass import Alternatives, parts_in
from matcher.engine import Matcher
from tests.matcher.readings import read
from tests.models.stand_in import StandInEncoder

EAST, WEST, NORTH, SOUTH, CENTRE = (
    (frozenset({side}),) for side in ("east", "west", "north", "south", "centre")
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("am Ostrand der Metropolregion", EAST),
        ("at the eastern rim of the conurbation", EAST),
        ("im westlichen Ballungsraum", WEST),
        ("the western half of the metropolitan area", WEST),
        ("kleinere Städte weiter nördlich", NORTH),
        ("smaller towns further north", NORTH),
        ("im Süden des Ruhrgebiets", SOUTH),
        ("the south of the region", SOUTH),
        ("in der Mitte des Siedlungsraums", CENTRE),
        ("in the middle of the urban area", CENTRE),
        ("im Südosten der Region", (frozenset({"south", "east"}),)),
        ("the south-east fringe of the region", (frozenset({"south", "east"}),)),
        ("in der Mitte oder im Norden der Region", (*CENTRE, *NORTH)),
        ("middle or north of the region", (*CENTRE, *NORTH)),
        ("unsere Beschäftigten im Westen", WEST),
        ("our employees in the west", WEST),
        ("den Osten der Region und das nördliche Sauerland", EAST),
        ("the east of the region and the northern Sauerland", EAST),
        ("je zur Hälfte aus dem Westen und dem Osten der Region", CENTRE),
        ("half of them live in the region's west, half in its east", CENTRE),
        ("zur Hälfte im Norden des Reviers, zur anderen Hälfte im Süden des Reviers", CENTRE),
        ("both the north and the south of the conurbation", CENTRE),
        ("die nördliche Hälfte der Region", NORTH),
        ("the southern half of the region", SOUTH),
    ],
)
def test_parts_of_the_region_are_read_in_both_languages(text: str, parts: Alternatives) -> None:
    assert parts_in(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "köstliche Küche in der Region",
        "niedrige Kosten in der Region",
        "unsere Zentrale im Ruhrgebiet",
        "zentrale Lage",
        "a data centre in the region",
        "a station near the city centre of the region",
        "the west side of the building",
        "2.400 m² auf einer Ebene, helle Nordseite für Keramik",
        "2,400 sq m on a single level, bright north side for ceramics",
        "mit der Möglichkeit, südlich um die Hälfte zu wachsen",
        "with the chance to grow southwards by half",
        "ein zentraler Teil unserer Strategie",
        "the middle of our four plants",
        "Herne or the south of Bochum",
        "Kunden im Süden",
        "customers in the south",
        "zentrales Personal",
        "central staff",
        "ein Gewerbegebiet in Nordrhein-Westfalen",
    ],
)
def test_other_middles_and_sides_are_no_part_of_the_region(text: str) -> None:
    assert parts_in(text) == ()


@pytest.mark.parametrize(
    ("text", "is_must"),
    [
        ("Wir suchen 3 ha. Der Standort muss im Osten der Region liegen.", True),
        ("We are looking for 3 ha. The site must lie in the east of the region.", True),
        ("Unsere Leute wohnen im Osten der Region. Wir suchen 3 ha.", False),
        ("Our people live in the east of the region. We are looking for 3 ha.", False),
    ],
)
def test_what_is_asked_is_a_must_and_what_is_told_a_wish(text: str, is_must: bool) -> None:
    needs = [need for need in read(text).needs if need.facet == "distance"]
    assert [need.is_must for need in needs] == [is_must]
    assert parts_in(needs[0].text) == EAST


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen 3 ha. Alle Orte zwischen Rhein und östlichem Rand der Region müssen erreichbar sein.",
        "We seek 3 ha. All towns between the Rhine and the eastern edge of the region must be within reach.",
    ],
)
def test_what_lies_between_two_ends_is_the_middle_and_neither_end(text: str) -> None:
    (need,) = [need for need in read(text).needs if need.facet == "distance"]
    assert (parts_in(need.text), need.place) == (CENTRE, None)


def strengths_of_side(text: str, region: Region) -> dict[str, float]:
    matcher = Matcher(region, StandInEncoder())
    found = matcher.match(matcher.understand(text))
    return {
        match.location.name: contribution.strength
        for match in found.match_by_location_id.values()
        for contribution in match.contributions
        if contribution.need.facet == "distance"
    }


@pytest.mark.parametrize(
    "text",
    [
        "Unser Personal wohnt im Osten der Region und soll höchstens 25 Minuten fahren.",
        "Our staff live in the east of the region and should drive 25 minutes at most.",
    ],
)
def test_a_limit_to_a_side_counts_how_much_of_it_is_within_reach(text: str, ruhr: Region) -> None:
    found = strengths_of_side(text, ruhr)
    assert found["Unna"] > found["Hamm"] > found["Bochum"] > found["Essen"] == 0.0


@pytest.mark.parametrize(
    ("side", "edge"),
    [
        ("Wir suchen 3 ha im Süden der Region.", "Wir suchen 3 ha am Südrand der Region."),
        ("We seek 3 ha in the south of the region.", "We seek 3 ha on the southern edge of the region."),
        ("We seek 3 ha in the south of the region.", "We seek 3 ha in the far south of the region."),
        ("Wir suchen 3 ha im Süden der Region.", "Wir suchen 3 ha im äußersten Süden der Region."),
    ],
)
def test_the_edge_of_the_region_lies_further_out_than_its_side(side: str, edge: str, ruhr: Region) -> None:
    on_side, on_edge = strengths_of_side(side, ruhr), strengths_of_side(edge, ruhr)
    assert on_side["Schwelm"] == on_edge["Schwelm"] == 1.0
    assert on_side["Witten"] > 1.5 * on_edge["Witten"] > 0
    assert on_edge["Breckerfeld"] > on_edge["Hattingen"] > on_edge["Essen"]


def test_a_part_of_the_region_draws_the_locations_on_that_side(ruhr: Region) -> None:
    strength = strengths_of_side("Wir suchen 3 ha im Osten der Region.", ruhr)
    assert strength["Hamm"] > strength["Essen"] > strength["Wesel"]


@pytest.mark.parametrize(
    "text",
    [
        "ein Punkt zwischen unseren drei Küchen im Norden der Region",
        "a point between our three kitchens in the north of the region",
    ],
)
def test_a_side_in_which_two_ends_lie_is_that_side(text: str) -> None:
    assert parts_in(text) == (frozenset({"north"}),)
