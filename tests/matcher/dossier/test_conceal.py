"""A hidden name is found however it is written, and short names are not found inside other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.dossier.conceal import Concealer


@pytest.mark.parametrize(
    "written",
    [
        "Müller Zellen GmbH & Co. KG",
        "MÜLLER ZELLEN",
        "Müller-Zellen",
        "Müller\n  Zellen",
        "mueller-zellen",
        "muellerzellen",
        "Müller\u00a0Zellen",
    ],
)
def test_every_spelling_of_a_name_is_hidden(written: str) -> None:
    hide = Concealer("Falke", ["Müller Zellen GmbH & Co. KG"])
    assert hide(f"Die {written} sucht Fläche.") == "Die Falke sucht Fläche."


def test_a_short_name_is_hidden_as_a_word_and_not_inside_others() -> None:
    hide = Concealer("Falke", ["SAP"])
    assert hide("SAP und SAPs Wasserspaß, Saphir") == "Falke und Falkes Wasserspaß, Saphir"


@given(st.text(max_size=40), st.text(max_size=40), st.text("abcdeäöüß -", min_size=6, max_size=20))
def test_what_was_hidden_is_not_found_again(before: str, after: str, name: str) -> None:
    if sum(map(str.isalnum, name)) < 5:
        return
    hide = Concealer("12345", [name])
    assert name.lower() not in hide(f"{before} {name} {after}").lower()
