"""The web server itself, as a process of its own. `hanse serve` starts it with the worker."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import click
from django.conf import settings

from hanse.cli.leash import end_with_parent

LOOPBACK = "127.0.0.1"
THREADS = 8


def with_waitress(host: str, port: int) -> None:
    import waitress  # noqa: PLC0415 -- optional dependency

    waitress.serve(site(), host=host, port=port, threads=THREADS, ident=None, _quiet=True)


def with_gunicorn(host: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 -- optional dependency

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in {
                "bind": f"{host}:{port}",
                "workers": 2,
                "worker_class": "gthread",
                "threads": THREADS // 2,
                "loglevel": "error",
                "control_socket_disable": True,
            }.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return site()

    Site().run()


def with_granian(host: str, port: int) -> None:
    from granian import Granian  # noqa: PLC0415 -- optional dependency
    from granian.constants import Interfaces  # noqa: PLC0415 -- optional dependency

    Granian(
        "hanse.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=THREADS // 2,
        log_enabled=False,
    ).serve()


def with_cheroot(host: str, port: int) -> None:
    from cheroot.wsgi import Server  # noqa: PLC0415 -- optional dependency

    server = Server((host, port), site(), numthreads=THREADS)
    try:
        server.start()
    finally:
        server.stop()


def site() -> Any:
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 -- slow import

    return get_wsgi_application()


SERVERS: Mapping[str, Callable[[str, int], None]] = {
    "waitress": with_waitress,
    "gunicorn": with_gunicorn,
    "granian": with_granian,
    "cheroot": with_cheroot,
}


@click.command(hidden=True)
@click.option("--host", default=LOOPBACK)
@click.option("--port", default=8000)
def web(*, host: str, port: int) -> None:
    """Serve pages only."""
    serve_with = SERVERS.get(settings.HANSE_SERVER)
    if serve_with is None:
        known = ", ".join(SERVERS)
        raise click.ClickException(
            f"HANSE_SERVER is one of {known}, not {settings.HANSE_SERVER!r}."
        )
    end_with_parent()
    signal.signal(signal.SIGTERM, leave)
    try:
        serve_with(host, port)
    except ImportError:
        raise click.ClickException(f"{settings.HANSE_SERVER} is not installed.") from None
    except SystemExit as leaving:
        end_at_once(leaving.code)
    end_at_once(0)


def end_at_once(code: object) -> NoReturn:
    """Requests have ended; threads of the libraries that read figures may abort a tidy exit."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


def leave(_number: int, _frame: object) -> None:
    sys.exit(0)
