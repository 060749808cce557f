"""In which order, and as what, elements stand in a file that Project 2007 reads.

The names are those of the documented interchange format (Project 2007 SDK, "XML Schema for the Project Element" and its
neighbours); `Active` and `Manual`, which Project 2010 added after `Name`, are known too.
"""

import re

PROJECT = """SaveVersion UID Name Title Subject Category Company Manager Author CreationDate Revision LastSaved
ScheduleFromStart StartDate FinishDate FYStartDate CriticalSlackLimit CurrencyDigits CurrencySymbol CurrencyCode
CurrencySymbolPosition CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth
DefaultTaskType DefaultFixedCostAccrual DefaultStandardRate DefaultOvertimeRate DurationFormat WorkFormat
EditableActualCosts HonorConstraints EarnedValueMethod InsertedProjectsLikeSummary MultipleCriticalPaths
NewTasksEffortDriven NewTasksEstimated SplitsInProgressTasks SpreadActualCost SpreadPercentComplete
TaskUpdatesResource FiscalYearStart WeekStartDay MoveCompletedEndsBack MoveRemainingStartsBack
MoveRemainingStartsForward MoveCompletedEndsForward BaselineForEarnedValue AutoAddNewResourcesAndTasks StatusDate
CurrentDate MicrosoftProjectServerURL Autolink NewTaskStartDate DefaultTaskEVMethod ProjectExternallyEdited
ExtendedCreationDate ActualsInSync RemoveFileProperties AdminProject OutlineCodes WBSMasks ExtendedAttributes
Calendars Tasks Resources Assignments""".split()

TASK = """UID ID Name Active Manual Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel Priority
Start Finish Duration ManualStart ManualFinish ManualDuration DurationFormat Work Stop Resume ResumeValid EffortDriven
Recurring OverAllocated Estimated Milestone Summary Critical IsSubproject IsSubprojectReadOnly SubprojectName
ExternalTask ExternalTaskProject EarlyStart EarlyFinish LateStart LateFinish StartVariance FinishVariance WorkVariance
FreeSlack TotalSlack FixedCost FixedCostAccrual PercentComplete PercentWorkComplete Cost OvertimeCost OvertimeWork
ActualStart ActualFinish ActualDuration ActualCost ActualOvertimeCost ActualWork ActualOvertimeWork RegularWork
RemainingDuration RemainingCost RemainingWork RemainingOvertimeCost RemainingOvertimeWork ACWP CV ConstraintType
CalendarUID ConstraintDate Deadline LevelAssignments LevelingCanSplit LevelingDelay LevelingDelayFormat
PreLeveledStart PreLeveledFinish Hyperlink HyperlinkAddress HyperlinkSubAddress IgnoreResourceCalendar Notes HideBar
Rollup BCWS BCWP PhysicalPercentComplete EarnedValueMethod PredecessorLink ActualWorkProtected
ActualOvertimeWorkProtected ExtendedAttribute Baseline OutlineCode IsPublished StatusManager CommitmentStart
CommitmentFinish CommitmentType TimephasedData""".split()

ORDER = {
    "Project": PROJECT,
    "Task": TASK,
    "Calendar": "UID Name IsBaseCalendar BaseCalendarUID WeekDays Exceptions WorkWeeks".split(),
    "WeekDay": "DayType DayWorking TimePeriod WorkingTimes".split(),
    "WorkingTime": "FromTime ToTime".split(),
    "TimePeriod": "FromDate ToDate".split(),
    "PredecessorLink": "PredecessorUID Type CrossProject CrossProjectName LinkLag LagFormat".split(),
}

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
TYPES = {
    re.compile(r"(Early|Late|Actual)?(Start|Finish)(Date)?|ConstraintDate|Deadline|StatusDate|FromDate|ToDate"): DATE,
    re.compile(r"(Remaining|Manual)?Duration|Work"): re.compile(r"PT\d+H\d+M\d+S"),
    re.compile(r"\w*UID|ID|OutlineLevel|Priority|LinkLag|\w+Slack|\w+Format|DayType|PercentComplete|ConstraintType"):
        re.compile(r"-?\d+"),
    re.compile(r"Milestone|Summary|Critical|IsNull|Estimated|EffortDriven|IsBaseCalendar|Manual|Active|DayWorking"):
        re.compile(r"[01]"),
}


def local(name):
    return name.rpartition("}")[2]


def judge(element, found=None):
    """All that is out of order, unknown, or not of its type: `Task 3: Name after Type`."""
    found = [] if found is None else found
    name = local(element.tag)
    order = ORDER.get(name)
    last = -1
    for child in element:
        of = local(child.tag)
        if order is not None:
            place = order.index(of) if of in order else None
            if place is None:
                found.append(f"{name}: {of} is not known")
            elif place < last:
                found.append(f"{name}: {of} after {order[last]}")
            else:
                last = place
        if len(child) == 0 and child.text:
            for names, values in TYPES.items():
                if names.fullmatch(of) and not values.fullmatch(child.text.strip()):
                    found.append(f"{name}: {of} is {child.text!r}")
        judge(child, found)
    return found
