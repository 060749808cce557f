#!/usr/bin/env python3
"""Writes a large file of Microsoft Project (MSPDI), as the program itself would fill it: 75,000 tasks make 88 MB.

    tools/make_mspdi.py 75000 > big.xml
"""

import sys

# What Project writes for every task and diaodu has no use for: it is most of a real file.
REST = "".join(f"<{name}>{value}</{name}>" for name, value in [
    ("CreateDate", "2024-03-01T08:00:00"), ("EffortDriven", 0), ("Recurring", 0), ("OverAllocated", 0),
    ("Estimated", 0), ("EarlyStart", "2024-03-04T08:00:00"), ("EarlyFinish", "2024-03-04T17:00:00"),
    ("LateStart", "2024-03-04T08:00:00"), ("LateFinish", "2024-03-04T17:00:00"), ("StartVariance", 0),
    ("FinishVariance", 0), ("WorkVariance", "0.00"), ("FreeSlack", 0), ("TotalSlack", 0),
    ("FixedCostAccrual", 3), ("PercentWorkComplete", 0), ("Cost", 0), ("OvertimeCost", 0),
    ("OvertimeWork", "PT0H0M0S"), ("LevelAssignments", 1), ("LevelingCanSplit", 1), ("HideBar", 0), ("Rollup", 0)])
CHAIN = 50  # every so many tasks a chain of links begins anew


def link_to(number):
    if number % CHAIN == 1:
        return ""
    return (f"<PredecessorLink><PredecessorUID>{number - 1}</PredecessorUID><Type>1</Type>"
            "<CrossProject>0</CrossProject><LinkLag>0</LinkLag><LagFormat>7</LagFormat></PredecessorLink>")


def main():
    num_tasks = int(sys.argv[1])
    write = sys.stdout.write
    write('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
          '<Project xmlns="http://schemas.microsoft.com/project"><Name>big</Name>'
          "<ScheduleFromStart>1</ScheduleFromStart><StartDate>2024-03-04T08:00:00</StartDate><Tasks>\n")
    for number in range(1, num_tasks + 1):
        write(f"<Task><UID>{number}</UID><ID>{number}</ID><Name>Task number {number}</Name><Type>1</Type>"
              f"<IsNull>0</IsNull><WBS>{number}</WBS><OutlineNumber>{number}</OutlineNumber>"
              "<OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration><DurationFormat>7</DurationFormat>"
              f"{REST}{link_to(number)}</Task>\n")
    write("</Tasks></Project>\n")


if __name__ == "__main__":
    main()
