"""Scoring a file: nothing is lost, reordered or doubled, whoever does the work and whatever dies."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.records import Language
from matcher.commands.score import command
from matcher.errors import Stopped
from matcher.leads.backends import Backend, Batch, InProcesses, OnDask, Scored, in_process
from matcher.leads.columns import map_columns
from matcher.leads.job import Job
from matcher.leads.scored import ADDED_COLUMNS
from matcher.leads.scoring import Settings
from matcher.leads.tables import open_table

ROOT = Path(__file__).parent.parent.parent
WriteLeads = Callable[..., Path]


def job(
    path: Path, out: Path, settings: Settings, backend: Backend = in_process, should_stop: object = None
) -> Job:
    table = open_table(path)
    columns = map_columns(table.columns, None, path.name)
    return Job(table, columns, out, settings, "de", batch_rows=16, backend=backend, should_stop=should_stop)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_every_column_row_and_leading_zero_is_kept_and_the_columns_are_added(
    write_leads: WriteLeads, tmp_path: Path, settings: Settings
) -> None:
    path = write_leads(40)
    summary = job(path, tmp_path / "out.csv", settings).run()
    before, after = rows_of(path), rows_of(tmp_path / "out.csv")
    assert list(after[0]) == [*before[0], *ADDED_COLUMNS]
    assert [{name: row[name] for name in before[0]} for row in after] == before
    assert (summary.n_rows, summary.n_errors) == (40, 0)
    assert all(0 <= float(row["lead_score"]) <= 100 and row["grade"] in "ABCDE" for row in after)
    assert all(row["missing"] == "industry; employees" for row in after)
    assert not list(tmp_path.glob(".out.csv*"))


def test_running_twice_gives_identical_bytes_and_scoring_the_result_again_too(
    write_leads: WriteLeads, tmp_path: Path, settings: Settings
) -> None:
    path = write_leads(20)
    first, second, third = (tmp_path / f"{i}.csv" for i in range(3))
    job(path, first, settings).run()
    job(path, second, settings).run()
    job(first, third, settings).run()
    assert first.read_bytes() == second.read_bytes() == third.read_bytes()


def test_100_broken_rows_among_many_are_explained_and_the_others_scored(
    write_leads: WriteLeads, tmp_path: Path, settings: Settings
) -> None:
    path = write_leads(1000)
    lines = path.read_text(encoding="utf-8").splitlines()
    rng = random.Random(5)
    breakages = [
        lambda cells: ";".join([cells[0], "", *cells[2:]]),
        lambda cells: ";".join([*cells[:6], ""]),
        lambda cells: ";".join(cells[:3]),
        lambda cells: ";".join([*cells, "zu", "viel"]),
        lambda cells: ";".join([cells[0], '"' + cells[1], *cells[2:]]),
    ]
    broken = rng.sample(range(1, 1001), 100)
    for place, line in enumerate(broken):
        lines[line] = breakages[place % len(breakages)](lines[line].split(";"))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    summary = job(path, tmp_path / "out.csv", settings).run()
    after = rows_of(tmp_path / "out.csv")
    assert (summary.n_rows, summary.n_errors) == (1000, 100)
    assert [i for i, row in enumerate(after, start=1) if row["error"]] == sorted(broken)
    assert all(bool(row["error"]) != bool(row["lead_score"]) for row in after)
    assert all(row["error"].endswith(".") for row in after if row["error"])


def test_personal_columns_may_be_shuffled_without_changing_a_score(
    write_leads: WriteLeads, tmp_path: Path, settings: Settings
) -> None:
    path = write_leads(30)
    rows = rows_of(path)
    phones = [str(i) for i in range(30)]
    random.Random(1).shuffle(phones)
    names = [row["Firma"] for row in rows][::-1]
    other = tmp_path / "other.csv"
    with other.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0], "Ansprechpartner", "E-Mail"], delimiter=";")
        writer.writeheader()
        for row, phone, name in zip(rows, phones, names, strict=True):
            person = {"Ansprechpartner": f"Frau {name}", "E-Mail": f"{phone}@x.de"}
            writer.writerow({**row, "Telefon": phone, "Firma": name, **person})
    job(path, tmp_path / "a.csv", settings).run()
    job(other, tmp_path / "b.csv", settings).run()
    scores = [
        [
            (row["lead_score"], row["grade"], row["theme"], row["location_id_1"])
            for row in rows_of(tmp_path / n)
        ]
        for n in ("a.csv", "b.csv")
    ]
    assert scores[0] == scores[1]


def failing_after(n_batches: int) -> Backend:
    def backend(settings: Settings, language: Language, batches: Iterable[Batch]) -> Iterator[Scored]:
        for done, scored in enumerate(in_process(settings, language, batches)):
            if done == n_batches:
                raise KeyboardInterrupt
            yield scored

    return backend


def test_killed_at_60_percent_a_second_start_scores_the_rest_only(
    write_leads: WriteLeads, tmp_path: Path, settings: Settings
) -> None:
    path = write_leads(160)
    whole, out = tmp_path / "whole.csv", tmp_path / "out.csv"
    job(path, whole, settings).run()
    with pytest.raises(KeyboardInterrupt):
        job(path, out, settings, failing_after(6)).run()
    assert not out.exists()
    seen: list[int] = []

    def counting(settings: Settings, language: Language, batches: Iterable[Batch]) -> Iterator[Scored]:
        for scored in in_process(settings, language, batches):
            seen.append(scored.number)
            yield scored

    job(path, out, settings, counting).run()
    assert seen == [6, 7, 8, 9]
    assert out.read_bytes() == whole.read_bytes()


def test_a_changed_file_starts_anew(write_leads: WriteLeads, tmp_path: Path, settings: Settings) -> None:
    out = tmp_path / "out.csv"
    with pytest.raises(KeyboardInterrupt):
        job(write_leads(64), out, settings, failing_after(2)).run()
    summary = job(write_leads(48), out, settings).run()
    assert summary.n_rows == len(rows_of(out)) == 48


def test_a_stopped_job_says_so_and_goes_on_later(
    write_leads: WriteLeads, tmp_path: Path, settings: Settings
) -> None:
    path, out = write_leads(48), tmp_path / "out.csv"
    with pytest.raises(Stopped, match="after 16 rows"):
        job(path, out, settings, should_stop=lambda: True).run()
    assert job(path, out, settings).run().n_rows == 48


@pytest.mark.slow
def test_two_processes_give_the_same_bytes_even_if_one_is_killed(
    write_leads: WriteLeads, tmp_path: Path, settings: Settings
) -> None:
    path = write_leads(128)
    job(path, tmp_path / "a.csv", settings).run()
    killed: list[int] = []

    def killing(settings: Settings, language: Language, batches: Iterable[Batch]) -> Iterator[Scored]:
        for scored in InProcesses(2)(settings, language, batches):
            if not killed:
                import multiprocessing

                child = multiprocessing.active_children()[0]
                killed.append(child.pid or 0)
                os.kill(child.pid or 0, signal.SIGKILL)
            yield scored

    job(path, tmp_path / "b.csv", settings, killing).run()
    assert killed
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a Dask scheduler and two workers, each a process of its own; yield address and workers."""
    dask = [sys.executable, "-m", "dask"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    mark = tmp_path / "scheduler.json"
    scheduler = [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
    options = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
    processes = [subprocess.Popen([*scheduler, "--scheduler-file", str(mark)], **options)]  # type: ignore[call-overload]
    try:
        deadline = time.monotonic() + 60
        while not mark.is_file():
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.2)
        worker = [
            *dask,
            "worker",
            "--scheduler-file",
            str(mark),
            "--nthreads",
            "1",
            "--no-dashboard",
            "--no-nanny",
        ]
        for i in range(2):
            folder = ["--local-directory", str(tmp_path / f"w{i}"), "--host", "127.0.0.1"]
            processes.append(subprocess.Popen([*worker, *folder], **options))  # type: ignore[call-overload]
        import json

        yield json.loads(mark.read_text())["address"], processes[1:]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def n_workers(address: str) -> int:
    from distributed import Client

    with Client(address, timeout=20, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        return len(client.scheduler_info()["workers"])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_two_dask_workers_give_the_same_bytes_even_if_one_is_killed(
    write_leads: WriteLeads,
    tmp_path: Path,
    settings: Settings,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    address, workers = cluster
    path = write_leads(160)
    job(path, tmp_path / "a.csv", settings).run()
    deadline = time.monotonic() + 60
    while n_workers(address) < 2 and time.monotonic() < deadline:
        time.sleep(0.5)

    def killing(settings: Settings, language: Language, batches: Iterable[Batch]) -> Iterator[Scored]:
        for done, scored in enumerate(OnDask(address)(settings, language, batches)):
            if done == 2:
                workers[0].kill()
            yield scored

    job(path, tmp_path / "b.csv", settings, killing).run()
    assert workers[0].poll() is not None or workers[0].wait(5) is not None
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_the_command_scores_and_sums_up(write_leads: WriteLeads, tmp_path: Path) -> None:
    path, out = write_leads(10), tmp_path / "out.jsonl"
    result = CliRunner().invoke(command, [str(path), "--out", str(out), "--encoder", "student"])
    assert result.exit_code == 0, result.output
    assert "10 rows, 10 scored" in result.stderr
    assert out.read_text(encoding="utf-8").count("\n") == 10
