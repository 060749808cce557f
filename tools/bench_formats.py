#!/usr/bin/env python3
"""What reading large files costs, and whether others read what diaodu writes.  See `scripts/bench formats`.

    tools/bench_formats.py BENCH_FORMATS DIAODU PYTHON [FILE.xer ...]

PYTHON has `mpxj` (with a JVM) and `xerparser`.  Each plan is scheduled, written as MSPDI and, where it came as one, as
XER, and read by MPXJ and xerparser: counts of tasks and links, and early and late dates, must be those of diaodu's JSON.
"""

import json
import pathlib
import pyexpat
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as tree

from benchmarks import mspdi_order

TOOLS = pathlib.Path(__file__).parent

READER = r'''
import json, sys
import jpype, mpxj
jpype.startJVM()
from org.mpxj.reader import UniversalProjectReader
project = UniversalProjectReader().read(sys.argv[1])
def date(when):
    return None if when is None else str(when.toString())[:16].replace("T", " ")
rows, links = {}, 0
for task in project.getTasks():
    if task.getSummary() or task.getID() is None or int(task.getID()) == 0 or task.getName() is None:
        continue
    key = task.getText(30) or task.getActivityID() or task.getWBS()  # where diaodu keeps its ids
    rows[str(key)] = [date(each) for each in (task.getEarlyStart(), task.getEarlyFinish(), task.getLateStart(),
                                              task.getLateFinish())]
    links += task.getPredecessors().size()
print(json.dumps({"rows": rows, "links": links}))
'''


def make(path, script, num_tasks):
    if not path.exists():
        with open(path, "w", newline="", encoding="utf-8") as file:
            subprocess.run([sys.executable, TOOLS / script, str(num_tasks)], stdout=file, check=True)
    return path


def schedule(program, plan, outputs):
    command = [program, "schedule", plan, "--without-resources", "--json"]
    for output in outputs:
        command += ["-o", output]
    done = subprocess.run(command, capture_output=True, text=True)
    return json.loads(done.stdout)


def mpxj(python, path):
    done = subprocess.run([python, "-c", READER, str(path)], capture_output=True, text=True)
    if done.returncode != 0:
        return None, done.stderr.strip().splitlines()[-1:]
    return json.loads(done.stdout.splitlines()[-1]), None


def own_rows(document):
    keys = ("earliest_start", "earliest_finish", "latest_start", "latest_finish")
    return {task["id"]: [task[key] for key in keys] for task in document["tasks"] if task["kind"] != "summary"}


def compare(name, theirs, own):
    rows = theirs["rows"]
    missing = [each for each in own if each not in rows]
    differing = [each for each in own if each in rows and None not in own[each] and rows[each] != own[each]]
    print(f"  {name:8} {len(rows)} tasks of {len(own)}, {theirs['links']} links; missing {len(missing)}, "
          f"other dates {len(differing)}")
    for each in differing[:3]:
        print(f"    {each}: read {rows[each]}, written {own[each]}")


def xerparser(python, path):
    code = ("import sys, json; from xerparser import Xer; xer = Xer(open(sys.argv[1], encoding='cp1252', "
            "errors='replace').read()); print(json.dumps([len(xer.tasks), len(xer.relationships)]))")
    done = subprocess.run([python, "-c", code, str(path)], capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip().splitlines()[-1:]


def seconds_of_expat(text):
    """Processor time of the parser by itself: the least that reading can take on this machine; best of three."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        pyexpat.ParserCreate().Parse(text, True)
        times.append(time.process_time() - begin)
    return min(times)


def main():
    bench, program, python, *files = sys.argv[1:]
    folder = pathlib.Path("build/bench/formats")
    folder.mkdir(parents=True, exist_ok=True)
    print("reading: best of five; memory of the first")
    for path in (make(folder / "big.xml", "make_mspdi.py", 75_000), make(folder / "big.xer", "make_xer.py", 110_000)):
        subprocess.run([bench, path], check=False)
        if path.suffix == ".xml":
            print(f"{'Expat alone, nothing made of it':71} {seconds_of_expat(path.read_bytes()):.3f} s of work")
    wrong = 0
    for file in files:
        path = pathlib.Path(file)
        with tempfile.TemporaryDirectory() as place:
            written = [pathlib.Path(place) / "out.xml"]
            if path.suffix == ".xer":
                written.append(pathlib.Path(place) / "out.xer")
            document = schedule(program, file, written)
            own = own_rows(document)
            print(f"{path.name}: {len(own)} tasks")
            found = mspdi_order.judge(tree.parse(written[0]).getroot())
            wrong += len(found)
            print(f"  order    {'as documented for Project 2007' if not found else found[:5]}")
            for each in written:
                theirs, error = mpxj(python, each)
                if error:
                    print(f"  {each.suffix[1:]}: not read: {error}")
                    wrong += 1
                else:
                    compare(each.suffix[1:], theirs, own)
            if path.suffix == ".xer":
                print(f"  xerparser reads [tasks, links] {xerparser(python, written[1])}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
