"""One brief: warm beside MiniLM on the same need texts, and `matcher match` cold beside one import."""

from __future__ import annotations

from corpus.pack import RUHR
from matcher.engine import Matcher
from tests.bench.yardstick import cold_seconds, minilm_seconds, warm_seconds

BRIEF = next((RUHR / "briefs").glob("*.eml"))
LOAD = """
from matcher.engine import Matcher
matcher = Matcher.load()
def work(texts):
    return matcher.match(matcher.understand(texts[0]))
"""


def run() -> None:
    """Print each time beside its yardstick."""
    from matcher.intake import read_document

    text = read_document(BRIEF)
    needs = [need.query for need in Matcher.load().understand(text).needs]
    ours, theirs = warm_seconds(LOAD, [text]), minilm_seconds(needs)
    print(
        f"  warm, {len(needs)} needs: parse, embed, retrieve, score, explain {1000 * ours:.1f} ms; "
        f"MiniLM encodes the same need texts in {1000 * theirs:.1f} ms: {ours / theirs:.2f} times (bar: 3)"
    )
    match, imported = (
        cold_seconds(["-m", "matcher", "match", str(BRIEF)]),
        cold_seconds(["-c", "import sentence_transformers"]),
    )
    print(
        f"  cold: `matcher match` {match:.2f} s, `import sentence_transformers` {imported:.2f} s: "
        f"{match / imported:.2f} times (bar: 1.5)"
    )
    print(f"  `matcher --help`: {cold_seconds(['-m', 'matcher', '--help']):.2f} s (bar: 0.3)")
