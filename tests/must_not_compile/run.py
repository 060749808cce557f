#!/usr/bin/env python3
"""Every snippet here must fail to compile, and compile with -DCONTROL: then it fails for the reason it
shows and for no other.

    tests/must_not_compile/run.py COMPILER
"""
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = HERE.parent.parent / "src"


def compiles(compiler, snippet, *flags):
    command = [compiler, "-std=c++20", "-fsyntax-only", f"-I{SOURCES}", *flags, str(snippet)]
    run = subprocess.run(command, capture_output=True, text=True)
    return run.returncode == 0, run.stderr


def judge(compiler, snippet):
    """What is wrong with the snippet; empty if it is as it should be."""
    is_fine, errors = compiles(compiler, snippet, "-DCONTROL")
    if not is_fine:
        return f"{snippet.name}: the control does not compile:\n{errors}"
    if compiles(compiler, snippet)[0]:
        return f"{snippet.name}: compiles, and must not"
    return ""


def main():
    compiler = sys.argv[1] if len(sys.argv) > 1 else "c++"
    snippets = sorted(HERE.glob("*.cpp"))
    with ThreadPoolExecutor(max_workers=2) as workers:
        wrong = [text for text in workers.map(lambda each: judge(compiler, each), snippets) if text]
    print("\n".join(wrong) or f"{len(snippets)} snippets do not compile, as they should")
    return 1 if wrong or not snippets else 0


if __name__ == "__main__":
    sys.exit(main())
