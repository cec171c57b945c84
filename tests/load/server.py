"""The real app in a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

_ROOT = Path(__file__).parents[2]
_START_SECONDS = 60


@contextmanager
def running_app(store: Path, *, samples: bool = False, script: Path = _ROOT / "app.py") -> Iterator[str]:
    """Start the app on a store and a free port; yields its address. script: another app to start in its place."""
    port = _free_port()
    environment = os.environ | {"SENDLOG_STORE": str(store), "SENDLOG_SAMPLES": "yes" if samples else "no"}
    options = ["--server.port", str(port), "--server.headless", "true", "--server.fileWatcherType", "none"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
    with (
        (store.parent / f"{script.stem}.log").open("wb") as log,
        subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            _await_health(f"http://localhost:{port}/_stcore/health", process)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return int(listener.getsockname()[1])


def _await_health(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
                answer.read()
        except URLError:
            time.sleep(0.1)
        else:
            return
    message = "The app did not start; see its log beside its store."
    raise RuntimeError(message)
