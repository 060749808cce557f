#!/usr/bin/env python3
"""Plants one offence of each kind in a small project and asks tools/check_findings.py to name it."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECKER = Path(__file__).parent.parent.parent / "tools" / "check_findings.py"

SOUND = {
    "src/diaodu/plan/finding_kinds.inc": """// --- cells
DIAODU_FINDING(bad_date, error,
               "'{0}' is no date",
               "“{0}”不是日期",
               "write it", "请填写")
DIAODU_FINDING(schedule_rejected, error,
               "the check says \\"no\\"",
               "校验不接受", "", "")
""",
    "src/diaodu/formats/cells.cpp": "add(found::bad_date, where); add(found::schedule_rejected, {});\n",
    "tests/a_test.cpp": 'EXPECT_EQ(found_in(x), Lines{"tasks.csv:3:2 bad_date"});\nASSERT(code != "schedule_rejected");\n',
}


def run(files, *words):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "docs").mkdir()
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        said = [subprocess.run([sys.executable, CHECKER, folder, *each], capture_output=True, text=True)
                for each in words]
        page = Path(folder) / "docs/findings.md"
        return [each.stdout.splitlines() for each in said], page.read_text(encoding="utf-8") if page.exists() else None


def changed(name, old, new):
    assert old in SOUND[name]
    return {**SOUND, name: SOUND[name].replace(old, new)}


class CheckFindings(unittest.TestCase):
    def test_a_sound_project_passes_once_its_page_is_written(self):
        said, page = run(SOUND, ["--update"], [])
        self.assertEqual(said, [[], []])
        self.assertIn("## Cells", page)
        self.assertIn("| `bad_date` | error 错误 | '{0}' is no date<br>“{0}”不是日期 | write it<br>请填写 |", page)
        self.assertIn('the check says "no"<br>', page)

    def test_every_planted_offence_is_named(self):
        table, source, test = SOUND
        for files, expected in [
                (changed(source, "found::bad_date", "found::good_date"), "bad_date: nothing in src produces it"),
                (changed(test, "bad_date", "good_date"), "bad_date: no test expects it"),
                (changed(test, "EXPECT_EQ(found_in(x), Lines{", "EXPECT_FALSE(has({"), "bad_date: no test expects it"),
                (changed(test, "!=", "=="), "schedule_rejected: no test expects that it does not come"),
                (changed(table, "“{0}”不是", "不是"), "bad_date: its two languages tell different words of the case"),
                (changed(table, "// --- cells\n", ""), "bad_date: stands in no section"),
                (changed(table, '"请填写")', ")"), "finding_kinds.inc: 1 of 2 kinds can be read")]:
            with self.subTest(expected):
                self.assertIn(expected, run(files, ["--update"])[0][0])

    def test_a_page_that_is_missing_or_not_the_tables_is_named(self):
        stale = "docs/findings.md is not what the table says; run tools/check_findings.py --update"
        self.assertEqual(run(SOUND, [])[0], [[stale]])
        self.assertEqual(run({**SOUND, "docs/findings.md": "# Findings\n"}, [])[0], [[stale]])


if __name__ == "__main__":
    unittest.main()
