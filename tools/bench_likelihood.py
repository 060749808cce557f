#!/usr/bin/env python3
"""Likelihoods, fits and paths of indicators beside statsmodels, in one run on the same numbers.

    tools/bench_likelihood.py BENCH_LIKELIHOOD AIR_PASSENGERS.csv [--indicators 500] [--paths 2000]

Both sides judge the logarithms of the file at the same parameters, with an exact diffuse start and in the convention that
counts 1/2 log 2 pi for each diffuse step.  Times are the processor's, but for the paths; statsmodels' is of `loglike` on a model that is made already, the best of
five batches; ours makes the model anew each time.
"""

import argparse
import csv
import math
import subprocess
import time
import warnings

import numpy
import statsmodels
import statsmodels.api


def best_of(calls, work):
    best = math.inf
    for _ in range(5):
        begin = time.process_time()
        for _ in range(calls):
            work()
        best = min(best, (time.process_time() - begin) / calls)
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("file")
    parser.add_argument("--indicators", type=int, default=500)
    parser.add_argument("--paths", type=int, default=2_000)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    with open(options.file, encoding="utf-8") as file:
        series = numpy.log([float(row[1]) for row in list(csv.reader(file))[1:]])
    models = {
        "structural": (
            statsmodels.api.tsa.UnobservedComponents(series, "lltrend", seasonal=12, use_exact_diffuse=True),
            lambda words: words[:4],
        ),
        # The differences are part of the state, as ours are; statsmodels writes moving averages with a plus.
        "airline": (
            statsmodels.api.tsa.SARIMAX(series, order=(0, 1, 1), seasonal_order=(0, 1, 1, 12), use_exact_diffuse=True),
            lambda words: [-words[0], -words[1], words[2]],
        ),
    }
    command = [options.program, options.file, "--indicators", str(options.indicators), "--paths", str(options.paths)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    print(f"statsmodels {statsmodels.__version__}, {len(series)} months, one thread")
    print()
    print("| model | log likelihood, diaodu | statsmodels | one likelihood, µs | statsmodels, µs | ratio "
          "| fit, ms | statsmodels, ms | ratio | maximum, diaodu | statsmodels |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for line in lines:
        name, *words = line.split()
        if name not in models:
            continue
        numbers = [float(word) for word in words]
        model, arranged = models[name]
        at = numpy.array(arranged(numbers))
        theirs = model.loglike(at)
        one = best_of(20, lambda: model.loglike(at))
        fitted = None
        fit_seconds = math.inf
        for _ in range(3):
            begin = time.process_time()
            fitted = model.fit(disp=False, maxiter=200)
            fit_seconds = min(fit_seconds, time.process_time() - begin)
        ours, micro, milli, maximum = numbers[4:]
        print(f"| {name} | {ours:.7f} | {theirs:.7f} | {micro:.1f} | {one * 1e6:.0f} | {one * 1e6 / micro:.0f} "
              f"| {milli:.2f} | {fit_seconds * 1e3:.0f} | {fit_seconds * 1e3 / milli:.0f} | {maximum:.5f} | {fitted.llf:.5f} |")
        if abs(ours - theirs) > 1e-6 * abs(theirs):
            raise SystemExit(f"{name}: the likelihoods differ: {ours} and {theirs}")
    print()
    print(f"{options.indicators} indicators, {options.paths} paths of 12 months each, fits included:")
    print()
    print("| threads | structural, s | airline, s |")
    print("|---|---|---|")
    for line in lines:
        name, *words = line.split()
        if name == "paths":
            print(f"| {words[0]} | {float(words[1]):.2f} | {float(words[2]):.2f} |")


if __name__ == "__main__":
    main()
