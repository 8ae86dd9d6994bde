"""What a process costs: its own time and memory and that of all it started and waited for."""

import os
import re
import subprocess
import tempfile
import time


class Failed(Exception):
    """A command that did not end with 0; its last words are the message."""


def run(command, cores=None):
    """Runs a command, on the first so many cores. Seconds of CPU and wall, MiB of the largest process, output."""
    pinned = ["taskset", "-c", f"0-{cores - 1}"] if cores else []
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        load, started = os.getloadavg()[0], time.monotonic()
        process = subprocess.Popen([*pinned, *command], stdin=subprocess.DEVNULL, stdout=out, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        if process.returncode:
            errors.seek(0)
            last = errors.read().decode(errors="replace").strip().splitlines()[-1:]
            raise Failed(f"{os.path.basename(command[0])}: exit code {process.returncode}: {' '.join(last)}")
        return {
            "cpu": used.ru_utime + used.ru_stime,
            "wall": wall,
            "peak": used.ru_maxrss / 1024,
            "load": load,
            "out": out.read().decode(errors="replace"),
        }


def instructions(command):
    """Millions of instructions of a command, by valgrind."""
    with tempfile.NamedTemporaryFile("r", suffix=".log") as log:
        counting = ["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", f"--log-file={log.name}"]
        run(["valgrind", *counting, *command])
        found = re.search(r"I *refs: *([\d,]+)", log.read())
        return int(found.group(1).replace(",", "")) / 1e6


def size(path):
    """Bytes of all files below a folder."""
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)
