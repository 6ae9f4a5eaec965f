"""Serving with waitress: one process, or several that share one listening socket.

Each process loads the matcher; its index is memory-mapped, so the processes share the pages.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import socket
import sys
from importlib import import_module
from types import FrameType

import click
import waitress

from matcher.errors import MatcherError
from web.app import create_app
from web.housekeeping import keep_tidy
from web.pages.charts import bundle
from web.settings import Settings
from web.storage.accounts import has_administrator
from web.storage.database import open_database

N_THREADS = 8
WARM_UP = "We need 5 ha of land and graduates in computer science."
"""Answered once at start, so that the first visitor does not wait for what is loaded on first use."""


def serve(settings: Settings, *, host: str, port: int, n_workers: int) -> None:
    """Answer until interrupted.

    Raises
    ------
    MatcherError
        If others could reach the server and no administrator exists, or the port is taken.
    """
    check_accounts(settings, host)
    listener = listen(host, port)
    click.echo("Loading the region and its index …", err=True)
    if n_workers == 1:
        answer(listener, settings, announce=True)
        return
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=answer, args=(listener, settings), kwargs={"announce": n == 0})
        for n in range(n_workers)
    ]
    for worker in workers:
        worker.start()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for worker in workers:
            worker.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    for worker in workers:
        worker.join()
    sys.exit(max(0, *(worker.exitcode or 0 for worker in workers)))


def check_accounts(settings: Settings, host: str) -> None:
    """Refuse to be reachable by others before an administrator with a password exists."""
    database = open_database(settings.database_url)
    try:
        with database.session() as session:
            is_safe = not settings.is_open_to_others or has_administrator(session)
    finally:
        database.close()
    if not is_safe:
        raise MatcherError(
            f"Others could reach {host}, and nobody has an account yet: "
            "run `python -m web create-admin NAME` first, or stay on 127.0.0.1."
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a bound socket, not yet listening."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise MatcherError(f"Port {port} on {host} cannot be used; choose another with --port.") from error
    return listener


def answer(listener: socket.socket, settings: Settings, *, announce: bool) -> None:
    """Load the matcher and answer on the socket until the process ends."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    matcher = import_module("matcher.engine").Matcher.load(settings.region_folder)
    matcher.match(matcher.understand(WARM_UP))
    bundle()
    app = create_app(matcher, settings)
    keep_tidy(app)
    server = waitress.create_server(app, sockets=[listener], threads=N_THREADS, ident=None)
    if announce:
        host, port = listener.getsockname()[:2]
        click.echo(f"Open http://{host}:{port} in a browser. Stop with Ctrl+C.", err=True)
    server.run()
