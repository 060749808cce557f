#!/usr/bin/env python3
"""What proof logs cost: schedules instances with and without one, replays each log, prints a table.

    bench_proofs.py PROGRAM [--instances N] [--seconds S] FOLDER ...

FOLDER is one below the data folder, such as rcpsp/j60.  Of each, N instances are drawn, always the same ones.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time


def run(program, *words):
    begun = time.perf_counter()
    done = subprocess.run([program, *map(str, words), "--json"], capture_output=True, text=True)
    return json.loads(done.stdout), time.perf_counter() - begun


def row(program, instance, seconds, log):
    plain, without = run(program, "schedule", instance, "--seconds", seconds)
    logged, with_log = run(program, "schedule", instance, "--seconds", seconds, "--proof", log)
    verdict, checking = run(program, "check", instance, "--proof", log)
    proof = verdict["proof"]
    if not proof["holds"] or not proof["of_plan"]:
        sys.exit(f"{instance}: the log does not hold")
    return [
        f"{instance.parent.name}/{instance.stem}",
        f"{plain['status']} {plain['bound']}",
        f"{without:.2f}",
        f"{logged['status']} {logged['proof_log']['finish'] or 'infeasible'}",
        f"{with_log:.2f}",
        f"{logged['proof_log']['bytes'] / 2**20:.2f}",
        f"{proof['clauses']:,}",
        f"{proof['rules']:,}",
        f"{checking:.2f}",
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--instances", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    here = pathlib.Path(__file__).resolve().parent.parent
    data = pathlib.Path(os.environ.get("DIAODU_DATA", here.parent / "shared" / "data"))
    print("| instance | without a log | s | with, proven by the log | s | MiB | clauses | rules | replay, s |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.folders:
            instances = sorted((data / name).iterdir())
            chosen = random.Random(1).sample(instances, min(options.instances, len(instances)))
            for instance in sorted(chosen):
                cells = row(options.program, instance, options.seconds, pathlib.Path(folder) / "log")
                print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
