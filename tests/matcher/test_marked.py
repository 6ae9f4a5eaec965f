"""Marked briefs are read with labels, stances and words, and a mistake in them is named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from matcher.errors import MatcherError
from matcher.invented import invented_texts
from matcher.marked import marked_sentences, read_marked
from models.tagger import BRIEFS
from tests.bench.annotations import KEPT

GOOD = """# A comment.

[a1 de fit]
> Wir suchen eine Halle mit Gleis.
> Ein Hafen wäre schön, ein Altstandort nicht.
site:hall y | eine Halle
access:rail_freight/site y | mit Gleis
access:inland_port+airport n | Ein Hafen
site:brownfield avoid | ein Altstandort
"""


def read(tmp_path: Path, content: str) -> tuple[object, ...]:
    path = tmp_path / "marked.txt"
    path.write_text(content, encoding="utf-8")
    return read_marked(path, {("a2", "en"): "A hall, please."})


def test_labels_stances_and_words_are_read(tmp_path: Path) -> None:
    path = tmp_path / "marked.txt"
    path.write_text(GOOD, encoding="utf-8")
    (brief,) = read_marked(path, {})
    assert (brief.name, brief.language, brief.part) == ("a1", "de", "fit")
    assert [need.stance for need in brief.needs] == ["must", "must", "wish", "avoid"]
    assert brief.needs[1].facets == ("access", "site")
    assert brief.needs[2].labels == (("access", ("inland_port", "airport")),)
    first, second = marked_sentences([brief])
    assert [first.text[mark.start : mark.end] for mark in first.marks] == ["eine Halle", "mit Gleis"]
    assert [second.text[mark.start : mark.end] for mark in second.marks] == ["Ein Hafen", "ein Altstandort"]


def test_a_text_that_the_file_leaves_out_comes_from_the_caller(tmp_path: Path) -> None:
    assert len(read(tmp_path, "[a2 en test]\nsite:hall y | A hall\n")) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[a1 de fit]\n> Halle\nsite:hall y | Hallen\n", "the words 'Hallen' are not in the brief"),
        ("[a1 de fit]\n> Halle\nsite:hull y | Halle\n", "'site:hull' is no label"),
        ("[a1 de fit]\n> Halle\nplot y | Halle\n", "'plot' is no label"),
        ("[a1 de fit]\n> Halle\nsite maybe | Halle\n", "'maybe' is no stance"),
        ("[a1 fr fit]\n> Halle\n", "[a1 fr fit] is no head"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(MatcherError) as caught:
        read(tmp_path, content)
    assert "marked.txt" in str(caught.value)
    assert sentence in str(caught.value)


def test_every_brief_stands_in_both_languages_with_the_same_stances_and_is_used_once() -> None:
    learned, kept = (read_marked(path, invented_texts()) for path in (BRIEFS, KEPT))
    assert len(learned) >= 1400
    assert not {brief.name for brief in learned} & {brief.name for brief in kept}
    for briefs in (learned, kept):
        n_of_name = Counter(brief.name for brief in briefs)
        assert set(n_of_name.values()) == {2}
    by_name = {(brief.name, brief.language): brief for brief in learned}
    n_alike = sum(
        Counter(need.stance for need in by_name[name, "de"].needs)
        == Counter(need.stance for need in by_name[name, "en"].needs)
        for name in {brief.name for brief in learned}
    )
    assert n_alike >= 0.95 * len(learned) / 2
