"""Instances as a model sees them: whole numbers, no names, no dates.

Reads PSPLIB (`.sm`, `.mm`), Patterson (`.rcp`), ProGen/max (`.sch`) and those plan folders that are one scheduling
problem in whole numbers: FS and SS links, people and machines of fixed capacity, one calendar for all.  Shares no code
with diaodu, so that a mistake in either reader shows as a contradiction.
"""
import csv
import dataclasses
import pathlib
import re

from benchmarks import calendars


class CannotModel(Exception):
    """The instance holds something that the peer's model does not know."""


@dataclasses.dataclass
class Mode:
    duration: int
    renewable: list  # amount of each renewable resource
    used_up: list    # amount of each non-renewable resource


@dataclasses.dataclass
class Arc:
    """start(to) >= start(first) + lag, or, `after_finish`, >= finish(first) + lag."""
    first: int
    to: int
    lag: int = 0
    after_finish: bool = True


@dataclasses.dataclass
class Instance:
    tasks: list      # of lists of modes
    arcs: list
    renewable: list  # capacities
    used_up: list = dataclasses.field(default_factory=list)
    calendar: object = None  # set: a unit of time is one of its working minutes

    def horizon(self):
        """If there is a schedule there is one that ends by then."""
        reach = [max(mode.duration for mode in modes) for modes in self.tasks]
        for arc in self.arcs:
            longest = max(mode.duration for mode in self.tasks[arc.first]) if arc.after_finish else 0
            reach[arc.first] = max(reach[arc.first], longest + arc.lag)
        return sum(reach)


def read_instance(path):
    path = pathlib.Path(path)
    if path.is_dir():
        return _read_folder(path)
    reader = {".rcp": _read_patterson, ".sm": _read_psplib, ".mm": _read_psplib, ".sch": _read_progen_max}
    if path.suffix not in reader:
        raise CannotModel(f"{path.name}: no reader for {path.suffix or 'such files'}")
    return reader[path.suffix](path.read_text(encoding="latin-1"))


def _numbers(text):
    return [int(word) for word in re.findall(r"-?\d+", text)]


def _read_patterson(text):
    numbers = iter(_numbers(text))

    def take(count):
        return [next(numbers) for _ in range(count)]

    num_tasks, num_resources = take(2)
    capacities = take(num_resources)
    tasks, arcs = [], []
    for task in range(num_tasks):
        duration = next(numbers)
        tasks.append([Mode(duration, take(num_resources), [])])
        arcs += [Arc(task, successor - 1) for successor in take(next(numbers))]
    return Instance(tasks, arcs, capacities)


def _read_psplib(text):
    def count_of(kind):
        return int(re.search(rf"- {kind}\s*:\s*(\d+)", text).group(1))

    num_tasks = int(re.search(r"jobs[^:\n]*:\s*(\d+)", text).group(1))
    num_renewable = count_of("renewable")
    num_resources = num_renewable + count_of("nonrenewable")
    arcs = []
    for line in _section(text, r"PRECEDENCE RELATIONS"):
        task, _, num_successors, *successors = line
        if len(successors) != num_successors:
            raise CannotModel(f"job {task}: {num_successors} successors announced, {len(successors)} given")
        arcs += [Arc(task - 1, successor - 1) for successor in successors]
    tasks = [[] for _ in range(num_tasks)]
    task = 0
    for line in _section(text, r"REQUESTS/DURATIONS"):
        if len(line) == 3 + num_resources:
            task = line.pop(0)
        _, duration, *amounts = line
        tasks[task - 1].append(Mode(duration, amounts[:num_renewable], amounts[num_renewable:]))
    (capacities,) = _section(text, r"RESOURCE ?AVAILABILITIES")
    return Instance(tasks, arcs, capacities[:num_renewable], capacities[num_renewable:])


def _section(text, heading):
    """The rows of numbers below a heading, up to the next line of asterisks."""
    body = re.split(rf"^{heading}.*$", text, maxsplit=1, flags=re.MULTILINE)[1]
    body = re.split(r"^\*{5,}", body, maxsplit=1, flags=re.MULTILINE)[0]
    return [_numbers(line) for line in body.splitlines() if re.fullmatch(r"[\s\d]*\d[\s\d]*", line)]


def _read_progen_max(text):
    lines = [line for line in text.splitlines() if line.strip()]
    num_jobs, num_renewable, num_used_up, _ = _numbers(lines[0])
    num_tasks = num_jobs + 2
    if num_used_up:
        raise CannotModel("resources that are used up beside largest lags")
    arcs, tasks = [], []
    for line in lines[1:1 + num_tasks]:
        task, num_modes, num_successors, *rest = _numbers(line)
        if num_modes != 1 or len(rest) != 2 * num_successors:
            raise CannotModel(f"job {task}: not a row of one mode, successors and lags")
        arcs += [Arc(task, to, lag, after_finish=False)
                 for to, lag in zip(rest[:num_successors], rest[num_successors:])]
    for line in lines[1 + num_tasks:1 + 2 * num_tasks]:
        _, _, duration, *amounts = _numbers(line)
        tasks.append([Mode(duration, amounts, [])])
    return Instance(tasks, arcs, _numbers(lines[1 + 2 * num_tasks])[:num_renewable])


# What the columns of a plan's tables may hold here; a filled cell of any other would change the problem.
_KNOWN = {
    "tasks": {"id", "name", "duration", "kind"},
    "links": {"from", "to", "type", "lag"},
    "resources": {"id", "name", "kind", "capacity"},
    "demands": {"task", "resource", "amount"},
}


def _table(folder, name):
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for column, cell in row.items():
            if cell and column not in _KNOWN[name]:
                raise CannotModel(f"{path.name}: column {column}")
    return rows


def _minutes(cell):
    match = re.fullmatch(r"(-?\d+)(min|h)", cell or "0min")
    if not match:
        raise CannotModel(f"duration {cell}")
    return int(match[1]) * (60 if match[2] == "h" else 1)


def _read_folder(folder):
    for table in folder.glob("*.csv"):
        if table.stem not in _KNOWN:
            raise CannotModel(f"table {table.stem}")
    calendar = calendars.read_calendar(folder / "plan.toml")
    number, tasks = {}, []
    for row in _table(folder, "tasks"):
        if row.get("kind") not in (None, "", "task", "milestone"):
            raise CannotModel(f"kind {row['kind']}")
        number[row["id"]] = len(tasks)
        tasks.append([Mode(_minutes(row["duration"] if row["duration"] != "0d" else ""), [], [])])
    capacities, numbers_of_resources = [], {}
    for row in _table(folder, "resources"):
        if row["kind"] not in ("people", "machine"):
            raise CannotModel(f"resource of kind {row['kind']}")
        numbers_of_resources[row["id"]] = len(capacities)
        capacities.append(int(row["capacity"]))
    for (mode,) in tasks:
        mode.renewable = [0] * len(capacities)
    for row in _table(folder, "demands"):
        tasks[number[row["task"]]][0].renewable[numbers_of_resources[row["resource"]]] += int(row["amount"] or 1)
    arcs = []
    for row in _table(folder, "links"):
        kind = row.get("type") or "FS"
        if kind not in ("FS", "SS"):
            raise CannotModel(f"link of type {kind}")
        arcs.append(Arc(number[row["from"]], number[row["to"]], _minutes(row.get("lag")), kind == "FS"))
    return Instance(tasks, arcs, capacities, calendar=calendar)
