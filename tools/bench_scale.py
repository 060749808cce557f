#!/usr/bin/env python3
"""How levelling grows with the plan: generated plans of several sizes (see make_plan.py), around the clock and on
calendars, each solved by diaodu and, where the plan is one problem in whole numbers, by CP-SAT.

    bench_scale.py DIAODU PYTHON [--sizes N ...] [--calendars C ...] [--seconds S] [--threads N] [--output FOLDER]

Prints a table: seconds until the first legal schedule, peak memory of the process, makespan, bound and gap.  A makespan
on one calendar is in its working minutes, on several in minutes on the clock.  `wall` is the whole process with reading
and writing.  Writes the plans and scale.csv into the output folder.  Exit status 1: somebody claims what cannot be.
"""
import argparse
import csv
import datetime
import os
import pathlib
import sys

import make_plan
from benchmarks import calendars, outcomes, running

COLUMNS = ("tasks", "calendars", "solver", "status", "first schedule s", "last improvement s", "peak MB", "wall s",
           "makespan", "bound", "gap %")


def gap_to_bound(outcome):
    if outcome.makespan is None or outcome.bound is None:
        return None
    return 100 * (outcome.makespan - outcome.bound) / max(1, outcome.makespan)


def first_schedule(outcome):
    if outcome.makespan is None:
        return None
    return next((seconds for seconds, makespan, _ in outcome.log if makespan is not None), outcome.seconds)


def row_of(tasks, num_calendars, solver, took, outcome):
    status = "stopped" if took["killed"] else outcome.status
    return (tasks, num_calendars, solver, status, _number(first_schedule(outcome), 2),
            _number(outcome.seconds_to_best(), 2), _number(took["peak_bytes"] / 1e6, 0), _number(took["seconds"], 1),
            _number(outcome.makespan, 0), _number(outcome.bound, 0), _number(gap_to_bound(outcome), 2))


def _number(value, digits):
    return "—" if value is None else f"{value:.{digits}f}"


def measure(options, tasks, num_calendars):
    """Rows for one plan, and what cannot be of what they claim."""
    parameters = {name: getattr(options, name)
                  for name in ("resources", "strength_of_order", "strength_of_resources", "factor", "seed")}
    folder = options.output / f"plan-{tasks}-{num_calendars}"
    reached = make_plan.make_plan(folder, tasks=tasks, calendars=num_calendars, **parameters)
    print(f"{folder.name}: order strength {reached:.2f}", file=sys.stderr)
    # On several calendars the plan counts minutes on the clock.
    calendar = calendars.read_calendar(folder / "plan.toml") if num_calendars == 1 else None
    took, ours = running.run_diaodu(options.diaodu, folder, options.seconds, options.threads, calendar)
    rows = [row_of(tasks, num_calendars, "diaodu", took, ours)]
    if options.without_peer or num_calendars > 1:
        return rows, []
    took, theirs = running.run_cpsat(options.python, folder, options.seconds, options.threads)
    rows.append(row_of(tasks, num_calendars, "CP-SAT", took, theirs))
    return rows, [f"{folder.name}: {claim}" for claim in outcomes.quarrels(ours, theirs)]


def line(cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("diaodu")
    parser.add_argument("python", help="a Python that has ortools")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000], metavar="N")
    parser.add_argument("--calendars", type=int, nargs="+", default=[0, 1, 4], metavar="C")
    parser.add_argument("--seconds", type=float, default=60, help="for each run (60)")
    parser.add_argument("--threads", type=int, default=2, help="for each solver (2)")
    parser.add_argument("--without-peer", action="store_true", help="diaodu alone")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("build/bench/scale"))
    make_plan.add_parameters(parser)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    peer = "" if options.without_peer else f", OR-Tools {running.version_of_cpsat(options.python)}"
    print(f"{options.resources} resources, order strength {options.strength_of_order:g}, resource strength "
          f"{options.strength_of_resources:g}, resource factor {options.factor:g}, seed {options.seed}; "
          f"{options.seconds:g} s, threads: {options.threads}{peer}, {datetime.date.today().isoformat()}; load of the "
          f"machine {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores\n")
    print(line(COLUMNS), line(["---"] * len(COLUMNS)), sep="\n", flush=True)
    wrong = []
    with open(options.output / "scale.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for tasks in options.sizes:
            for num_calendars in options.calendars:
                rows, quarrels = measure(options, tasks, num_calendars)
                wrong += quarrels
                for row in rows:
                    writer.writerow(["" if cell == "—" else cell for cell in row])
                    print(line(row), flush=True)
    for claim in wrong:
        print(f"CONTRADICTION {claim}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
