"""Where batches are scored: in this process, in several, or on a Dask cluster; the results are the same."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Protocol

from corpus.records import Language
from matcher.errors import MatcherError
from matcher.leads.lead import Lead
from matcher.leads.scored import Versions, added_values
from matcher.leads.scoring import Settings, scorer_for

MAX_ATTEMPTS = 3
"""How often a batch is tried again when the process that had it dies."""

Values = list[str | float | None]


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive leads of a file; `number` counts from 0."""

    number: int
    leads: tuple[Lead, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """The added values of a batch, and the versions they were made with."""

    number: int
    rows: tuple[Values, ...]
    versions: Versions


def score_batch(settings: Settings, language: Language, batch: Batch) -> Scored:
    """Score one batch: a pure function of its arguments, for this process or any other."""
    scorer = scorer_for(settings)
    scores = scorer.score(batch.leads, language)
    rows = tuple(
        added_values(lead, score, scorer.versions, language)
        for lead, score in zip(batch.leads, scores, strict=True)
    )
    return Scored(batch.number, rows, scorer.versions)


class Backend(Protocol):
    """Scores batches; results may come in another order."""

    def __call__(self, settings: Settings, language: Language, batches: Iterable[Batch]) -> Iterator[Scored]:
        """Yield one result a batch."""


def in_process(settings: Settings, language: Language, batches: Iterable[Batch]) -> Iterator[Scored]:
    """Score in this process, one batch after the other."""
    for batch in batches:
        yield score_batch(settings, language, batch)


@dataclass(frozen=True, slots=True)
class InProcesses:
    """Scores in `n_processes` processes of this machine; a process that dies is replaced."""

    n_processes: int

    def __call__(self, settings: Settings, language: Language, batches: Iterable[Batch]) -> Iterator[Scored]:
        """Yield results as they come; at most twice as many batches as processes are under way."""
        source = iter(batches)
        waiting: deque[tuple[Batch, int]] = deque()
        while True:
            with ProcessPoolExecutor(self.n_processes, multiprocessing.get_context("spawn")) as pool:
                under_way: dict[Future[Scored], tuple[Batch, int]] = {}
                try:
                    yield from self._run(pool, settings, language, source, waiting, under_way)
                except BrokenProcessPool:
                    pass
                else:
                    return
            for batch, n_attempts in under_way.values():
                if n_attempts >= MAX_ATTEMPTS:
                    raise MatcherError(
                        f"Rows {batch.leads[0].number} to {batch.leads[-1].number}: the process scoring them "
                        f"died {MAX_ATTEMPTS} times; use fewer processes or free some memory.",
                        de=f"Zeilen {batch.leads[0].number} bis {batch.leads[-1].number}: Der Prozess, der sie "
                        f"bewertet, ist {MAX_ATTEMPTS}-mal abgebrochen; bitte weniger Prozesse verwenden oder "
                        "Arbeitsspeicher freigeben.",
                    )
                waiting.append((batch, n_attempts))

    def _run(
        self,
        pool: ProcessPoolExecutor,
        settings: Settings,
        language: Language,
        source: Iterator[Batch],
        waiting: deque[tuple[Batch, int]],
        under_way: dict[Future[Scored], tuple[Batch, int]],
    ) -> Iterator[Scored]:
        order: deque[Future[Scored]] = deque()
        while True:
            while len(order) < 2 * self.n_processes:
                following = waiting.popleft() if waiting else next(((b, 0) for b in source), None)
                if following is None:
                    break
                batch, n_attempts = following
                future = pool.submit(score_batch, settings, language, batch)
                under_way[future] = (batch, n_attempts + 1)
                order.append(future)
            if not order:
                return
            first = order.popleft()
            result = first.result()
            del under_way[first]
            yield result


@dataclass(frozen=True, slots=True)
class OnDask:
    """Scores on a Dask cluster whose workers have this package and the same region pack.

    A batch whose worker dies is run again on another one; each worker loads its scorer once.
    """

    address: str
    n_ahead: int = 4
    """Batches under way for each worker thread."""

    def __call__(self, settings: Settings, language: Language, batches: Iterable[Batch]) -> Iterator[Scored]:
        """Yield results as they come.

        Raises
        ------
        MatcherError
            If no scheduler answers at the address, or it has no workers.
        """
        import dask
        from distributed import Client

        dask.config.set({"distributed.scheduler.allowed-failures": MAX_ATTEMPTS})
        try:
            client: Any = Client(self.address, timeout=20, set_as_default=False)  # type: ignore[no-untyped-call]  # distributed is untyped
        except (OSError, ValueError, TimeoutError) as error:
            raise MatcherError(f"--scheduler {self.address}: no Dask scheduler answers ({error}).") from error
        with client:
            n_threads = sum(client.nthreads().values())
            if not n_threads:
                raise MatcherError(
                    f"--scheduler {self.address}: the scheduler has no workers; start some with "
                    f"`dask worker {self.address}`."
                )
            yield from self._run(client, self.n_ahead * n_threads, settings, language, iter(batches))

    def _run(
        self, client: Any, n_limit: int, settings: Settings, language: Language, source: Iterator[Batch]
    ) -> Iterator[Scored]:
        order: deque[Any] = deque()
        while True:
            while len(order) < n_limit:
                batch = next(source, None)
                if batch is None:
                    break
                order.append(
                    client.submit(score_batch, settings, language, batch, pure=False, retries=MAX_ATTEMPTS)
                )
            if not order:
                return
            yield order.popleft().result()


def backend_for(n_processes: int, scheduler: str | None) -> Backend:
    """Choose where to score."""
    if scheduler:
        return OnDask(scheduler)
    return InProcesses(n_processes) if n_processes > 1 else in_process


Report = Callable[[int, int], None]
"""Called with the rows done and, when known, the rows in all (0 before)."""


def chunked(leads: Iterable[Lead], size: int) -> Iterator[Sequence[Lead]]:
    """Yield consecutive leads, `size` at a time."""
    part: list[Lead] = []
    for lead in leads:
        part.append(lead)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
