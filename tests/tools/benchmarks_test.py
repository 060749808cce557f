#!/usr/bin/env python3
"""What the benchmark tools compute: readers, samples, gaps, verdicts, pictures, generated plans."""
import datetime
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))

import bench_peers
import bench_scale
import bench_set
import make_plan
from benchmarks import calendars, instances, mspdi_order, outcomes, picture, running
from benchmarks.outcomes import Outcome, Reference

PATTERSON = """\
4 2
5 7
0  0 0  2  2 3
3  1 2  1  4
4  5 0  1  4
0  0 0  0
"""

PSPLIB = """\
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  3
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  1   N
  - doubly constrained        :  0   D
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          1           2
   2        2          1           3
   3        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  N 1
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     4       3    0
         2     6       2    5
  3      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  N 1
    3    9
************************************************************************
"""

PROGEN_MAX = """\
1\t1\t0\t0
0\t1\t2\t1\t2\t[3]\t[0]
1\t1\t1\t0\t[-7]
2\t1\t0
0\t1\t0\t0
1\t1\t4\t2
2\t1\t0\t0
2
"""


def read(text, ending):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / f"instance{ending}"
        path.write_text(text, encoding="utf-8")
        return instances.read_instance(path)


class Readers(unittest.TestCase):
    def test_a_patterson_file_lists_durations_amounts_and_successors_from_1(self):
        instance = read(PATTERSON, ".rcp")
        self.assertEqual([modes[0].duration for modes in instance.tasks], [0, 3, 4, 0])
        self.assertEqual(instance.tasks[1][0].renewable, [1, 2])
        self.assertEqual(instance.renewable, [5, 7])
        self.assertEqual([(arc.first, arc.to) for arc in instance.arcs], [(0, 1), (0, 2), (1, 3), (2, 3)])
        self.assertEqual(instance.horizon(), 3 + 4)

    def test_a_psplib_file_has_modes_and_resources_that_are_used_up(self):
        instance = read(PSPLIB, ".mm")
        self.assertEqual([(mode.duration, mode.renewable, mode.used_up) for mode in instance.tasks[1]],
                         [(4, [3], [0]), (6, [2], [5])])
        self.assertEqual((instance.renewable, instance.used_up), ([3], [9]))
        self.assertEqual([(arc.first, arc.to, arc.lag) for arc in instance.arcs], [(0, 1, 0), (1, 2, 0)])

    def test_largest_lags_run_back_from_start_to_start(self):
        instance = read(PROGEN_MAX, ".sch")
        self.assertEqual([(arc.first, arc.to, arc.lag, arc.after_finish) for arc in instance.arcs],
                         [(0, 1, 3, False), (0, 2, 0, False), (1, 0, -7, False)])
        self.assertEqual(instance.tasks[1][0], instances.Mode(4, [2], []))
        # The source may have to wait 3 for its lag, job 1 lasts 4.
        self.assertEqual(instance.horizon(), 3 + 4)

    def test_what_the_model_does_not_know_is_refused(self):
        with self.assertRaises(instances.CannotModel):
            read("", ".xer")
        with tempfile.TemporaryDirectory() as folder:
            make_plan.make_plan(folder, tasks=3, resources=2)
            tasks = pathlib.Path(folder) / "tasks.csv"
            tasks.write_text("id,duration,deadline\nA,3h,2026-01-01\n", encoding="utf-8")
            with self.assertRaisesRegex(instances.CannotModel, "deadline"):
                instances.read_instance(folder)


class Calendar(unittest.TestCase):
    # Monday 5 January 2026; eight hours on weekdays, Wednesday off.
    calendar = calendars.Calendar(datetime.datetime(2026, 1, 5), [[(480, 720), (780, 1020)]] * 5 + [[], []],
                                  [(datetime.date(2026, 1, 7), datetime.date(2026, 1, 7))])

    def working(self, text):
        return self.calendar.working_minutes(datetime.datetime.fromisoformat(text))

    def test_only_shifts_count(self):
        self.assertEqual(self.working("2026-01-05 08:00"), 0)
        self.assertEqual(self.working("2026-01-05 12:30"), 240)
        self.assertEqual(self.working("2026-01-05 13:01"), 241)

    def test_holidays_and_weekends_do_not(self):
        self.assertEqual(self.working("2026-01-08 00:00"), 2 * 480)
        self.assertEqual(self.working("2026-01-12 08:00"), 4 * 480)  # Monday, Tuesday, Thursday, Friday


class Numbers(unittest.TestCase):
    def test_references_are_a_number_a_range_a_proof_or_the_best_of_several(self):
        def of(optimum):
            return outcomes.reference_of({"optimum": optimum})
        self.assertEqual(of("26"), Reference(26, 26, 26))
        self.assertEqual(of("42..47"), Reference(47, 42, 47))
        self.assertEqual(of("..68"), Reference(68, -math.inf, 68))
        self.assertEqual(of("unsat"), Reference(unsat=True))
        row = {"best_known": "846", "cpsat_makespan": "842", "cpsat_bound": "797", "cpo_makespan": "", "cpo_bound": "224"}
        self.assertEqual(outcomes.reference_of(row), Reference(846, 797, 842))

    def test_a_name_that_several_folders_have_is_looked_up_with_its_folder(self):
        references = {"j10/psp1.sch": "ten", "j20/psp1.sch": "twenty", "lone.sm": "bare"}
        self.assertEqual(outcomes.look_up(references, "j20", "psp1.sch"), "twenty")
        self.assertEqual(outcomes.look_up(references, "j20", "lone.sm"), "bare")
        self.assertIsNone(outcomes.look_up(references, "j30", "psp1.sch"))

    def test_samples_are_the_same_every_time_and_nested(self):
        names = [f"psp{i}.sch" for i in range(100)]
        order = outcomes.shuffled(names, "rcpsp-max/j10")
        self.assertEqual(order[:3], outcomes.shuffled(reversed(names), "rcpsp-max/j10")[:3])
        self.assertNotEqual(order, outcomes.shuffled(names, "rcpsp-max/j20"))
        self.assertEqual(outcomes.third(names, "rcpsp-max/j10"), sorted(order[:34]))  # a third of 100, rounded up

    def test_wins_ties_and_losses(self):
        ours = [Outcome(makespan=10), Outcome(makespan=12), Outcome(), Outcome(makespan=9), Outcome()]
        theirs = [Outcome(makespan=11), Outcome(makespan=12), Outcome(makespan=5), Outcome(), Outcome()]
        self.assertEqual(outcomes.wins_ties_losses([one.length for one in ours], [one.length for one in theirs]),
                         (2, 2, 1))

    def test_means_and_medians(self):
        self.assertEqual(outcomes.mean([1, 2, 6]), 3)
        self.assertEqual(outcomes.median([6, 1, 2]), 2)
        self.assertEqual(outcomes.median([4, 1, 2, 100]), 3)
        self.assertAlmostEqual(outcomes.gap(103, 100), 3.0)

    def test_the_mean_gap_begins_when_all_have_a_schedule_and_falls_with_each(self):
        quick = Outcome("optimal", 100, 100, 2.0, [(0.1, 110, 90), (1.0, 100, 100)])
        slow = Outcome("feasible", 50, 40, 9.0, [(0.2, None, 40), (0.5, 60, 40), (4.0, 50, 40)])
        curve = outcomes.mean_gap_over_time([quick, slow], [100, 50], [0.1, 0.5, 1.0, 5.0])
        self.assertEqual([moment for moment, _ in curve], [0.5, 1.0, 5.0])
        for (_, gap), expected in zip(curve, ((10 + 20) / 2, (0 + 20) / 2, 0)):
            self.assertAlmostEqual(gap, expected)
        self.assertEqual(slow.seconds_to_best(), 4.0)


class Verdicts(unittest.TestCase):
    known = Reference(47, 42, 47)

    def test_proofs_within_what_is_known_are_right(self):
        self.assertTrue(outcomes.is_right(Outcome("optimal", 47, 47), self.known))
        self.assertTrue(outcomes.is_right(Outcome("optimal", 43, 43), self.known))
        self.assertFalse(outcomes.is_right(Outcome("feasible", 47, 42), self.known))
        self.assertTrue(outcomes.is_right(Outcome("infeasible"), Reference(unsat=True)))

    def test_claims_that_cannot_be_are_named(self):
        def wrong(*claim, reference=self.known):
            return outcomes.contradictions(Outcome(*claim), reference)
        self.assertEqual(wrong("feasible", 60, 47), [])
        self.assertIn("none ends before 42", wrong("feasible", 41, 40)[0])
        self.assertIn("bound 48", wrong("feasible", 60, 48)[0])
        self.assertIn("a schedule of 47 exists", wrong("infeasible", None, None)[0])
        self.assertIn("differ", wrong("optimal", 47, 46)[0])
        self.assertIn("none exists", wrong("feasible", 60, 40, reference=Reference(unsat=True))[0])
        self.assertEqual(wrong("infeasible", 60, 70, reference=Reference(unsat=True)), [])

    def test_a_schedule_below_the_others_bound_is_a_quarrel(self):
        self.assertEqual(outcomes.quarrels(Outcome("feasible", 10, 8), Outcome("optimal", 10, 10)), [])
        self.assertEqual(len(outcomes.quarrels(Outcome("feasible", 9, 8), Outcome("optimal", 10, 10))), 1)
        self.assertEqual(len(outcomes.quarrels(Outcome("infeasible"), Outcome("optimal", 10, 10))), 1)


class Sets(unittest.TestCase):
    def test_a_folder_may_name_its_reference(self):
        self.assertEqual(bench_set.pairs(["a", "b", "r.csv", "c"]),
                         [("a", None), ("b", pathlib.Path("r.csv")), ("c", None)])

    def test_the_summary_counts_and_names_contradictions(self):
        judged = [bench_set.Judged("s/a", Outcome("optimal", 10, 10, 1.0), Reference(10, 10, 10)),
                  bench_set.Judged("s/b", Outcome("feasible", 11, 9, 2.0), Reference(10, 10, 10)),
                  bench_set.Judged("s/c", Outcome("infeasible", None, None, 1.0), Reference(unsat=True)),
                  bench_set.Judged("s/d", Outcome("infeasible", None, None, 1.0), Reference(7, 7, 7))]
        judged.append(bench_set.Judged("s/e", Outcome("unknown", None, 8, 1.0), Reference(9, 8, 9)))
        row, wrong = bench_set.summary("s", judged)
        #               instances, legal, proven, infeasible, gap (0 + 10) / 2, at best, right, missed, wrong, seconds
        self.assertEqual(row, ("s", 5, 2, 1, 2, "5.000", 1, 2, 2, 1, "6"))
        self.assertEqual(wrong, ["s/d: infeasible, but a schedule of 7 exists"])

    def test_a_record_is_gone_on_from_and_with_more_seconds_from_what_was_proven(self):
        with tempfile.TemporaryDirectory() as place:
            place = pathlib.Path(place)
            folder = place / "set"
            folder.mkdir()
            for name in ("a.sm", "b.sm", "c.sm"):
                (folder / name).write_text("")
            (place / "reference.csv").write_text("instance,optimum\na.sm,5\nb.sm,5\nc.sm,5\n")
            calls = place / "calls"
            program = place / "program"
            deeds = place / "deeds"
            deeds.write_text('{"status": "optimal", "bound": 5, "tasks": [{"id": "A", "start": 1}]}')
            program.write_text(f'#!/bin/sh\nif [ "$1" = schedule ]; then exec cat {deeds}; fi\necho "$2" >>{calls}\n'
                               'case "$2" in */a.sm) of=feasible,6,5 ;; *) of=optimal,5,5 ;; esac\n'
                               'echo instance,status,makespan,bound,seconds_to_best,seconds\necho "$2,$of,0,1"\n')
            program.chmod(0o755)

            def measure(*more, seconds="1"):
                calls.write_text("")
                command = [sys.executable, bench_set.__file__, program, folder, "--seconds", seconds,
                           "--record", place / "record.csv", *more]
                done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
                return len(calls.read_text().split()), done.stdout.splitlines()[-1].split(" | ")[1]

            self.assertEqual(measure("--minutes", "0"), (0, "0"))
            self.assertEqual(measure("--instances", "2"), (2, "2"))
            self.assertEqual(measure(), (1, "3"))
            self.assertEqual(measure(), (0, "3"))
            self.assertEqual(measure(seconds="2"), (1, "3"))  # a.sm alone was not proven
            self.assertEqual(measure(seconds="0.5"), (3, "3"))
            self.assertEqual(measure(), (0, "3"))
            # Another kernel that does the same, and one that does something else.
            for layer in bench_set.KERNEL:
                (place / "other" / layer).mkdir(parents=True)
            sources = place / "other" / "core" / "a.cpp"
            sources.write_text("int a;")
            self.assertEqual(measure("--sources", place / "other"), (0, "3"))
            self.assertEqual(measure("--sources", place / "other", seconds="3"), (1, "3"))
            self.assertEqual(measure("--sources", place / "other", "--threads", "2"), (3, "3"))
            sources.write_text("int b;")
            deeds.write_text('{"status": "optimal", "bound": 5, "tasks": [{"id": "A", "start": 2}]}')
            self.assertEqual(measure("--sources", place / "other"), (3, "3"))
            kept = (place / "record_deeds.csv").read_text().splitlines()
            self.assertEqual(len(kept), 5)  # the columns, three kernels, and one of them with two threads

    def test_the_kernel_is_known_by_its_sources(self):
        with tempfile.TemporaryDirectory() as place:
            place = pathlib.Path(place)
            for folder in ("core", "plan", "check", "solve", "report"):
                (place / folder).mkdir()
                (place / folder / "a.cpp").write_text("int a;")
            before = bench_set.kernel_of(place)
            (place / "report" / "a.cpp").write_text("int b;")
            self.assertEqual(bench_set.kernel_of(place), before)
            (place / "solve" / "a.cpp").write_text("int b;")
            self.assertNotEqual(bench_set.kernel_of(place), before)


class Races(unittest.TestCase):
    races = [bench_peers.Race(bench_peers.Entry(None, name, Reference(100)), ours, theirs) for name, ours, theirs in (
        ("a", Outcome("optimal", 100, 100, 1.0, [(0.5, 100, 100)]), Outcome("feasible", 102, 90, 9.0, [(3.0, 102, 90)])),
        ("b", Outcome("feasible", 104, 90, 9.0, [(1.5, 104, 90)]), Outcome("optimal", 104, 104, 5.0, [(1.0, 104, 90)])),
    )]

    def test_the_report_compares(self):
        text = "\n".join(bench_peers.report(self.races))
        self.assertIn("| 2.000 % | 3.000 % |", text)  # (0 + 4) / 2 and (2 + 4) / 2
        self.assertIn("| 1.00 (1.00) | 2.00 (2.00) |", text)
        self.assertIn("by makespan: 1 / 1 / 0", text)
        self.assertIn("by bound: 1 / 0 / 1", text)
        self.assertIn("better or equal 100.0 %, strictly better 50.0 %", text)

    def test_without_a_reference_the_best_of_the_race_is_the_best_known(self):
        race = bench_peers.Race(bench_peers.Entry(None, "c", Reference()), Outcome("feasible", 9, 1), Outcome())
        self.assertEqual(race.best, 9)

    def test_diaodus_document_becomes_periods_minutes_or_working_minutes(self):
        document = {"status": "feasible", "start": 0, "finish": 14, "bound": 11, "seconds": 2.0,
                    "log": [{"seconds": 0.5, "finish": 16, "bound": 11}, {"seconds": 1.0, "finish": 14, "bound": 11}]}
        self.assertEqual(running.outcome_of(document),
                         Outcome("feasible", 14, 11, 2.0, [(0.5, 16, 11), (1.0, 14, 11)]))
        document = {"status": "feasible", "start": "2026-01-05 00:00", "finish": "2026-01-06 12:00",
                    "bound": "2026-01-05 12:00", "seconds": 2.0, "log": []}
        self.assertEqual(running.outcome_of(document), Outcome("feasible", 36 * 60, 12 * 60, 2.0, []))
        self.assertEqual(running.outcome_of(document, Calendar.calendar), Outcome("feasible", 12 * 60, 4 * 60, 2.0, []))

    def test_peak_memory_is_the_childs_and_not_ours(self):
        ballast = bytearray(200_000_000)
        for at in range(0, len(ballast), 4096):
            ballast[at] = 1
        took, document = running.run([sys.executable, "-S", "-c", "print('[1]')"], 60)
        self.assertEqual(document, [1])
        self.assertLess(took["peak_bytes"], 100_000_000)


class Picture(unittest.TestCase):
    def test_it_is_xml_with_a_labelled_line_a_solver(self):
        svg = picture.draw([("diaodu", [(0.01, 9.0), (1.0, 2.0)]), ("CP-SAT", [(0.1, 9.0), (1.0, 2.1)])],
                           "Gap <over> time", "2 instances", 0.01, 1.0)
        root = xml.etree.ElementTree.fromstring(svg)
        space = "{http://www.w3.org/2000/svg}"
        self.assertEqual(len(root.findall(f"{space}polyline")), 2)
        texts = [each.text for each in root.iter(f"{space}text")]
        for wanted in ("diaodu", "CP-SAT", "2.00 %", "2.10 %", "Gap <over> time", "0.01 s", "1 s"):
            self.assertIn(wanted, texts)

    def test_labels_keep_their_order_and_their_distance(self):
        self.assertEqual(picture.apart([100, 90, 300], 34), [124, 90, 300])

    def test_ticks_are_round_and_cover(self):
        self.assertEqual(picture.ticks(9), [0, 2, 4, 6, 8, 10])
        self.assertEqual(picture.ticks(0.25), [0, 0.05, 0.1, 0.15, 0.2, 0.25])

    def test_a_gap_holds_until_the_next(self):
        self.assertEqual(picture.stairs([(1, 5), (2, 5), (3, 4)]), [(1, 5), (2, 5), (3, 5), (3, 4)])


class Plans(unittest.TestCase):
    def test_order_strength_is_the_share_of_ordered_pairs(self):
        before = make_plan.links_within(40, 12, 7)
        ancestors = []
        for predecessors in before:  # the slow twin: sets
            ancestors.append(set(predecessors).union(*(ancestors[each] for each in predecessors)))
        pairs = sum(map(len, ancestors))
        self.assertAlmostEqual(make_plan.order_strength(before), pairs / (40 * 39 / 2))
        self.assertEqual(make_plan.order_strength([(), (0,), (1,)]), 1.0)
        self.assertEqual(make_plan.order_strength([(), (), ()]), 0.0)

    def test_the_wanted_order_strength_is_found(self):
        for wanted in (0.3, 0.6, 0.9):
            self.assertAlmostEqual(make_plan.links_of_strength(600, wanted, 1)[0], wanted, delta=0.03)

    def test_peaks_are_those_of_the_earliest_schedule(self):
        # A from 0 to 3, B after it from 3 to 5, C from 0 to 4: of the resource 2, 4 and 1.
        demands = [{0: 2}, {0: 4}, {0: 1}]
        self.assertEqual(make_plan.peaks([3, 2, 4], [(), (0,), ()], demands, 1), [4 + 1])
        self.assertEqual(make_plan.capacities_of([3, 2, 4], [(), (0,), ()], demands, 1, 0), [4])
        self.assertEqual(make_plan.capacities_of([3, 2, 4], [(), (0,), ()], demands, 1, 1), [5])

    def test_the_same_seed_writes_the_same_plan_and_the_peer_reads_it(self):
        with tempfile.TemporaryDirectory() as place:
            place = pathlib.Path(place)
            for name in ("a", "b"):
                make_plan.make_plan(place / name / "plan", tasks=60, resources=5, factor=0.4, calendars=1, seed=3)
            for path in (place / "a" / "plan").iterdir():
                self.assertEqual(path.read_bytes(), (place / "b" / "plan" / path.name).read_bytes())
            instance = instances.read_instance(place / "a" / "plan")
            self.assertEqual((len(instance.tasks), len(instance.renewable)), (60, 5))
            self.assertEqual({modes[0].duration % 60 for modes in instance.tasks}, {0})
            amounts = [amount for (mode,) in instance.tasks for amount in mode.renewable if amount]
            self.assertEqual(len(amounts), 60 * 2)  # 0.4 of 5 resources each
            # From Monday to the next: five days of eight hours.
            monday = datetime.datetime(2026, 1, 12)
            self.assertEqual(instance.calendar.working_minutes(monday), 5 * 480)

    @unittest.skipUnless(os.environ.get("DIAODU_PROGRAM"), "DIAODU_PROGRAM names no program")
    def test_diaodu_finds_nothing_wrong_with_generated_plans(self):
        for num_calendars in (0, 1, 8):
            with self.subTest(num_calendars), tempfile.TemporaryDirectory() as folder:
                make_plan.make_plan(folder, tasks=200, resources=10, factor=0.3, calendars=num_calendars)
                check = subprocess.run([os.environ["DIAODU_PROGRAM"], "check", folder, "--lang", "en"],
                                       capture_output=True, text=True)
                self.assertEqual(check.returncode, 0, check.stdout + check.stderr)

    def test_what_was_not_found_is_a_dash(self):
        took = {"killed": False, "peak_bytes": 12e6, "seconds": 5.0}
        self.assertEqual(bench_scale.row_of(10, 0, "CP-SAT", took, Outcome(bound=4)),
                         (10, 0, "CP-SAT", "unknown", "—", "—", "12", "5.0", "—", "4", "—"))
        outcome = Outcome("feasible", 100, 90, 5.0, [(0.1, None, 80), (0.25, 110, 80), (2.0, 100, 90)])
        self.assertEqual(bench_scale.row_of(10, 0, "diaodu", took, outcome)[4:], ("0.25", "2.00", "12", "5.0", "100",
                                                                                 "90", "10.00"))


class MspdiOrder(unittest.TestCase):
    def judge(self, task):
        return mspdi_order.judge(xml.etree.ElementTree.fromstring(f"<Project><Tasks><Task>{task}</Task></Tasks></Project>"))

    def test_order_names_and_types_are_told(self):
        self.assertEqual(self.judge("<UID>1</UID><ID>1</ID><Name>a</Name><Start>2024-01-01T08:00:00</Start>"), [])
        self.assertEqual(self.judge("<UID>1</UID><Name>a</Name><ID>1</ID>"), ["Task: ID after Name"])
        self.assertEqual(self.judge("<UID>1</UID><Foo/>"), ["Task: Foo is not known"])
        self.assertEqual(self.judge("<UID>1</UID><Duration>3 days</Duration>"), ["Task: Duration is '3 days'"])


if __name__ == "__main__":
    unittest.main()
