#!/usr/bin/env python3
"""Tours for Solomon's files by diaodu, PyVRP and OR-Tools, one after the other: same files, seconds and cores.

    tools/bench_routes.py PROGRAM [FILE ...] [--seconds 30] [--seed 1]

PROGRAM is `bench_routes`.  Distances are cut to whole tenths, for which the optima are proven (Kohl et al. 1999 and
others, as VROOM's benchmarks/VRPTW/BKS.json lists them).  What a peer says is worked out again here from its tours.
"""
import argparse
import math
import re
import subprocess
import sys
from pathlib import Path

OPTIMA = {"C101": 8273, "C102": 8273, "C105": 8273, "C106": 8273, "R101": 16377, "R102": 14666, "R105": 13553,
          "RC101": 16198, "RC102": 14574, "RC105": 15137}


class Instance:
    def __init__(self, path):
        text = path.read_text()
        numbers = [[float(n) for n in line.split()] for line in text.splitlines()
                   if re.fullmatch(r"[\d.\s]+", line) and line.strip()]
        (vehicles, capacity), rows = numbers[0], numbers[1:]
        self.vehicles, self.capacity = int(vehicles), int(capacity)
        self.at = [(row[1], row[2]) for row in rows]
        self.demand = [int(row[3]) for row in rows]
        self.window = [(10 * int(row[4]), 10 * int(row[5])) for row in rows]
        self.service = [10 * int(row[6]) for row in rows]
        self.ways = [[math.floor(10 * math.dist(a, b) + 1e-9) for b in self.at] for a in self.at]

    def travel(self, tours):
        """The travel of tours of customers' numbers, or None if a rule is broken."""
        if sorted(c for tour in tours for c in tour) != list(range(1, len(self.at))):
            return None
        total = 0
        for tour in tours:
            now = here = 0
            for customer in tour:
                total += self.ways[here][customer]
                now = max(now + self.ways[here][customer], self.window[customer][0])
                if now > self.window[customer][1]:
                    return None
                now += self.service[customer]
                here = customer
            total += self.ways[here][0]
            if now + self.ways[here][0] > self.window[0][1] or sum(self.demand[c] for c in tour) > self.capacity:
                return None
        return total if len([tour for tour in tours if tour]) <= self.vehicles else None


def by_pyvrp(instance, seconds, seed):
    from pyvrp import Model
    from pyvrp.stop import MaxRuntime
    model = Model()
    places = [model.add_location(*at) for at in instance.at]
    depot = model.add_depot(places[0])
    model.add_vehicle_type(instance.vehicles, capacity=instance.capacity, start_depot=depot, end_depot=depot,
                           tw_early=0, tw_late=instance.window[0][1])
    for i in range(1, len(instance.at)):
        model.add_client(places[i], delivery=instance.demand[i], service_duration=instance.service[i],
                         tw_early=instance.window[i][0], tw_late=instance.window[i][1])
    for i, a in enumerate(places):
        for j, b in enumerate(places):
            if i != j:
                model.add_edge(a, b, distance=instance.ways[i][j], duration=instance.ways[i][j])
    result = model.solve(stop=MaxRuntime(seconds), seed=seed, display=False)
    return [[stop.idx + 1 for stop in route if stop.is_client()] for route in result.best.routes()]


def by_ortools(instance, seconds, _seed):
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2
    manager = pywrapcp.RoutingIndexManager(len(instance.at), instance.vehicles, 0)
    routing = pywrapcp.RoutingModel(manager)
    way = routing.RegisterTransitMatrix(instance.ways)
    routing.SetArcCostEvaluatorOfAllVehicles(way)
    demand = routing.RegisterUnaryTransitVector(instance.demand)
    routing.AddDimensionWithVehicleCapacity(demand, 0, [instance.capacity] * instance.vehicles, True, "load")
    times = [[instance.service[i] + d for d in row] for i, row in enumerate(instance.ways)]
    time = routing.RegisterTransitMatrix(times)
    end = instance.window[0][1]
    routing.AddDimension(time, end, end, False, "time")
    dimension = routing.GetDimensionOrDie("time")
    for i in range(1, len(instance.at)):
        dimension.CumulVar(manager.NodeToIndex(i)).SetRange(*instance.window[i])
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(int(1000 * seconds))
    solution = routing.SolveWithParameters(parameters)
    tours = []
    for vehicle in range(instance.vehicles if solution else 0):
        index, tour = solution.Value(routing.NextVar(routing.Start(vehicle))), []
        while not routing.IsEnd(index):
            tour.append(manager.IndexToNode(index))
            index = solution.Value(routing.NextVar(index))
        tours.append(tour)
    return tours


def by_diaodu(program, path, seconds, seed):
    line = subprocess.run([program, str(path), "--seconds", str(seconds), "--seed", str(seed)], check=True,
                          capture_output=True, text=True).stdout
    words = line.split()
    said = dict(zip(words[1::2], words[2::2]))
    return int(said["travel"]) if words[-1] == "legal" and said["unserved"] == "0" else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    columns = ("diaodu", "PyVRP", "OR-Tools")
    print("| file | optimum | " + " | ".join(f"{name}: travel, above" for name in columns) + " |")
    print("|---|---|" + "---|" * len(columns))
    above = {name: [] for name in columns}
    for path in asked.files:
        optimum = OPTIMA[path.stem]
        instance = Instance(path)
        found = {
            "diaodu": by_diaodu(asked.program, path, asked.seconds, asked.seed),
            "PyVRP": instance.travel(by_pyvrp(instance, asked.seconds, asked.seed)),
            "OR-Tools": instance.travel(by_ortools(instance, asked.seconds, asked.seed)),
        }
        cells = []
        for name in columns:
            if found[name] is None:
                cells.append("none")
                continue
            above[name].append(found[name] / optimum - 1)
            cells.append(f"{found[name] / 10:.1f}, {100 * above[name][-1]:.2f} %")
        print(f"| {path.stem} | {optimum / 10:.1f} | " + " | ".join(cells) + " |", flush=True)
    means = {name: sum(all_of) / max(1, len(all_of)) for name, all_of in above.items()}
    print("| mean above | | " + " | ".join(f"{100 * means[name]:.2f} % of {len(above[name])}" for name in columns) + " |")
    print(f"\nTravel of diaodu to that of PyVRP {(1 + means['diaodu']) / (1 + means['PyVRP']):.4f}, "
          f"of OR-Tools {(1 + means['diaodu']) / (1 + means['OR-Tools']):.4f}; {asked.seconds:g} s each.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
