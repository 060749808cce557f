#pragma once

#include "diaodu/core/id.h"

namespace diaodu {

using CalendarId = Id<struct CalendarTag>;
using DecisionId = Id<struct DecisionTag>;
using DemandId = Id<struct DemandTag>;
using GroupId = Id<struct GroupTag>;
using LinkId = Id<struct LinkTag>;
using ModeId = Id<struct ModeTag>;
using PersonId = Id<struct PersonTag>;
using PlaceId = Id<struct PlaceTag>;
using ResourceId = Id<struct ResourceTag>;
using RouteId = Id<struct RouteTag>;
using SkillId = Id<struct SkillTag>;
using TargetId = Id<struct TargetTag>;
using TaskId = Id<struct TaskTag>;

}  // namespace diaodu
