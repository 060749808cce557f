#!/usr/bin/env python3
"""Schedules every instance of a folder and compares the makespans with the best known.

    bench_set.py DIAODU FOLDER REFERENCE.csv [--seconds S] [--threads N]

REFERENCE.csv has the columns `instance` (folder/file, or file) and `best_known`.  Prints how many schedules
are legal (a program that shares no code with the solver judges each), how many are proven optimal, and the
mean gap; writes nothing.
"""
import argparse
import csv
import io
import pathlib
import subprocess
import sys


def best_known(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {row["instance"].split("/")[-1]: float(row["best_known"])
                for row in csv.DictReader(file) if row["best_known"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("diaodu")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("reference")
    parser.add_argument("--seconds", default="1")
    parser.add_argument("--threads", default="1")
    options = parser.parse_args()
    reference = best_known(options.reference)
    files = sorted(str(path) for path in options.folder.iterdir() if path.name in reference)
    if not files:
        sys.exit("no instance of the folder stands in the reference")
    run = subprocess.run([options.diaodu, "bench", "--seconds", options.seconds, "--threads", options.threads,
                          *files], capture_output=True, text=True, check=True)
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    legal = [row for row in rows if row["status"] in ("optimal", "feasible")]
    gaps = [100 * (float(row["makespan"]) / reference[row["instance"].split("/")[-1]] - 1) for row in legal]
    proven = sum(row["status"] == "optimal" for row in rows)
    seconds = sum(float(row["seconds"]) for row in rows)
    print(f"{options.folder.name}: {len(rows)} instances, {len(legal)} legal, {proven} proven optimal, "
          f"mean gap {sum(gaps) / max(1, len(gaps)):.3f} %, {seconds:.0f} s in all")


if __name__ == "__main__":
    main()
