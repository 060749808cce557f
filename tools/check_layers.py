#!/usr/bin/env python3
"""Fails when the code crosses a border of docs/architecture.md: a folder that includes upwards, a
third-party header in a .h file, a clock, the disk or a way to print or exit where it does not belong.

    tools/check_layers.py [folder of the sources, default src/diaodu]

Prints each offence as file:line and exits with 1 if there was any.
"""
import re
import sys
from pathlib import Path

CALCULATING = {"core", "plan", "check", "solve", "forecast", "dispatch"}
ALL = CALCULATING | {"formats", "track", "report", "serve"}

# What a folder may include besides std and itself.
MAY_INCLUDE = {
    "core": set(),
    "plan": {"core"},
    "check": {"core", "plan"},
    "formats": {"core", "plan", "track"},
    "track": {"core", "plan", "check"},
    "solve": {"core", "plan", "check"},
    "forecast": {"core", "plan", "check", "solve", "track"},
    "dispatch": {"core", "plan", "check", "solve"},
    "report": ALL - {"serve"},
    "serve": ALL,
    "cli": ALL,
    "python": ALL,
}

STANDARD_HEADERS = set("""
algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes
climits clocale cmath codecvt compare complex concepts condition_variable coroutine csetjmp csignal
cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution
filesystem format forward_list fstream functional future initializer_list iomanip ios iosfwd iostream
istream iterator latch limits list locale map memory memory_resource mutex new numbers numeric optional
ostream queue random ranges ratio regex scoped_allocator semaphore set shared_mutex source_location span
sstream stack stdexcept stop_token streambuf string string_view strstream syncstream system_error thread
tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector version
""".split())

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
CLOCK = re.compile(
    r"\b(?:system_clock|steady_clock|high_resolution_clock|clock_gettime|gettimeofday|localtime\w*|gmtime\w*)\b"
    r"|\bstd::(?:time|clock)\s*\(|#\s*include\s*<(?:chrono|ctime|time\.h|sys/time\.h)>")
DISK = re.compile(r"\b(?:fopen|ifstream|ofstream|fstream|filesystem)\b")
OUTPUT = re.compile(
    r"\b(?:cout|cerr|clog|printf|fprintf|vprintf|puts|fputs|putchar|perror)\b"
    r"|(?<![\w.>])(?:std::|::)?(?:exit|_exit|_Exit|quick_exit|abort|terminate)\s*\(")


def may_read_clock(path):
    return path.parts[0] in {"serve", "cli"} or path.as_posix() in {"core/budget.h", "core/budget.cpp"}


def without_comments_and_strings(text):
    """The code alone; what is taken out leaves its line breaks, so that line numbers stay."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)

    def blank(match):
        taken = match.group(0)
        is_text = not taken.startswith("/")
        return ('""' if is_text else "") + "\n" * taken.count("\n")

    # An apostrophe between digits is no quote.
    return pattern.sub(blank, re.sub(r"(?<=[0-9A-Fa-f])'(?=[0-9A-Fa-f])", "", text))


def offences_of(path, text):
    """Pairs of a line number and what is wrong there; `path` is relative to the sources."""
    folder = path.parts[0]
    if folder not in MAY_INCLUDE:
        yield 1, f"folder {folder} has no place in the table of layers"
        return
    for number, line in enumerate(text.splitlines(), start=1):
        include = INCLUDE.match(line)
        if not include:
            continue
        bracket, header = include.groups()
        if header.startswith("diaodu/"):
            target = header.split("/")[1]
            if target != folder and target not in MAY_INCLUDE[folder]:
                yield number, f"{folder} must not include {target}"
        elif path.suffix == ".h" and (bracket == '"' or header not in STANDARD_HEADERS):
            yield number, f"third-party header {header} in a .h file"
        elif bracket == '"':
            yield number, f'{header}: write "diaodu/..." or <...>'
    for number, line in enumerate(without_comments_and_strings(text).splitlines(), start=1):
        if not may_read_clock(path) and CLOCK.search(line):
            yield number, "only core's Budget, serve and cli read a clock"
        if folder in CALCULATING and DISK.search(line):
            yield number, f"{folder} does not touch the disk"
        if folder != "cli" and (found := OUTPUT.search(line)):
            yield number, f"{found.group(0).strip(' (')}: no library code prints, exits or aborts"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "src" / "diaodu")
    files = sorted(path for pattern in ("*.h", "*.cpp", "*.inc") for path in root.rglob(pattern))
    if not files:
        print(f"{root}: no sources here")
        return 1
    num_offences = 0
    for path in files:
        for number, what in sorted(set(offences_of(path.relative_to(root), path.read_text(encoding="utf-8")))):
            print(f"{path}:{number}: {what}")
            num_offences += 1
    return 1 if num_offences else 0


if __name__ == "__main__":
    sys.exit(main())
