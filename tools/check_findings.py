#!/usr/bin/env python3
"""Fails when a kind of finding (src/diaodu/plan/finding_kinds.inc) is produced nowhere in the sources, expected by no
test, told with other words of the case in one language than in the other, or told otherwise by docs/findings.md.

    tools/check_findings.py [--update] [folder of the project, default this one]

A test expects a kind where it names it: `found::bad_date`, "tasks.csv:3:2 bad_date", "bad_date: 'x' is no date".  A line that
says that it is not there (EXPECT_FALSE, `, 0)`, `!=`) does not count.  --update writes docs/findings.md.  Prints each offence
and exits with 1 if there was any.
"""
import re
import sys
from collections import namedtuple
from pathlib import Path

Kind = namedtuple("Kind", "code severity en zh hint_en hint_zh section")

STRING = r'"((?:\\.|[^"\\\n])*)"'
DENIES = re.compile(r"\b(?:EXPECT|ASSERT)_FALSE\b|,\s*0U?\)\s*(?:<<|;)|!=")
ALARMS = {"schedule_rejected", "value_rejected"}  # mistakes of ours alone, which properties assert not to come
SEVERITIES = {"error": "error 错误", "warning": "warning 警告", "note": "note 提示"}

PREAMBLE = """# Findings

What `diaodu` can say about a plan, a record, a proof or a command: each kind with its code, which `--json` tells and which stays,
what is wrong, and what to do about it. `{0}` `{1}` … stand for words of the case. An error keeps `diaodu` from going on with what
it concerns, a warning says what it made of it, a note is for your information.

`diaodu` 可能给出的全部提示：代码（`--json` 输出，保持不变）、级别、问题与建议。`{0}` `{1}` 等代表具体内容。错误须先改正；警告说明已如何处理；提示仅供参考。

Written by `tools/check_findings.py --update` from [the table](../src/diaodu/plan/finding_kinds.inc).
"""


def unescaped(text):
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match.group(1), match.group(1)), text)


def kinds_of(table):
    """The kinds in their order; text outside of strings is the table's comments."""
    entry = re.compile(r"^// --- (?P<section>.*)$|^DIAODU_FINDING\((?P<code>\w+), (?P<severity>\w+),\s*" +
                       r",\s*".join([STRING] * 4) + r"\)$", re.MULTILINE)
    section = ""
    for match in entry.finditer(table):
        if match["section"]:
            section = match["section"]
            continue
        texts = [unescaped(text) for text in match.groups()[3:]]
        yield Kind(match["code"], match["severity"], *texts, section)


def words_of(sentence):
    """The numbers of the words that it leaves room for."""
    return set(re.findall(r"\{\d\}", sentence))


def named_in(source):
    """What a test's source expects and what it denies, named as kinds are named; some are no kinds."""
    named = (set(), set())
    for line in source.splitlines():
        named[DENIES.search(line) is not None].update(
            re.findall(r"\bfound::(\w+)", line), re.findall(r'(?<=[" ])\w+(?="|: )', line))
    return named


def cell(text):
    """As a cell of Markdown's tables shows it."""
    return re.sub(r"([|*<>\[\]`_])", r"\\\1", text)


def page_of(kinds):
    lines = [PREAMBLE]
    section = None
    for kind in kinds:
        if kind.section != section:
            section = kind.section
            lines.append(f"\n## {section[0].upper()}{section[1:]}\n\n| code | | what is wrong | what to do |\n| --- | --- | --- | --- |\n")
        message, hint = ("<br>".join(dict.fromkeys(map(cell, texts)))  # words of the case alone are the same in both
                         for texts in ((kind.en, kind.zh), (kind.hint_en, kind.hint_zh)))
        lines.append(f"| `{kind.code}` | {SEVERITIES[kind.severity]} | {message} | {hint.strip()} |\n")
    return "".join(lines)


def offences_of(root, update):
    table = (root / "src/diaodu/plan/finding_kinds.inc").read_text(encoding="utf-8")
    kinds = list(kinds_of(table))
    num_declared = len(re.findall(r"^DIAODU_FINDING\(", table, re.MULTILINE))
    if not kinds or len(kinds) != num_declared:
        yield f"finding_kinds.inc: {len(kinds)} of {num_declared} kinds can be read"
        return
    if not kinds[0].section:
        yield f"{kinds[0].code}: stands in no section"
        return

    produced = set()
    for path in sorted((root / "src").rglob("*.[hc]*")):
        produced |= set(re.findall(r"\bfound::(\w+)", path.read_text(encoding="utf-8")))
    tests = [path for pattern in ("*.cpp", "*.h") for path in (root / "tests").rglob(pattern)]
    expected, denied = set(), set()
    for path in sorted(tests):
        of_file = named_in(path.read_text(encoding="utf-8"))
        expected |= of_file[0]
        denied |= of_file[1]
    for kind in kinds:
        if words_of(kind.en) != words_of(kind.zh) or words_of(kind.hint_en) != words_of(kind.hint_zh):
            yield f"{kind.code}: its two languages tell different words of the case"
        if kind.code not in produced:
            yield f"{kind.code}: nothing in src produces it"
        if kind.code in ALARMS:
            if kind.code not in denied:
                yield f"{kind.code}: no test expects that it does not come"
        elif kind.code not in expected:
            yield f"{kind.code}: no test expects it"

    page = root / "docs/findings.md"
    if update:
        page.write_text(page_of(kinds), encoding="utf-8")
    elif not page.exists() or page.read_text(encoding="utf-8") != page_of(kinds):
        yield "docs/findings.md is not what the table says; run tools/check_findings.py --update"


def main():
    words = [word for word in sys.argv[1:] if word != "--update"]
    root = Path(words[0] if words else Path(__file__).parent.parent)
    offences = list(offences_of(root, "--update" in sys.argv))
    print("\n".join(offences), end="\n" if offences else "")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
