#!/usr/bin/env python3
"""Trials a second of engine (a) beside a critical path of the same network vectorised with NumPy.

    tools/bench_risk.py BENCH_RISK [--tasks 1000,10000] [--trials 20000]

and how many trials a second engine (b) levels anew.  NumPy does what a planner would write: for each task in order, the maximum of its predecessors' finishes over all
trials of a block, plus a triangular sample.  It knows no calendar: its dates are working minutes.  NumPy uses one
thread, and the best of three block sizes counts; diaodu uses one, and then two.
"""

import argparse
import subprocess
import sys
import time

import numpy


def network(program, tasks):
    out = subprocess.run([program, "--network", "--tasks", str(tasks)], check=True, capture_output=True, text=True)
    rows = [[int(word) for word in line.split()] for line in out.stdout.splitlines()]
    return [row[0] for row in rows], [row[1:] for row in rows]


def simulate(minutes, before, trials, block):
    """Task-evaluations a second, and the mean finish."""
    random = numpy.random.Generator(numpy.random.SFC64(1))
    finish = numpy.empty((len(minutes), block))
    total = 0.0
    begin = time.process_time()
    for _ in range(trials // block):
        for task, planned in enumerate(minutes):
            work = numpy.rint(random.triangular(0.8 * planned, planned, 1.3 * planned, block))
            start = finish[before[task]].max(axis=0) if before[task] else 0
            finish[task] = start + work
        total += finish.max(axis=0).sum()
    seconds = time.process_time() - begin
    done = trials // block * block
    return done * len(minutes) / seconds, total / done


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--tasks", default="1000,10000")
    parser.add_argument("--trials", type=int, default=20_000)
    options = parser.parse_args()
    print(f"NumPy {numpy.__version__}, on one thread; task-evaluations a second, sampling included")
    print("| tasks | calendars | diaodu, one thread | two threads | the whole forecast, one thread | NumPy | ratio, one thread | two |")
    print("|---|---|---|---|---|---|---|---|")
    for tasks in (int(word) for word in options.tasks.split(",")):
        trials = max(4_000, options.trials * 2_000 // tasks)
        minutes, before = network(options.program, tasks)
        peer, mean = max(simulate(minutes, before, 2_000, block) for block in (100, 500, 2_000))
        for calendars in ("shared", "several"):
            command = [options.program, "--tasks", str(tasks), "--trials", str(trials), "--calendars", calendars]
            words = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            ours, both, forecast, our_mean = float(words[2]), float(words[3]), float(words[6]), float(words[7])
            print(
                f"| {tasks} | {calendars} | {ours:.3g} | {both:.3g} | {forecast:.3g} | {peer:.3g} | {ours / peer:.1f} | {both / peer:.1f} |",
                flush=True,
            )
            if calendars == "shared":
                # Minutes of the engine count from a week before the start.
                difference = abs(our_mean - 7 * 24 * 60 - mean) / mean
                if difference > 0.005:
                    sys.exit(f"the mean finishes differ by {difference:.2%}: {our_mean} and {mean}")
    print("| tasks | calendars | trials levelled anew a second, one thread |")
    print("|---|---|---|")
    for calendars in ("shared", "several"):
        command = [options.program, "--relevel", "--tasks", "1000", "--trials", "5000", "--calendars", calendars]
        words = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        print(f"| {words[0]} | {calendars} | {float(words[2]):.0f} |", flush=True)


if __name__ == "__main__":
    main()
