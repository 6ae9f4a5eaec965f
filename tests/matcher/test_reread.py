"""A reworded need is about what its new words say, and what the reader set by hand stays."""

from __future__ import annotations

from dataclasses import replace

from matcher.brief import Brief, Need
from matcher.reread import reread

OLD = Need("n1", "5 ha Fläche", (0, 11), "site", 400, topics=("land",), minimum=5.0, unit="ha")


def read(text: str) -> Brief:
    """Two needs are found in any text: 8 ha of land, and a rail siding."""
    needs = (
        Need("a", "8 ha", (0, 4), "site", 500, topics=("land",), minimum=8.0, unit="ha"),
        Need("b", "Gleis", (5, 10), "access", 500, topics=("rail_freight",)),
    )
    return Brief("again", text, "de", needs, "production")


def test_new_figures_in_the_wording_become_the_figures_of_the_need() -> None:
    again = reread(OLD, replace(OLD, text="8 ha Fläche"), read)
    assert (again.minimum, again.unit, again.topics, again.worth_tenths) == (8.0, "ha", ("land",), 400)


def test_figures_typed_into_the_fields_win_over_the_wording() -> None:
    again = reread(OLD, replace(OLD, text="8 ha Fläche", minimum=9.0), read)
    assert again.minimum == 9.0


def test_a_facet_that_was_chosen_is_kept_and_gets_its_topics() -> None:
    again = reread(OLD, replace(OLD, text="Gleis", facet="access", topics=()), read)
    assert (again.facet, again.topics) == ("access", ("rail_freight",))
    kept = reread(OLD, replace(OLD, text="Gleis", facet="cost", topics=()), read)
    assert (kept.facet, kept.topics) == ("cost", ())


def test_a_need_that_was_just_added_is_about_what_its_words_say_first() -> None:
    added = Need("added1", "Neue Anforderung", None, "access", 400)
    again = reread(added, replace(added, text="8 ha mit Gleis"), read)
    assert (again.facet, again.topics) == ("site", ("land",))


def test_an_untouched_wording_is_not_read_again() -> None:
    changed = replace(OLD, minimum=6.0)
    assert reread(OLD, changed, read) == changed
    assert reread(None, changed, read) == changed
