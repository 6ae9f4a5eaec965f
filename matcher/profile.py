"""What a brief is about as a whole: its function and the one or two themes, each with a probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.records import Language, Region, Theme
from matcher.activity import activities, activities_in, function_phrases
from matcher.brief import FUNCTIONS, Function
from matcher.lexicon import cues
from matcher.tokens import words_of
from models.encoder import Floats
from models.function import NO_THEME, FunctionModel, load_function_model, softmax

SECOND_THEME_SHARE = 0.25
"""From this share on a second theme is named; chosen by judgement."""
GIST_LETTERS = 500
"""Letters of the telling sentences that are embedded: what a brief is about stands at its head, and the time
grows with them. No brief that the model was fitted on is longer."""
DESCRIPTION_SHARPNESS = 20.0
"""Factor on cosines before the softmax over theme descriptions of an unknown region; chosen by judgement."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Function and themes with probabilities; `themes` is empty where the brief fits none."""

    function: Function
    function_shares: tuple[tuple[Function, float], ...]
    themes: tuple[str, ...]
    theme_shares: tuple[tuple[str, float], ...]


def telling(sentences: Sequence[tuple[str, Language]]) -> tuple[str, ...]:
    """Return the sentences that tell something of the company or its wishes: courtesies are left out."""
    return tuple(
        text
        for text, language in sentences
        if (words := words_of(text))
        and (activities().hits(words) or function_phrases().hits(words) or cues(language).hits(words))
    )


def gist(sentences: Sequence[str]) -> str:
    """Return the telling sentences as one text, cut to what an encoder reads."""
    return " ".join(sentences)[:GIST_LETTERS]


def phrase_counts(sentences: Sequence[str]) -> list[int]:
    """Count the phrases of each function and theme, in the whole text and in its first sentence."""
    return [*_counts(" ".join(sentences)), *_counts(sentences[0] if sentences else "")]


@cache
def _known_themes() -> tuple[str, ...]:
    return tuple(sorted({theme for activity in activities().payloads for theme in activity.themes}))


def _counts(text: str) -> list[int]:
    words = words_of(text)
    functions = [hit.payload for hit in function_phrases().longest_hits(words)]
    themes = [theme for activity in activities_in(words) for theme in activity.themes]
    return [*(functions.count(name) for name in FUNCTIONS), *(themes.count(name) for name in _known_themes())]


def profile_texts(sentences: Sequence[str], region: Region) -> list[str]:
    """Return what `profile` needs the vectors of: the gist, and themes that the model does not know."""
    known = _knows(load_function_model(), region)
    return [gist(sentences), *([] if known else [_description(theme) for theme in region.themes])]


def _knows(model: FunctionModel, region: Region) -> bool:
    """Tell whether the model was fitted on all themes of the region."""
    return {theme.id for theme in region.themes} <= set(model.classes["theme"])


def profile(sentences: Sequence[str], region: Region, vectors: Floats, encoder: str) -> Profile:
    """Tell function and themes from the telling sentences of a brief.

    `vectors` are those of `profile_texts`, `encoder` is the fingerprint of what made them.
    """
    model = load_function_model()
    counts = phrase_counts(sentences)
    functions = model.probabilities("function", counts, vectors[0], encoder)
    best = max(FUNCTIONS, key=lambda name: (functions.get(name, 0.0), -FUNCTIONS.index(name)))
    if _knows(model, region):
        shares = _known_shares(model, counts, vectors[0], encoder, region)
    else:
        shares = _described_shares(vectors, region)
    return Profile(
        best,
        tuple((name, functions.get(name, 0.0)) for name in FUNCTIONS),
        _named(shares),
        tuple((theme.id, shares[theme.id]) for theme in region.themes),
    )


def _known_shares(
    model: FunctionModel, counts: Sequence[int], vector: Floats, encoder: str, region: Region
) -> dict[str, float]:
    shares = model.probabilities("theme", counts, vector, encoder)
    return {name: shares[name] for name in (*(theme.id for theme in region.themes), NO_THEME)}


def _described_shares(vectors: Floats, region: Region) -> dict[str, float]:
    """Share by nearness of the brief to the descriptions of themes that the model was not fitted on."""
    cosines = (vectors[1:] @ vectors[0]).astype("float64")
    shares = softmax(DESCRIPTION_SHARPNESS * cosines)
    return {theme.id: float(share) for theme, share in zip(region.themes, shares, strict=True)}


def _description(theme: Theme) -> str:
    return f"{theme.name_en}: {theme.description_en}"


def _named(shares: dict[str, float]) -> tuple[str, ...]:
    ranked = sorted(shares, key=lambda name: (-shares[name], name))
    if not ranked or ranked[0] == NO_THEME:
        return ()
    second = [name for name in ranked[1:2] if name != NO_THEME and shares[name] >= SECOND_THEME_SHARE]
    return (ranked[0], *second)
