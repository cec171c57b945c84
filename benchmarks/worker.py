"""One measured piece of work in a process of its own: `python -m benchmarks.worker MODULE TASK ARGUMENT...`.

The process that starts this one stays small, because a process inherits the peak memory of the one that started it; and
a piece of work imports only what it needs. The last line that it prints is its cost.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TypeVar

Cost = dict[str, float]
"""Named figures: seconds, cpu_seconds, peak_gigabytes, and what else a task tells."""
Result = TypeVar("Result")


def cost_of(task: str, *arguments: object) -> Cost:
    """Do a piece of work, module.function of this package with arguments as texts, in a process of its own."""
    print(task, *(Path(str(argument)).name for argument in arguments[:2]), file=sys.stderr, flush=True)
    module, _, function = task.rpartition(".")
    command = [sys.executable, "-m", "benchmarks.worker", module, function, *(str(argument) for argument in arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own worker
    cost: Cost = json.loads(done.stdout.splitlines()[-1])
    return cost


def measured(work: Callable[[], Result]) -> tuple[Cost, Result]:
    """What a piece of work costs, and its result. On a busy machine CPU seconds say more than seconds."""
    started, used = time.perf_counter(), time.process_time()
    result = work()
    return {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - used}, result


def _main(module: str, function: str, *arguments: str) -> None:
    cost: Cost = getattr(import_module(f"benchmarks.{module}"), function)(*arguments)
    cost["peak_gigabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(json.dumps(cost))


if __name__ == "__main__":
    _main(*sys.argv[1:])
