"""What everybody gets for free: rankings by BM25, TF-IDF and whole-brief embeddings, to compare with."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from models.encoder import Encoder

Doubles = NDArray[np.float64]

N_BEST = 3
"""A location's score is the mean of its best three statements."""


def best_three(scores: Doubles, locations: NDArray[np.int64], n_locations: int) -> Doubles:
    """Return the mean of each location's three best statement scores; 0 for missing ones.

    Shapes (n_statements,) and (n_statements,) in, (n_locations,) out.
    """
    result = np.zeros(n_locations)
    for at in range(n_locations):
        own = np.sort(scores[locations == at])[::-1][:N_BEST]
        result[at] = own.sum() / N_BEST
    return result


def bm25(statements: Sequence[str], briefs: Sequence[str], language: str) -> Doubles:
    """Return BM25 scores, shape (n_briefs, n_statements), with default parameters."""
    stopwords = "de" if language == "de" else "en"
    retriever = bm25s.BM25()
    retriever.index(
        bm25s.tokenize(list(statements), stopwords=stopwords, show_progress=False), show_progress=False
    )
    rows = []
    for brief in briefs:
        tokens = bm25s.tokenize([brief], stopwords=stopwords, return_ids=False, show_progress=False)[0]
        rows.append(retriever.get_scores(tokens))
    return np.array(rows, dtype=np.float64)


def tfidf(statements: Sequence[str], briefs: Sequence[str]) -> Doubles:
    """Return cosines of character n-gram TF-IDF (3 to 5, within words), shape (n_briefs, n_statements)."""
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    matrix = vectorizer.fit_transform(statements)
    scores: Doubles = (vectorizer.transform(briefs) @ matrix.T).toarray().astype(np.float64)
    return scores


def whole_brief(statements: Sequence[str], briefs: Sequence[str], encoder: Encoder) -> Doubles:
    """Return cosines of whole briefs with statements, shape (n_briefs, n_statements)."""
    scores: Doubles = (encoder.encode(list(briefs)) @ encoder.encode(list(statements)).T).astype(np.float64)
    return scores
