#!/usr/bin/env python3
"""Line coverage of each folder of src/diaodu, from what an instrumented build has left behind.

    tools/line_coverage.py BUILD_FOLDER [--least PERCENT] [--missing] [FOLDER ...]

Asks gcov about every object, adds up the runs of each line, prints a table (with --missing also the
lines that never ran) and fails when one of the FOLDERs (default: all) stays below PERCENT.
"""
import argparse
import json
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "src" / "diaodu"


def lines_of(record, build):
    """Runs of each line of our sources, by one object's record; none where the object never ran."""
    run = subprocess.run(["gcov", "--json-format", "--stdout", record.name], cwd=record.parent,
                         capture_output=True, text=True, check=True)
    runs = []
    for document in run.stdout.splitlines():
        for file in json.loads(document)["files"]:
            path = (build / file["file"]).resolve()  # a compiler cache may have made it relative
            if path.is_relative_to(SOURCES):
                runs += [(path, line["line_number"], line["count"]) for line in file["lines"]]
    return runs


def ranges(numbers):
    """[1, 2, 3, 7] as `1-3 7`."""
    spans = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return " ".join(f"{a}-{b}" if a < b else str(a) for a, b in spans)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--least", type=float, default=0)
    parser.add_argument("--missing", action="store_true")
    options = parser.parse_args()

    counts = defaultdict(int)
    with ThreadPoolExecutor(max_workers=2) as workers:
        build = options.build.resolve()
        records = sorted(build.rglob("*.gcno"))
        for runs in workers.map(lambda record: lines_of(record, build), records):
            for path, line, count in runs:
                counts[path, line] += count
    if not counts:
        print(f"{options.build}: nothing has run here", file=sys.stderr)
        return 1

    total, covered, missing = defaultdict(int), defaultdict(int), defaultdict(list)
    for (path, line), count in counts.items():
        folder = path.relative_to(SOURCES).parts[0]
        total[folder] += 1
        covered[folder] += 1 if count else 0
        if not count:
            missing[path].append(line)
    is_enough = True
    for folder in options.folders or sorted(total):
        percent = 100 * covered[folder] / total[folder] if total[folder] else 0
        is_enough = is_enough and percent >= options.least
        print(f"{folder:10} {covered[folder]:6} of {total[folder]:6} lines  {percent:5.1f} %")
        for path in sorted(missing) if options.missing else []:
            if path.relative_to(SOURCES).parts[0] == folder:
                print(f"    {path.relative_to(SOURCES)}: {ranges(missing[path])}")
    return 0 if is_enough else 1


if __name__ == "__main__":
    sys.exit(main())
