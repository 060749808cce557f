#!/usr/bin/env python3
"""Writes a large plan as a folder: tasks, links, resources and demands, all drawn from a seed.

    make_plan.py FOLDER [--tasks N] [--resources K] [--order-strength X] [--resource-strength X]
                 [--resource-factor X] [--calendars C] [--seed S]

The parameters are those of the literature (Kolisch, Sprecher & Drexl 1995; Mastor 1970):

order strength     share of the pairs of tasks that links order, directly or not.  Each task follows up to two of the
                   tasks that stand shortly before it; how shortly is found by halves, and the order strength
                   measured on a sample of tasks.  Few links cannot order everything nor nothing: what was reached is
                   printed.
resource factor    share of the resources that a task takes, on average.
resource strength  0: capacities barely suffice for the largest single demand; 1: they suffice for all tasks at their
                   earliest, when levelling has nothing to do.
calendars          0: around the clock, in periods; 1: the plan works on one calendar with holidays;
                   more: each resource works on one of so many week patterns, and a task when all of its resources
                   do.  All patterns share the mornings and afternoons of Monday to Thursday.
"""
import argparse
import csv
import datetime
import pathlib
import random

START = datetime.date(2026, 1, 5)
OFFICE = "08:00-12:00 13:00-17:00"
MOST_LINKS = 2
LARGEST_AMOUNT = 10
LONGEST = 80        # hours
SAMPLE = 512        # tasks whose descendants are counted

# (weekdays but Friday, Friday, Saturday, Sunday)
PATTERNS = (
    (OFFICE, OFFICE, "", ""),
    (OFFICE, OFFICE, OFFICE, ""),
    ("06:00-14:00 14:00-22:00", "06:00-14:00 14:00-22:00", "06:00-14:00", ""),
    ("07:00-12:00 13:00-18:00", "", "", ""),
    (OFFICE, OFFICE, OFFICE, OFFICE),
    ("07:00-19:00", "07:00-15:00", "", ""),
    ("00:00-24:00", "00:00-24:00", "00:00-24:00", "00:00-24:00"),
    ("08:00-12:00 13:00-20:00", "08:00-12:00", "", ""),
)


def links_within(num_tasks, reach, seed):
    """For each task the tasks it follows: of those at most `reach` before it."""
    rng = random.Random(f"links {seed}")
    uniform = rng.random
    before = [()]
    for task in range(1, num_tasks):
        back = min(task, reach)
        before.append(tuple({task - 1 - int(uniform() * back) for _ in range(MOST_LINKS)}))
    return before


def order_strength(before, sample=SAMPLE):
    """Share of ordered pairs, by the descendants of evenly spaced tasks; exact if all are sampled."""
    num_tasks = len(before)
    if num_tasks < 2:
        return 0.0
    sample = min(sample, num_tasks)
    bit = {index * num_tasks // sample: 1 << index for index in range(sample)}
    reached, pairs = [], 0
    for task, predecessors in enumerate(before):
        mask = 0
        for each in predecessors:
            mask |= reached[each]
        pairs += mask.bit_count()
        reached.append(mask | bit.get(task, 0))
    possible = sum(num_tasks - 1 - task for task in bit)
    return pairs / possible


def links_of_strength(num_tasks, wanted, seed):
    """The longer the reach, the weaker the order."""
    low, high = 1, max(1, num_tasks - 1)
    best = None
    while low <= high:
        reach = round((low * high) ** 0.5)  # halves of a logarithmic scale
        before = links_within(num_tasks, reach, seed)
        strength = order_strength(before)
        if best is None or abs(strength - wanted) < abs(best[0] - wanted):
            best = strength, before
        if abs(strength - wanted) < 0.005:
            break
        if strength > wanted:
            low = reach + 1
        else:
            high = reach - 1
    return best


def demands_of(num_tasks, num_resources, factor, rng):
    """For each task {resource: amount}; the sum of their sizes is the factor's share of all."""
    expected = factor * num_resources
    demands = []
    for _ in range(num_tasks):
        size = min(num_resources, int(expected) + (rng.random() < expected % 1))
        demands.append({resource: rng.randint(1, LARGEST_AMOUNT)
                        for resource in rng.sample(range(num_resources), size)})
    return demands


def peaks(durations, before, demands, num_resources):
    """Most of each resource in use at once, if every task starts as early as its links allow."""
    finish, events = [], [[] for _ in range(num_resources)]
    for duration, predecessors, wanted in zip(durations, before, demands):
        start = max((finish[each] for each in predecessors), default=0)
        finish.append(start + duration)
        for resource, amount in wanted.items():
            events[resource] += [(start, amount), (start + duration, -amount)]
    highest = [0] * num_resources
    for resource, changes in enumerate(events):
        level = 0
        for _, change in sorted(changes):  # at the same instant what is freed comes first
            level += change
            highest[resource] = max(highest[resource], level)
    return highest


def capacities_of(durations, before, demands, num_resources, strength):
    least = [max((wanted.get(resource, 0) for wanted in demands), default=0) for resource in range(num_resources)]
    most = peaks(durations, before, demands, num_resources)
    return [max(1, low + round(strength * (high - low))) for low, high in zip(least, most)]


def holidays(years=60):
    """A week in spring and one in autumn."""
    for year in range(START.year, START.year + years):
        for month in (2, 10):
            first = datetime.date(year, month, 1)
            yield first, first + datetime.timedelta(days=6)


def toml(name, num_calendars):
    lines = ["[plan]", f'name = "{name}"', f"start = {START}", 'time_zone = "UTC"']
    if num_calendars == 0:
        return "\n".join(lines + ['time = "periods"', 'calendar = "24h"', ""])
    lines += ['calendar = "c1"']
    off = ", ".join(f'{{ dates = "{first}..{last}", hours = "" }}' for first, last in holidays())
    for number in range(num_calendars):
        days, friday, saturday, sunday = PATTERNS[number % len(PATTERNS)]
        lines += ["", f"[calendars.c{number + 1}]", "hours_per_day = 8"]
        lines += [f'{day} = "{days}"' for day in ("monday", "tuesday", "wednesday", "thursday")]
        lines += [f'friday = "{friday}"', f'saturday = "{saturday}"', f'sunday = "{sunday}"', f"exceptions = [{off}]"]
    return "\n".join(lines + [""])


def write_table(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def make_plan(folder, tasks=1000, resources=50, strength_of_order=0.5, strength_of_resources=0.2, factor=0.06,
              calendars=0, seed=1):
    """Writes the plan; returns the order strength reached."""
    rng = random.Random(f"plan {seed}")
    reached, before = links_of_strength(tasks, strength_of_order, seed)
    durations = [rng.randint(1, LONGEST) for _ in range(tasks)]
    demands = demands_of(tasks, resources, factor, rng)
    capacities = capacities_of(durations, before, demands, resources, strength_of_resources)
    unit = "min" if calendars == 0 else "h"
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.toml").write_text(toml(folder.name, calendars), encoding="utf-8")
    write_table(folder / "tasks.csv", ["id", "duration"],
                ((f"T{task}", f"{duration}{unit}") for task, duration in enumerate(durations)))
    write_table(folder / "links.csv", ["from", "to", "type"],
                ((f"T{each}", f"T{task}", "FS") for task, predecessors in enumerate(before)
                 for each in sorted(predecessors)))
    columns = ["id", "kind", "capacity"] + (["calendar"] if calendars > 1 else [])
    write_table(folder / "resources.csv", columns,
                ([f"R{resource}", "machine", capacity] + ([f"c{resource % calendars + 1}"] if calendars > 1 else [])
                 for resource, capacity in enumerate(capacities)))
    write_table(folder / "demands.csv", ["task", "resource", "amount"],
                ((f"T{task}", f"R{resource}", amount) for task, wanted in enumerate(demands)
                 for resource, amount in sorted(wanted.items())))
    return reached


def add_parameters(parser):
    parser.add_argument("--resources", type=int, default=50)
    parser.add_argument("--order-strength", type=float, default=0.5, dest="strength_of_order")
    parser.add_argument("--resource-strength", type=float, default=0.2, dest="strength_of_resources")
    parser.add_argument("--resource-factor", type=float, default=0.06, dest="factor")
    parser.add_argument("--seed", type=int, default=1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--calendars", type=int, default=0)
    add_parameters(parser)
    reached = make_plan(**vars(parser.parse_args()))
    print(f"order strength {reached:.3f}")


if __name__ == "__main__":
    main()
