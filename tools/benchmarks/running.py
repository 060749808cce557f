"""Runs one measured solver at a time, and tells what it took."""
import contextlib
import datetime
import fcntl
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from benchmarks.outcomes import Outcome

TOOLS = pathlib.Path(__file__).resolve().parents[1]

# Waits for the child in a small process of its own: a child inherits the peak memory of whoever started it.
_WATCH = """
import json, os, resource, subprocess, sys, time
seconds, output, *command = sys.argv[1:]
begin = time.monotonic()
killed = False
with open(output, "wb") as file:
    child = subprocess.Popen(command, stdout=file, stderr=subprocess.PIPE)
    try:
        error = child.communicate(timeout=float(seconds))[1]
    except subprocess.TimeoutExpired:
        child.kill()
        error, killed = child.communicate()[1], True
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
print(json.dumps({"seconds": time.monotonic() - begin, "peak_bytes": peak, "killed": killed,
                  "code": child.returncode, "error": error.decode(errors="replace")[-2000:]}))
"""


@contextlib.contextmanager
def alone():
    """Nobody else measures meanwhile, in whichever checkout."""
    with open(pathlib.Path(tempfile.gettempdir()) / "diaodu-measuring.lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("waiting for another measurement to end", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(command, patience, environment=None):
    """(what it took, what it printed as JSON, or None)."""
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "output")
        watch = subprocess.run([sys.executable, "-S", "-c", _WATCH, str(patience), output, *map(str, command)],
                               capture_output=True, text=True, check=True, env={**os.environ, **(environment or {})})
        took = json.loads(watch.stdout)
        try:
            with open(output, encoding="utf-8") as file:
                return took, json.load(file)
        except ValueError:
            if not took["killed"]:
                raise RuntimeError(f"{command[0]} printed no result: {took['error'].strip()}") from None
            return took, None


def patience_for(seconds):
    """How long before a solver that does not keep its time is stopped: reading and writing take time too."""
    return 2 * seconds + 120


def run_diaodu(program, instance, seconds, threads, calendar=None):
    command = [program, "schedule", instance, "--json", "--seconds", seconds, "--threads", threads, "--lang", "en"]
    with alone():
        took, document = run(command, patience_for(seconds))
    return took, Outcome(seconds=took["seconds"]) if document is None else outcome_of(document, calendar)


def outcome_of(document, calendar=None):
    """diaodu's JSON document as an outcome, in periods or in minutes; on a calendar in its working minutes."""
    def length(value):
        if value is None:
            return None
        if calendar is not None:
            return calendar.working_minutes(datetime.datetime.fromisoformat(value))
        if isinstance(value, str):
            value = datetime.datetime.fromisoformat(value) - datetime.datetime.fromisoformat(document["start"])
            return int(value.total_seconds()) // 60
        return value - document["start"]

    has_schedule = document["status"] in ("optimal", "feasible")
    return Outcome(status=document["status"],
                   makespan=length(document["finish"]) if has_schedule else None,
                   bound=length(document["bound"]),
                   seconds=document["seconds"],
                   log=[(step["seconds"], length(step["finish"]), length(step["bound"])) for step in document["log"]])


def run_cpsat(python, instance, seconds, threads):
    command = [python, "-m", "benchmarks.cpsat", instance, "--seconds", seconds, "--workers", threads]
    with alone():
        took, document = run(command, patience_for(seconds), {"PYTHONPATH": str(TOOLS)})
    if document is None:
        return took, Outcome(seconds=took["seconds"])
    log = [(step["seconds"], step["makespan"], step["bound"]) for step in document.pop("log")]
    return took, Outcome(**document, log=log)


def version_of_cpsat(python):
    return subprocess.run([python, "-c", "import ortools; print(ortools.__version__)"], capture_output=True, text=True,
                          check=True).stdout.strip()
