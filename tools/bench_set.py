#!/usr/bin/env python3
"""Schedules the instances of a folder and compares them with what is known.

    bench_set.py DIAODU FOLDER [REFERENCE.csv] [FOLDER [REFERENCE.csv] ...] [--third | --instances N]
                 [--seconds S] [--threads N] [--record RECORD.csv] [--minutes M]

A folder may be named as it is in the data folder (rcpsp/j60).  REFERENCE.csv, by default reference.csv beside or
above the instances, has the columns `instance` (folder/file, or file) and `best_known` or `optimum` (a number,
`lower..upper`, or `unsat`).  Prints for each set how many schedules are legal (a program that shares no code with the
solver judges each), how many are proven, the mean gap to the best known, how many reach it, how many proven verdicts
are the reference's, how many verdicts are known and not reached (missed), and every claim that contradicts the
reference.  Exit status 1: there was one.

A whole set takes hours: --minutes stops after so many, whatever is done by then being a random sample, and --record
keeps what each instance gave, so that the next call with the same kernel, seconds and threads goes on from there, on
another day and another build, and a call with more seconds from what was proven.  The kernel is known by its sources,
those in this tree (or in --sources), of which DIAODU is to be built; and one kernel is as good as another that comes to
the same schedules and bounds in 200,000 steps on a dozen instances of the set, task by task.  These deeds are kept
beside the record (RECORD_deeds.csv); they do not tell how long the steps took: who makes a kernel slower has to begin
a new record.
"""
import argparse
import csv
import dataclasses
import datetime
import hashlib
import io
import json
import pathlib
import subprocess
import sys
import time

from benchmarks import outcomes, running
from benchmarks.outcomes import Outcome, Reference

SOURCES = pathlib.Path(__file__).resolve().parent.parent / "src" / "diaodu"
KERNEL = ("core", "plan", "check", "solve")  # folders of the sources
DEEDS = 12  # instances
STEPS_OF_DEEDS = 200_000
UNREAD = {"missing_file", "unreadable_file", "unknown_format"}  # findings
COLUMNS = ("set", "instances", "legal", "proven", "infeasible", "mean gap %", "at best", "right", "missed",
           "wrong", "seconds")


@dataclasses.dataclass
class Judged:
    name: str
    outcome: Outcome
    reference: Reference


def pairs(words):
    """FOLDER [REFERENCE.csv] ... as pairs."""
    found = []
    for word in words:
        if word.endswith(".csv") and found and found[-1][1] is None:
            found[-1] = (found[-1][0], pathlib.Path(word))
        else:
            found.append((word, None))
    return found


def outcome_of(row):
    """A row of what `diaodu bench` prints."""
    return Outcome(status=row["status"], makespan=int(row["makespan"]) if row["makespan"] else None,
                   bound=int(row["bound"]) if row["bound"] else None, seconds=float(row["seconds"]))


def summary(name, judged):
    """The set's row, and the claims that contradict the reference."""
    legal = [each for each in judged if each.outcome.status in ("optimal", "feasible")]
    gaps = [outcomes.gap(each.outcome.makespan, each.reference.best_known) for each in legal
            if each.reference.best_known]
    wrong = [f"{each.name}: {claim}" for each in judged
             for claim in outcomes.contradictions(each.outcome, each.reference)]
    row = (name, len(judged), len(legal), sum(each.outcome.status == "optimal" for each in judged),
           sum(each.outcome.status == "infeasible" for each in judged),
           f"{outcomes.mean(gaps):.3f}" if gaps else "—", sum(gap <= 0 for gap in gaps),
           sum(outcomes.is_right(each.outcome, each.reference) for each in judged),
           sum(each.reference.is_verdict and not outcomes.is_right(each.outcome, each.reference) for each in judged),
           len({claim.split(": ")[0] for claim in wrong}), f"{sum(each.outcome.seconds for each in judged):.0f}")
    return row, wrong


def chosen(folder, references, options):
    """The instances to run: all that the reference names, or a sample that is the same every time."""
    names = [path.name for path in folder.iterdir() if outcomes.look_up(references, folder.name, path.name)]
    label = f"{folder.parent.name}/{folder.name}"
    if options.third:
        names = outcomes.third(names, label)
    return outcomes.shuffled(names, label)[:options.instances or None]


class Table:
    """Rows of a CSV file, which may not be there yet."""

    def __init__(self, path, fields):
        self.path = path
        self.fields = fields
        self.rows = []
        if path is None or not path.exists():
            return
        with open(path, encoding="utf-8", newline="") as file:
            table = csv.DictReader(file)
            if tuple(table.fieldnames or ()) != fields:
                sys.exit(f"{path}: its columns are not {','.join(fields)}")
            self.rows = list(table)

    def add(self, row):
        self.rows.append(row)
        if self.path is None:
            return
        is_new = not self.path.exists()
        with open(self.path, "a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self.fields)
            if is_new:
                writer.writeheader()
            writer.writerow(row)


class Record:
    """Results by set and instance, kept in a file as they come."""

    FIELDS = ("settings", "date", "set", "instance", "status", "makespan", "bound", "seconds")
    DEEDS = ("kernel", "set", "threads", "deeds")

    def __init__(self, path, kernel, seconds, threads):
        self.kernel = kernel
        self.seconds = seconds
        self.threads = threads
        self.results = Table(path, self.FIELDS)
        self.deeds = Table(path and path.with_name(f"{path.stem}_deeds.csv"), self.DEEDS)

    def rows_of(self, folder):
        """By instance: the results of these settings, this kernel's before those of one that does the same; and what
        was proven within fewer seconds, which more seconds would only have let stand."""
        kernels = self._as_good(folder)
        best = {}
        for row in self.results.rows:
            kernel, seconds, threads = row["settings"].split()
            if row["set"] != folder or kernel not in kernels or threads != self.threads:
                continue
            is_whole = float(seconds) == float(self.seconds)
            is_proof = row["status"] in ("optimal", "infeasible")
            if not is_whole and not (is_proof and float(seconds) < float(self.seconds)):
                continue
            rank = kernel == self.kernel, is_proof, is_whole
            if row["instance"] not in best or rank >= best[row["instance"]][0]:
                best[row["instance"]] = rank, row
        return {name: row for name, (_, row) in best.items()}

    def deeds_of(self, folder):
        """Of this kernel on the set, if they are known."""
        return next((row["deeds"] for row in self._deeds_on(folder) if row["kernel"] == self.kernel), None)

    def add_deeds(self, folder, deeds):
        self.deeds.add({"kernel": self.kernel, "set": folder, "threads": self.threads, "deeds": deeds})

    def add(self, folder, name, row):
        self.results.add({"settings": f"{self.kernel} {self.seconds} {self.threads}",
                          "date": datetime.date.today().isoformat(), "set": folder, "instance": name,
                          **{key: row[key] for key in ("status", "makespan", "bound", "seconds")}})

    def _deeds_on(self, folder):
        return [row for row in self.deeds.rows if (row["set"], row["threads"]) == (folder, self.threads)]

    def _as_good(self, folder):
        deeds = self.deeds_of(folder)
        return {self.kernel} | {row["kernel"] for row in self._deeds_on(folder) if row["deeds"] == deeds}


def kernel_of(sources):
    """A short digest of the sources that schedule."""
    digest = hashlib.sha256()
    paths = [path for layer in KERNEL for path in (sources / layer).iterdir() if path.suffix in (".cpp", ".h", ".inc")]
    for path in sorted(paths):
        digest.update(f"{path.relative_to(sources)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def deeds_on(paths, options):
    """A short digest of the schedules and bounds that so many steps come to."""
    digest = hashlib.sha256()
    for path in paths:
        command = [options.diaodu, "schedule", path, "--steps", str(STEPS_OF_DEEDS), "--threads", options.threads,
                   "--json"]
        with running.alone():
            text = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout
        document = json.loads(text) if text.startswith("{") else {}
        if not document or UNREAD & {each["code"] for each in document.get("findings", [])}:
            sys.exit(f"{path}: was not read")
        starts = [tuple(each[key] for key in ("id", "start", "mode") if each.get(key) is not None)
                  for each in document["tasks"]]
        digest.update(repr((path.name, document["status"], document["bound"], starts)).encode())
    return digest.hexdigest()[:16]


def run(folder, references, options, record):
    """Those of the instances that are done when the time is over."""
    names = chosen(folder, references, options)
    if not names:
        sys.exit(f"no instance of {folder.name} stands in the reference")
    label = f"{folder.parent.name}/{folder.name}"
    if options.record and not record.deeds_of(label):
        everywhere = chosen(folder, references, argparse.Namespace(third=False, instances=DEEDS))
        record.add_deeds(label, deeds_on([folder / name for name in everywhere], options))
    known = record.rows_of(label)
    for name in names:
        if name in known:
            continue
        if time.monotonic() >= options.end:
            break
        record.add(label, name, measured(folder / name, options))
    known = record.rows_of(label)
    judged = [Judged(f"{folder.name}/{name}", outcome_of(known[name]),
                     outcomes.look_up(references, folder.name, name)[0])
              for name in names if name in known]
    if len(judged) < len(names):
        print(f"{label}: {len(judged)} of {len(names)} are done", file=sys.stderr)
    return judged


def measured(path, options):
    """The row that diaodu prints for an instance."""
    command = [options.diaodu, "bench", path, "--seconds", options.seconds, "--threads", options.threads, "--lang", "en"]
    with running.alone():
        table = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    if len(rows) != 1:
        sys.exit(f"{path}: {len(rows)} results in place of one")
    return rows[0]


def show(cells):
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("diaodu")
    parser.add_argument("sets", nargs="+", metavar="FOLDER [REFERENCE.csv]")
    sample = parser.add_mutually_exclusive_group()
    sample.add_argument("--third", action="store_true", help="a fixed random third of each set")
    sample.add_argument("--instances", type=int, default=0, help="a fixed random sample of so many")
    parser.add_argument("--seconds", default="1")
    parser.add_argument("--threads", default="1")
    parser.add_argument("--record", type=pathlib.Path, help="a CSV file of what each instance gave, to go on from")
    parser.add_argument("--sources", type=pathlib.Path, default=SOURCES, help="of the program, if not this tree's")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="no instance begins after so many")
    options = parser.parse_args()
    options.end = time.monotonic() + 60 * options.minutes
    record = Record(options.record, kernel_of(options.sources), options.seconds, options.threads)
    data = outcomes.data_folder()
    contradictions = []
    show(COLUMNS)
    show(["---"] * len(COLUMNS))
    for wanted, table in pairs(options.sets):
        folder = outcomes.find_folder(wanted, data)
        if folder is None:
            print(f"skipped: {wanted} is not there (DIAODU_DATA names the data folder)", file=sys.stderr)
            continue
        table = table or outcomes.reference_file(folder)
        if table is None:
            sys.exit(f"{wanted}: there is no reference.csv beside or above it")
        judged = run(folder, outcomes.read_reference(table), options, record)
        row, wrong = summary(f"{folder.parent.name}/{folder.name}", judged)
        contradictions += wrong
        show(row)
    for claim in contradictions:
        print(f"CONTRADICTION {claim}")
    return 1 if contradictions else 0


if __name__ == "__main__":
    sys.exit(main())
