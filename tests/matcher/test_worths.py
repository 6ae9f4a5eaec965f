"""What needs are worth before their wording: learned by function, facet and topic."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.brief import FACETS, FUNCTIONS, TOPICS, WHOLE_BRIEF
from matcher.words import TOPIC_NAMES
from matcher.worths import (
    ALIKE,
    LEARNED_TOPICS,
    NO_TOPIC,
    FunctionShares,
    before_learning,
    facet_weight,
    need_weight,
    prior_weight,
    topic_factor,
    topic_factors,
    unasked_weight,
)
from models.choice import load_worths
from models.errors import ModelError

LOGISTICS: FunctionShares = [("logistics", 1.0)]


def test_several_topics_of_a_need_meet_in_the_middle() -> None:
    port, airport = (topic_factor("access", (topic,)) for topic in ("inland_port", "airport"))
    assert topic_factor("access", ("inland_port", "airport")) == pytest.approx((port * airport) ** 0.5)


def test_a_field_of_study_is_worth_as_much_as_another() -> None:
    assert {topic_factor("talent", (field,)) for field in TOPICS["talent"]} == {1.0}


def test_a_need_is_worth_its_facet_times_its_topic() -> None:
    assert need_weight(LOGISTICS, "access", ("inland_port",)) == pytest.approx(
        facet_weight("logistics", "access") * topic_factor("access", ("inland_port",))
    )
    assert unasked_weight(LOGISTICS, "distance") == pytest.approx(
        facet_weight("logistics", "distance") * topic_factor("distance", (), is_asked=False)
    )


def test_a_need_of_a_doubtful_function_is_worth_something_between() -> None:
    sure = [unasked_weight([(name, 1.0)], "agglomeration") for name in ("production", "headquarters")]
    doubtful = unasked_weight([("production", 0.25), ("headquarters", 0.75)], "agglomeration")
    assert doubtful == pytest.approx(0.25 * sure[0] + 0.75 * sure[1])
    assert sure[0] < doubtful < sure[1]


def test_what_few_towns_have_decides_more_than_what_most_have() -> None:
    rare = min(topic_factor("access", (topic,)) for topic in ("inland_port", "airport", "combined_terminal"))
    common = max(topic_factor("access", (topic,)) for topic in ("public_transport", "parcel_network"))
    assert rare > common


def test_every_learned_factor_is_of_a_known_topic_has_a_name_and_is_held_within_bounds() -> None:
    for facet, rows in topic_factors().items():
        for topic, factor in rows:
            assert (facet, topic) in LEARNED_TOPICS
            assert all(TOPIC_NAMES[topic])
            assert 1 / 4 < factor < 4
    asked = {topic for facet in FACETS for topic in TOPICS[facet] if facet not in ALIKE}
    assert TOPIC_NAMES.keys() >= asked - {WHOLE_BRIEF} | {NO_TOPIC}


def test_a_fit_starts_from_what_was_chosen_whatever_was_learned_before() -> None:
    with before_learning():
        assert facet_weight("logistics", "access") == prior_weight("logistics", "access")
        assert need_weight(LOGISTICS, "access", ("inland_port",)) == prior_weight("logistics", "access")
    assert facet_weight("logistics", "access") != prior_weight("logistics", "access")


@pytest.mark.parametrize("content", ["", "[]", '{"worths": {}}'])
def test_a_table_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path, content: str) -> None:
    table = tmp_path / "worths.json"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"^worths\.json cannot be read: run `matcher fit worths`\.$"):
        load_worths(table)


def test_every_function_and_facet_has_a_worth() -> None:
    assert all(facet_weight(function, facet) > 0 for function in FUNCTIONS for facet in FACETS)
