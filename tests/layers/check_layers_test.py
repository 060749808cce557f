#!/usr/bin/env python3
"""Plants one offence of each kind in a small tree and asks tools/check_layers.py to name them all."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECKER = Path(__file__).parent.parent.parent / "tools" / "check_layers.py"

INNOCENT = {
    "core/budget.h": "#include <chrono>\nusing Clock = std::chrono::steady_clock;\n",
    "plan/plan.h": '#include <vector>\n#include "diaodu/core/id.h"\n',
    "formats/zones.cpp": "#include <date/tz.h>\n#include <filesystem>\n",
    "plan/words.cpp": '// printf("no"); exit(1);\nconst char* text = "std::cout << abort()";\nint x = 1\'000;\n',
    "plan/digits.cpp": "#include <cstdio>\nint n = std::snprintf(nullptr, 0, \"%d\", 3);\nbool b = reader.exit(3);\n",
    "cli/main.cpp": '#include "diaodu/serve/api.h"\n#include <ctime>\nint main() { std::exit(0); }\n',
}

GUILTY = {  # the offence stands in the line that says so
    "core/clockwork.cpp": "int a;\nauto now = std::chrono::system_clock::now();\n",
    "plan/dated.cpp": "int a;\n#include <ctime>\n",
    "core/upwards.h": '#include <vector>\n#include "diaodu/plan/plan.h"\n',
    "check/biased.cpp": 'int a;\n#include "diaodu/solve/network.h"\n',
    "forecast/sideways.cpp": 'int a;\n#include "diaodu/dispatch/team.h"\n',
    "report/outward.cpp": 'int a;\n#include "diaodu/cli/main.h"\n',
    "formats/foreign.h": "#include <string>\n#include <toml++/toml.h>\n",
    "plan/own.h": '#include <string>\n#include "tomlplusplus.h"\n',
    "solve/loud.cpp": "int a;\nvoid f() { std::cout << 1; }\n",
    "formats/printing.cpp": "/* a comment\n*/ void f() { printf(\"x\"); }\n",
    "plan/quitting.cpp": "int a;\nvoid f() { std::exit(1); }\n",
    "track/aborting.cpp": "int a;\nvoid f() { abort(); }\n",
    "solve/reading.cpp": "int a;\nstd::ifstream file;\n",
    "attic/old.cpp": "int a;\nint b;\n",
}


def check(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        run = subprocess.run([sys.executable, CHECKER, folder], capture_output=True, text=True)
        lines = [line.removeprefix(folder + "/") for line in run.stdout.splitlines()]
        return run.returncode, lines


class CheckLayers(unittest.TestCase):
    def test_innocent_code_passes(self):
        self.assertEqual(check(INNOCENT), (0, []))

    def test_every_planted_offence_is_named_with_its_line(self):
        for name, text in GUILTY.items():
            with self.subTest(name):
                code, lines = check({**INNOCENT, name: text})
                line = 1 if name.startswith("attic/") else 2
                self.assertEqual(code, 1)
                self.assertEqual([each.rsplit(": ", 1)[0].split(": ")[0] for each in lines], [f"{name}:{line}"])

    def test_a_folder_without_sources_does_not_pass(self):
        self.assertEqual(check({})[0], 1)


if __name__ == "__main__":
    unittest.main()
