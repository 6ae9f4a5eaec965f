"""The student: predicts the fast encoder's vector of an English description from its words alone.

A text's TF-IDF row times a matrix of word vectors gives its place in the main directions of the fast
encoder's vectors. It is some twenty times faster. A text of which it knows few words (another language)
is given to the fast encoder itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_array
from torch.nn.functional import linear

from models.encoder import Encoder, Floats
from models.errors import ModelError
from models.lead_features import Vocabulary, tokens
from models.load import load_encoder
from models.packed import pad_rows

FOLDER = Path(__file__).parent / "leads"
KNOWN_SHARE = 0.38
"""A text of which less is known goes to the fast encoder: of 35,075 English descriptions 4 in 100 lie below,
of German statements 99 in 100."""
RIDGE = 2.0
N_DIRECTIONS = 128
"""Main directions of the vectors that are predicted; they hold nine tenths of the variance."""


@dataclass(frozen=True)
class StudentEncoder:
    """Word vectors of shape (n_terms, 128) as whole numbers, and the way back to 512 dimensions."""

    vocabulary: Vocabulary
    word_vectors: NDArray[np.int8]
    steps: Floats
    directions: Floats
    centre: Floats

    @cached_property
    def fingerprint(self) -> str:
        """Digest of all arrays."""
        digest = hashlib.sha256("\n".join(self.vocabulary.terms).encode())
        for array in (self.vocabulary.idf, self.word_vectors, self.steps, self.directions, self.centre):
            digest.update(np.ascontiguousarray(array).tobytes())
        return f"lead-student-{digest.hexdigest()[:16]}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.directions.shape[1])

    @cached_property
    def _fast(self) -> Encoder:
        return load_encoder("fast")

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.vocabulary.terms)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors of shape (n_texts, 512); bit by bit the same for any batch."""
        documents = [tokens(text) for text in texts]
        is_known = np.array(
            [
                bool(document)
                and sum(word in self._known for word in document) >= KNOWN_SHARE * len(document)
                for document in documents
            ],
            dtype=bool,
        )
        vectors = np.empty((len(texts), self.dimension), np.float32)
        known, unknown = (np.flatnonzero(mask).tolist() for mask in (is_known, ~is_known))
        if len(known):
            vectors[known] = self._predict([documents[i] for i in known])
        if len(unknown):
            vectors[unknown] = self._fast.encode([texts[i] for i in unknown])
        return vectors

    def _predict(self, documents: Sequence[Sequence[str]]) -> Floats:
        rows: csr_array = self.vocabulary.rows(documents)
        places = (rows @ self.word_vectors.astype(np.float64) * self.steps).astype(np.float32)
        with torch.inference_mode():
            product = linear(pad_rows(torch.from_numpy(places)), torch.from_numpy(self.directions.T.copy()))
            vectors = torch.nn.functional.normalize(product[: len(documents)] + torch.from_numpy(self.centre))
        result: Floats = vectors.numpy()
        return result


def fit_student(texts: Sequence[str], vectors: Floats) -> StudentEncoder:
    """Fit word vectors by ridge regression on the fast encoder's vectors of `texts`."""
    documents = [tokens(text) for text in texts]
    vocabulary = Vocabulary.fit(documents, min_documents=40, max_share=0.5)
    rows = vocabulary.rows(documents)
    centre = vectors.mean(axis=0)
    centred = vectors - centre
    _, directions = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    chosen = directions[:, ::-1][:, :N_DIRECTIONS].T.astype(np.float32)
    signs = np.sign(chosen[np.arange(N_DIRECTIONS), np.abs(chosen).argmax(axis=1)])
    chosen = (chosen * signs[:, None]).astype(np.float16).astype(np.float32)
    gram = (rows.T @ rows).toarray()
    gram[np.diag_indices_from(gram)] += RIDGE
    weights = np.linalg.solve(gram, rows.T @ (centred @ chosen.T).astype(np.float64))
    steps = (np.abs(weights).max(axis=0) / 127).astype(np.float32)
    return StudentEncoder(
        Vocabulary(vocabulary.terms, vocabulary.idf.astype(np.float32).astype(np.float64)),
        np.rint(weights / steps).astype(np.int8),
        steps,
        chosen,
        centre.astype(np.float32),
    )


def save_student(student: StudentEncoder, folder: Path = FOLDER) -> None:
    """Write `student_vectors.npz` and `student_vectors.json`."""
    path = folder / "student_vectors.npz"
    np.savez_compressed(
        path,
        allow_pickle=False,
        idf=student.vocabulary.idf.astype(np.float32),
        word_vectors=student.word_vectors,
        steps=student.steps,
        directions=student.directions.astype(np.float16),
        centre=student.centre,
    )
    manifest = {"fingerprint": student.fingerprint, "terms": student.vocabulary.terms}
    text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":")) + "\n"
    (folder / "student_vectors.json").write_text(text, encoding="utf-8")


def load_student(folder: Path = FOLDER) -> StudentEncoder:
    """Load the student.

    Raises
    ------
    ModelError
        If its files are missing or do not belong together.
    """
    try:
        manifest = json.loads((folder / "student_vectors.json").read_text(encoding="utf-8"))
        with np.load(folder / "student_vectors.npz", allow_pickle=False) as stored:
            student = StudentEncoder(
                Vocabulary(tuple(manifest["terms"]), stored["idf"].astype(np.float64)),
                stored["word_vectors"],
                stored["steps"],
                stored["directions"].astype(np.float32),
                stored["centre"],
            )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(
            "The lead student's files are missing or damaged; fit it with `matcher fit lead-student`."
        ) from error
    if student.fingerprint != manifest["fingerprint"]:
        raise ModelError("student_vectors.npz: the arrays are not those of its .json; restore both files.")
    return student
