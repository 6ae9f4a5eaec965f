"""Imports point one way: corpus, then models, then matcher, then web."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "corpus": {"corpus"},
    "models": {"corpus", "models"},
    "matcher": {"corpus", "models", "matcher"},
    "web": {"corpus", "models", "matcher", "web"},
}
ONLY_IN = {
    "faiss": {"models"},
    "sentence_transformers": {"models"},
    "sklearn": {"models"},
    "torch": {"models"},
    "flask": {"web"},
}


def imported_roots(path: Path) -> set[str]:
    roots: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            roots.add(node.module.split(".")[0])
    return roots


@pytest.mark.parametrize("layer", ALLOWED)
def test_imports_point_only_to_the_left(layer: str) -> None:
    for path in (ROOT / layer).rglob("*.py"):
        roots = imported_roots(path)
        assert roots & set(ALLOWED) <= ALLOWED[layer], path
        for library, layers in ONLY_IN.items():
            assert library not in roots or layer in layers, f"{path} imports {library}"
