"""What solvers reached, and what that amounts to: gaps, wins, contradictions, and the gap over time."""
import csv
import dataclasses
import hashlib
import math
import os
import pathlib


@dataclasses.dataclass
class Reference:
    """What is known: schedules of `upper` exist, none ends before `lower`; `unsat`: none exists at all."""
    best_known: float = None
    lower: float = -math.inf
    upper: float = math.inf
    unsat: bool = False

    @property
    def is_verdict(self):
        """The optimal value is known, or that there is no schedule."""
        return self.unsat or self.lower == self.upper


@dataclasses.dataclass
class Outcome:
    """`log` holds (seconds, makespan or None, bound or None), in order of time."""
    status: str = "unknown"
    makespan: int = None
    bound: int = None
    seconds: float = 0.0
    log: list = dataclasses.field(default_factory=list)

    @property
    def is_proven(self):
        return self.status in ("optimal", "infeasible")

    @property
    def length(self):
        """The makespan; where there is no schedule, longer than any."""
        return math.inf if self.makespan is None else self.makespan

    @property
    def floor(self):
        """The bound; a proof that no schedule exists excludes every makespan."""
        if self.status == "infeasible":
            return math.inf
        return -math.inf if self.bound is None else self.bound

    def seconds_to_best(self):
        """When the last better schedule came; None without a schedule."""
        if self.makespan is None:
            return None
        return next((seconds for seconds, makespan, _ in self.log if makespan == self.makespan), self.seconds)

    def makespan_at(self, seconds):
        found = [makespan for when, makespan, _ in self.log if when <= seconds and makespan is not None]
        if self.makespan is not None and self.seconds <= seconds:
            found.append(self.makespan)
        return min(found, default=None)


def read_reference(path):
    """From `instance` (folder/file, or file) to what is known of it, and to its row."""
    references = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            references[row["instance"]] = reference_of(row), row
    return references


def reference_of(row):
    if "optimum" in row:
        if row["optimum"] == "unsat":
            return Reference(unsat=True)
        lower, dots, upper = row["optimum"].partition("..")
        upper = upper if dots else lower
        return Reference(float(upper) if upper else None, float(lower or -math.inf), float(upper or math.inf))
    best = float(row["best_known"]) if row.get("best_known") else None
    found = [float(row[column]) for column in ("best_known", "cpsat_makespan", "cpo_makespan") if row.get(column)]
    bounds = [float(row[column]) for column in ("cpsat_bound", "cpo_bound") if row.get(column)]
    return Reference(best, max(bounds, default=-math.inf), min(found, default=math.inf))


def reference_file(folder):
    """Beside the instances, or above them."""
    for place in (folder, folder.parent):
        if (place / "reference.csv").exists():
            return place / "reference.csv"
    return None


def look_up(references, folder, name):
    """Several folders have a psp1.sch: the folder counts before the bare name."""
    return references.get(f"{folder}/{name}") or references.get(name)


def shuffled(names, label):
    """Always the same order for the same label; the first n are the sample of n."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{label}/{name}".encode()).digest())


def third(names, label):
    names = list(names)
    return sorted(shuffled(names, label)[:math.ceil(len(names) / 3)])


def contradictions(outcome, reference):
    """What an outcome claims that cannot be, if the reference is right."""
    wrong = []
    if outcome.makespan is not None and outcome.status != "infeasible":
        if reference.unsat:
            wrong.append(f"a schedule of {outcome.makespan}, but none exists")
        if outcome.makespan < reference.lower:
            wrong.append(f"a schedule of {outcome.makespan}, but none ends before {reference.lower:.0f}")
    if outcome.status == "infeasible" and reference.upper < math.inf:
        wrong.append(f"infeasible, but a schedule of {reference.upper:.0f} exists")
    elif outcome.status != "infeasible" and outcome.floor > reference.upper:
        wrong.append(f"bound {outcome.bound}, but a schedule of {reference.upper:.0f} exists")
    if outcome.status == "optimal" and (outcome.makespan is None or outcome.bound != outcome.makespan):
        wrong.append(f"optimal, but makespan {outcome.makespan} and bound {outcome.bound} differ")
    return wrong


def quarrels(one, other):
    """What two outcomes for the same instance claim that cannot both be."""
    return [f"a schedule of {finder.makespan} against a bound of {prover.floor}"
            for finder, prover in ((one, other), (other, one)) if finder.length < prover.floor]


def is_right(outcome, reference):
    """The verdict is in, and it is the reference's: infeasible proven, or the optimal value proven."""
    if contradictions(outcome, reference):
        return False
    if reference.unsat:
        return outcome.status == "infeasible"
    return outcome.status == "optimal" and reference.lower <= outcome.makespan <= reference.upper


def gap(makespan, best):
    """Percent above the best known."""
    return 100 * (makespan / best - 1) if best else 0.0


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else math.nan


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    if not values:
        return math.nan
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def wins_ties_losses(ours, theirs):
    """Of numbers of which the smaller is better."""
    pairs = list(zip(ours, theirs, strict=True))
    return (sum(a < b for a, b in pairs), sum(a == b for a, b in pairs), sum(a > b for a, b in pairs))


def times(first, last, count=240):
    """Equally many a decade."""
    return [first * (last / first) ** (i / (count - 1)) for i in range(count)]


def mean_gap_over_time(outcomes, bests, moments):
    """(seconds, mean gap) from the moment when every instance has its first schedule."""
    curve = []
    for moment in moments:
        lengths = [outcome.makespan_at(moment) for outcome in outcomes]
        if lengths and None not in lengths:
            curve.append((moment, mean(gap(length, best) for length, best in zip(lengths, bests, strict=True))))
    return curve


def data_folder():
    """Where instances lie: `$DIAODU_DATA`, else beside the project; None if nowhere."""
    root = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(os.environ.get("DIAODU_DATA") or root / "../shared/data")
    return folder if folder.is_dir() else None


def find_folder(wanted, data):
    """As named, or in the data folder; None if nowhere."""
    places = [pathlib.Path(wanted)] + ([data / wanted] if data else [])
    return next((place for place in places if place.is_dir()), None)
