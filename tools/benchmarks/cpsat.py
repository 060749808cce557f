"""The peer: CP-SAT's interval and cumulative model of an instance.

    python -m benchmarks.cpsat FILE --seconds S --workers N

Prints one JSON document: status, makespan, bound, seconds, and a log of every improvement of either.  The seconds
count from after the file was read, so that building the model is part of the race, as it is for diaodu.
"""
import argparse
import json
import threading
import time

from ortools.sat.python import cp_model

from benchmarks.instances import read_instance


def build(instance):
    model = cp_model.CpModel()
    horizon = instance.horizon()
    makespan = model.new_int_var(0, horizon, "makespan")
    starts, ends, demands, used_up = [], [], [[] for _ in instance.renewable], [[] for _ in instance.used_up]
    for modes in instance.tasks:
        start = model.new_int_var(0, horizon, "")
        starts.append(start)
        if len(modes) == 1:
            ends.append(start + modes[0].duration)
            ways = [(modes[0], model.new_fixed_size_interval_var(start, modes[0].duration, ""), 1)]
        else:
            end = model.new_int_var(0, horizon, "")
            ends.append(end)
            ways = []
            for mode in modes:
                chosen = model.new_bool_var("")
                ways.append((mode, model.new_optional_interval_var(start, mode.duration, end, chosen, ""), chosen))
            model.add_exactly_one(chosen for _, _, chosen in ways)
        for mode, interval, chosen in ways:
            for of_resource, amount in zip(demands, mode.renewable):
                if amount and mode.duration:
                    of_resource.append((interval, amount))
            for of_resource, amount in zip(used_up, mode.used_up):
                if amount:
                    of_resource.append(amount * chosen)
    has_successor = set()
    for arc in instance.arcs:
        model.add(starts[arc.to] >= (ends if arc.after_finish else starts)[arc.first] + arc.lag)
        if arc.after_finish and arc.lag >= 0:
            has_successor.add(arc.first)
    for task, end in enumerate(ends):
        if task not in has_successor:
            model.add(makespan >= end)
    # As in the solver's own example for this problem: what comes after the makespan is full, which lets the
    # resources' energy bound the makespan.
    after = model.new_interval_var(makespan, model.new_int_var(1, horizon + 1, ""), horizon + 1, "")
    for capacity, of_resource in zip(instance.renewable, demands):
        if of_resource:
            model.add_cumulative([interval for interval, _ in of_resource] + [after],
                                 [amount for _, amount in of_resource] + [capacity], capacity)
    for capacity, of_resource in zip(instance.used_up, used_up):
        if of_resource:
            model.add(sum(of_resource) <= capacity)
    model.minimize(makespan)
    return model


class Log(cp_model.CpSolverSolutionCallback):
    def __init__(self, begin):
        super().__init__()
        self._begin = begin
        self._lock = threading.Lock()  # bounds and schedules come from different threads
        self._makespan = self._bound = None
        self.steps = []

    def on_solution_callback(self):
        self._note(round(self.objective_value), None)

    def on_bound(self, bound):
        self._note(None, round(bound))

    def _note(self, makespan, bound):
        with self._lock:
            is_better = makespan is not None and (self._makespan is None or makespan < self._makespan)
            is_tighter = bound is not None and (self._bound is None or bound > self._bound)
            self._makespan = makespan if is_better else self._makespan
            self._bound = bound if is_tighter else self._bound
            if is_better or is_tighter:
                self.steps.append({"seconds": time.monotonic() - self._begin, "makespan": self._makespan,
                                   "bound": self._bound})


def solve(instance, seconds, workers):
    begin = time.monotonic()
    model = build(instance)
    log = Log(begin)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(0.01, seconds - (time.monotonic() - begin))
    solver.best_bound_callback = log.on_bound
    word = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "infeasible"}
    status = word.get(solver.solve(model, log), "unknown")
    has_schedule = status in ("optimal", "feasible")
    return {"status": status,
            "makespan": round(solver.objective_value) if has_schedule else None,
            "bound": None if status == "infeasible" else round(solver.best_objective_bound),
            "seconds": time.monotonic() - begin,
            "log": log.steps}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print(json.dumps(solve(read_instance(options.file), options.seconds, options.workers)))


if __name__ == "__main__":
    main()
