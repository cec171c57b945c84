"""Find a Chromium for the browser tests, or get one; prints its path. Run by `make browser`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The path of a Chromium on this machine: the system's, else the one that Playwright downloaded."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _install() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        steps = [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]]
    else:
        steps = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    for step in steps:
        subprocess.run(step, check=True, stdout=sys.stderr)


def _main() -> int:
    if chromium() is None:
        _install()
    found = chromium()
    print(found or "No Chromium could be installed; install one and run this again.")  # noqa: T201 - what it is for
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(_main())
