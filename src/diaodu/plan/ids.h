#pragma once

#include "diaodu/core/id.h"

namespace diaodu {

using CalendarId = Id<struct CalendarTag>;
using DecisionId = Id<struct DecisionTag>;
using DemandId = Id<struct DemandTag>;
using DutyId = Id<struct DutyTag>;
using GroupId = Id<struct GroupTag>;
using LaboratoryId = Id<struct LaboratoryTag>;
using LinkId = Id<struct LinkTag>;
using ModeId = Id<struct ModeTag>;
using PersonId = Id<struct PersonTag>;
using PlaceId = Id<struct PlaceTag>;
using ResourceId = Id<struct ResourceTag>;
using RouteId = Id<struct RouteTag>;
using SkillId = Id<struct SkillTag>;
using TargetId = Id<struct TargetTag>;
using TaskId = Id<struct TaskTag>;
using TeamId = Id<struct TeamTag>;
using VisitId = Id<struct VisitTag>;

}  // namespace diaodu
