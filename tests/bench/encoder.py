"""The encoders beside sentence-transformers: starting cold, ten needs warm, and thousands of texts."""

from __future__ import annotations

from tests.bench.yardstick import cold_seconds, minilm_seconds, warm_seconds

NEEDS = (
    "mindestens 5 ha Industriegebiet, 24/7-Betrieb zulässig",
    "Gleisanschluss oder Terminal des kombinierten Verkehrs in der Nähe",
    "Autobahn in wenigen Minuten erreichbar",
    "Absolventen der Elektrotechnik und Mechatronik",
    "Partner in der Forschung für Batteriezellen",
    "10 MVA Anschlussleistung, zweite Einspeisung",
    "skilled workers for three shifts",
    "suppliers of sensors and electronics within an hour",
    "low trade tax and support for new jobs",
    "affordable housing and an international school",
)
OURS = "from models.load import load_encoder; work = load_encoder({name!r}).encode"
MANY = [f"{need} ({i})" for i in range(30) for need in NEEDS]


def run() -> None:
    """Print each time beside its yardstick."""
    ours = cold_seconds(
        ["-c", "from models.load import load_encoder; load_encoder('default').encode(['Hafen'])"]
    )
    theirs = cold_seconds(["-c", "import sentence_transformers"])
    print(
        f"  cold start to the first vector {ours:.2f} s, `import sentence_transformers` alone {theirs:.2f} s: "
        f"{ours / theirs:.2f} times"
    )
    few, many = minilm_seconds(NEEDS), minilm_seconds(MANY)
    for name in ("default", "fast"):
        load = OURS.format(name=name)
        ours_few, ours_many = warm_seconds(load, NEEDS), warm_seconds(load, MANY)
        print(
            f"  {name}: ten needs {1000 * ours_few:.1f} ms, MiniLM {1000 * few:.1f} ms: {ours_few / few:.2f} times"
        )
        print(f"  {name}: {len(MANY) / ours_many:.0f} texts a second, MiniLM {len(MANY) / many:.0f}")
