#!/usr/bin/env python3
"""Races diaodu against CP-SAT: the same instances, the same wall time and threads, one run at a time, taking turns
at who goes first.

    bench_peers.py DIAODU PYTHON [SET ...] [--instances N] [--open] [--seconds S] [--threads N] [--output FOLDER]

PYTHON has ortools.  SET is a folder of instances (in the data folder, or anywhere) or a plan's folder; what is known of
an instance stands in reference.csv beside or above it.  Writes results.csv, log.csv and gap.svg into the output folder
and prints what they amount to.  Exit status 1: somebody claims what cannot be.
"""
import argparse
import csv
import dataclasses
import datetime
import os
import pathlib
import sys

from benchmarks import instances, outcomes, picture, running
from benchmarks.outcomes import Outcome, Reference

SETS = ("rcpsp/j60", "rcpsp/j90", "rcpsp/j120", "rcpsp/rg300")
SOLVERS = ("diaodu", "cpsat")


@dataclasses.dataclass
class Entry:
    """One instance to race on."""
    path: pathlib.Path
    name: str
    reference: Reference


@dataclasses.dataclass
class Race:
    entry: Entry
    diaodu: Outcome
    cpsat: Outcome

    @property
    def best(self):
        """The best known; where nothing is known, the best of this race."""
        if self.entry.reference.best_known is not None:
            return self.entry.reference.best_known
        return min(self.diaodu.length, self.cpsat.length)


def entries_of(wanted, data, count, only_open):
    """The instances of one set, drawn from it always in the same order."""
    folder = outcomes.find_folder(wanted, data)
    if folder is None:
        print(f"skipped: {wanted} is not there (DIAODU_DATA names the data folder)", file=sys.stderr)
        return []
    if (folder / "plan.toml").exists():
        return [Entry(folder, folder.name, Reference())]
    table = outcomes.reference_file(folder)
    references = outcomes.read_reference(table) if table else {}
    label = f"{folder.parent.name}/{folder.name}"
    entries = []
    for name in outcomes.shuffled([path.name for path in folder.iterdir() if path.name != "reference.csv"], label):
        reference, row = outcomes.look_up(references, folder.name, name) or (Reference(), {})
        if only_open and row.get("cpsat_status", "Optimal") == "Optimal":
            continue
        entries.append(Entry(folder / name, f"{folder.name}/{name}", reference))
    return sorted(entries[:count], key=lambda entry: entry.name)


def race(entry, options, diaodu_first):
    calendar = instances.read_instance(entry.path).calendar
    runs = {"diaodu": lambda: running.run_diaodu(options.diaodu, entry.path, options.seconds, options.threads, calendar),
            "cpsat": lambda: running.run_cpsat(options.python, entry.path, options.seconds, options.threads)}
    order = SOLVERS if diaodu_first else SOLVERS[::-1]
    reached = {solver: runs[solver]()[1] for solver in order}
    return Race(entry, **reached)


def wrong_claims(races):
    for each in races:
        for solver in SOLVERS:
            for claim in outcomes.contradictions(getattr(each, solver), each.entry.reference):
                yield f"{each.entry.name}: {solver} claims {claim}"
        for claim in outcomes.quarrels(each.diaodu, each.cpsat):
            yield f"{each.entry.name}: {claim}"


def seconds(values):
    values = [value for value in values if value is not None]
    if not values:
        return "—"
    return f"{outcomes.mean(values):.2f} ({outcomes.median(values):.2f})"


def report(races):
    """The comparison as lines of Markdown."""
    both = [each for each in races if each.diaodu.makespan is not None and each.cpsat.makespan is not None]
    lines = ["| | diaodu | CP-SAT |", "|---|---|---|"]

    def row(title, value):
        lines.append(f"| {title} | {value('diaodu')} | {value('cpsat')} |")

    def of(solver, among=races):
        return [getattr(each, solver) for each in among]

    row("with a schedule", lambda solver: sum(one.makespan is not None for one in of(solver)))
    row("proven (optimal or without a schedule)", lambda solver: sum(one.is_proven for one in of(solver)))
    row(f"mean gap to best known, the {len(both)} both have a schedule of",
        lambda solver: f"{outcomes.mean(outcomes.gap(getattr(each, solver).makespan, each.best) for each in both):.3f} %")
    row("seconds to the last improvement, mean (median)",
        lambda solver: seconds(one.seconds_to_best() for one in of(solver)))
    row("seconds to proof where proven, mean (median)",
        lambda solver: seconds(one.seconds for one in of(solver) if one.is_proven))
    by_makespan = outcomes.wins_ties_losses([one.length for one in of("diaodu")], [one.length for one in of("cpsat")])
    by_bound = outcomes.wins_ties_losses([-one.floor for one in of("diaodu")], [-one.floor for one in of("cpsat")])
    share = 100 / max(1, len(races))
    lines += ["",
              "diaodu's wins, ties and losses by makespan: {} / {} / {}".format(*by_makespan),
              "diaodu's wins, ties and losses by bound: {} / {} / {}".format(*by_bound),
              f"better or equal {share * (by_makespan[0] + by_makespan[1]):.1f} %, "
              f"strictly better {share * by_makespan[0]:.1f} %"]
    return lines


def draw(races, options, about):
    both = [each for each in races if each.diaodu.makespan is not None and each.cpsat.makespan is not None]
    first = 0.01
    moments = outcomes.times(first, max(options.seconds, 2 * first))
    bests = [each.best for each in both]
    curves = [(name, outcomes.mean_gap_over_time([getattr(each, solver) for each in both], bests, moments))
              for name, solver in (("diaodu", "diaodu"), ("CP-SAT", "cpsat"))]
    return picture.draw(curves, "Mean gap to the best known, over time", about, first, moments[-1])


class Tables:
    """results.csv and log.csv, written as the races end."""

    def __init__(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self._results = open(folder / "results.csv", "w", newline="", encoding="utf-8")
        self._log = open(folder / "log.csv", "w", newline="", encoding="utf-8")
        self._write(self._results, ["instance", "best_known"] + [
            f"{solver}_{what}" for solver in SOLVERS
            for what in ("status", "makespan", "bound", "seconds_to_best", "seconds")])
        self._write(self._log, ["instance", "solver", "seconds", "makespan", "bound"])

    def add(self, each):
        row = [each.entry.name, _cell(each.entry.reference.best_known)]
        for solver in SOLVERS:
            one = getattr(each, solver)
            row += [one.status, _cell(one.makespan), _cell(one.bound), _cell(one.seconds_to_best()), _cell(one.seconds)]
            for moment, makespan, bound in one.log:
                self._write(self._log, [each.entry.name, solver, f"{moment:.4f}", _cell(makespan), _cell(bound)])
        self._write(self._results, row)

    @staticmethod
    def _write(file, row):
        csv.writer(file, lineterminator="\n").writerow(row)
        file.flush()


def _cell(value):
    if value is None:
        return ""
    return f"{value:.3f}".removesuffix(".000") if isinstance(value, float) else value


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("diaodu")
    parser.add_argument("python", help="a Python that has ortools")
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"folders; by default {' '.join(SETS)}")
    parser.add_argument("--instances", type=int, default=10, help="of each set (10); 0: all")
    parser.add_argument("--open", action="store_true",
                        help="only those whose cpsat_status in the reference is not Optimal")
    parser.add_argument("--seconds", type=float, default=10, help="for each run (10)")
    parser.add_argument("--threads", type=int, default=2, help="for each solver (2)")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("build/bench/peers"))
    return parser.parse_args()


def main():
    options = arguments()
    data = outcomes.data_folder()
    sets = options.sets or SETS
    entries = [entry for wanted in sets for entry in entries_of(wanted, data, options.instances or None, options.open)]
    if not entries:
        print("nothing to measure", file=sys.stderr)
        return 0
    tables = Tables(options.output)
    races = []
    try:
        for number, entry in enumerate(entries):
            try:
                races.append(race(entry, options, diaodu_first=number % 2 == 0))
            except instances.CannotModel as error:
                print(f"skipped: {entry.name}: {error}", file=sys.stderr)
                continue
            tables.add(races[-1])
            print(f"{number + 1}/{len(entries)} {entry.name}: "
                  + ", ".join(f"{solver} {one.status} {_cell(one.makespan) or '—'} ≥ {_cell(one.bound) or '—'}"
                              for solver, one in (("diaodu", races[-1].diaodu), ("CP-SAT", races[-1].cpsat))),
                  file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted; what follows is of the races that ended", file=sys.stderr)
    if not races:
        return 0
    kind = "open instances" if options.open else "instances"
    named = " ".join(pathlib.Path(wanted).name for wanted in sets)
    threads = "1 thread" if options.threads == 1 else f"{options.threads} threads"
    about = (f"{len(races)} {kind} ({named}), {options.seconds:g} s, {threads} each, "
             f"OR-Tools {running.version_of_cpsat(options.python)}, {datetime.date.today().isoformat()}")
    (options.output / "gap.svg").write_text(draw(races, options, about), encoding="utf-8")
    print("\n".join([f"{about}; load of the machine {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores", ""]
                    + report(races)))
    wrong = list(wrong_claims(races))
    for claim in wrong:
        print(f"CONTRADICTION {claim}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
