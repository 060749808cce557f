#include <algorithm>

#include "diaodu/formats/sheet.h"
#include "diaodu/formats/tjp_parser.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

using Kind = TjpToken::Kind;

constexpr Words kTooDeep{"tasks within tasks", "层任务嵌套"};
constexpr Words kTasks{"tasks", "任务"};
constexpr Words kAllocations{"allocations of a task", "项资源分配"};

constexpr std::size_t kMostAllocations = 100;  // of a task, and alternatives of each
constexpr std::size_t kMostTasks = 1'000'000;

std::size_t size_of(const TjpAllocation& allocation) {
  std::size_t num_bytes = sizeof allocation + allocation.shifts.size() * sizeof(TjpOnShift);
  for (const std::string& candidate : allocation.candidates)
    num_bytes += sizeof candidate + candidate.size();
  return num_bytes;
}

}  // namespace

void TjpParser::read_task(std::size_t parent, int depth) {
  TjpTask task;
  task.where = here();
  const bool has_id = next().kind == Kind::name;
  std::string own = has_id ? std::string(take().letters) : std::string();
  task.name = take_text();
  if (!has_id) {
    own = task.name.empty() ? "task " + std::to_string(document_.tasks.size() + 1) : task.name;
    std::replace(own.begin(), own.end(), '.', '_');
  }
  task.parent = parent;
  if (parent != kNoTjpParent) {
    TjpTask& above = document_.tasks[parent];
    above.has_children = true;
    task.id = above.id + '.' + own;
    std::size_t num_bytes = task.id.size() + above.owner.size();
    for (const TjpAllocation& allocation : above.allocations) num_bytes += size_of(allocation);
    if (!may_inherit(num_bytes, task.where)) {
      if (take('{')) skip_block();
      return;
    }
    task.allocations = above.allocations;
    task.owner = above.owner;
    task.priority = above.priority;
    task.is_as_late_as_possible = above.is_as_late_as_possible;
    task.has_own_direction = above.has_own_direction;
  } else {
    task.id = own;
  }
  if (document_.tasks.size() == kMostTasks) {
    findings().add(found::too_many, task.where, {std::to_string(kMostTasks), kTasks});
    if (take('{')) skip_block();
    return;
  }
  if (depth > kMostDepth || task.id.size() > kLongestTjpId) {
    findings().add(found::too_many, task.where, {std::to_string(kMostDepth), kTooDeep});
    if (take('{')) skip_block();
    return;
  }
  const std::size_t place = document_.tasks.size();
  if (const auto [known, is_new] = task_of_.insert({task.id, place}); !is_new) {
    findings().add(found::duplicate_id, task.where,
                   {task.id, std::to_string(document_.tasks[known->second].where.line)});
    if (take('{')) skip_block();
    return;
  }
  document_.tasks.push_back(std::move(task));
  read_task_block(place, depth);
}

void TjpParser::read_task_block(std::size_t place, int depth) {
  block([&](const TjpToken& first) {
    const auto [key, is_named, is_wanted] = attribute(first);
    if (key.is("task")) return read_task(place, depth + 1);
    if (key.is("booking")) return read_booking(document_.tasks[place].id, "", is_wanted);
    TjpTask other;
    other.id = document_.tasks[place].id;
    TjpTask& task = is_wanted ? document_.tasks[place] : other;
    if (is_named) {  // takes the place of what is said of all scenarios
      if (key.is("effort")) task.effort.reset();
      if (key.is("length")) task.length.reset();
      if (key.is("duration")) task.duration.reset();
    }
    read_attribute(key, task);
  });
}

void TjpParser::set_once(std::optional<std::int64_t>& value, const TjpToken& key, bool is_work,
                         const TjpTask& task) {
  const auto read = take_duration(is_work);
  if (value) {
    constexpr Words kTwice{"its length is given twice", "工期重复给出"};
    findings().add(found::tjp_contradiction, where(key), {task.id, kTwice});
  }
  value = read;
}

void TjpParser::read_attribute(const TjpToken& key, TjpTask& task) {
  if (read_span(key, task)) return;
  if (key.is("effort")) {
    set_once(task.effort, key, true, task);
  } else if (key.is("length")) {
    set_once(task.length, key, true, task);
  } else if (key.is("duration")) {
    set_once(task.duration, key, false, task);
  } else if (key.is("effortdone")) {
    task.effort_done = take_duration(true);
  } else if (key.is("milestone")) {
    task.is_milestone = true;
  } else if (key.is("scheduled")) {
    task.is_scheduled = true;
  } else if (key.is("priority")) {
    task.priority = std::clamp<std::int64_t>(take_number(0).value_or(500), 0, 1000);
  } else if (key.is("limits")) {
    task.limits = take_limits();
  } else if (key.is("note")) {
    task.note = take_text();
  } else if (key.is("responsible")) {
    task.owner = take_name();
    while (take(',')) task.owner += ", " + take_name();
  } else if (key.is("allocate")) {
    read_allocations(task);
  } else if (key.is("purge")) {
    purge(task);
  } else {
    skip(key);
  }
}

/// Dates and links; the last of them says in which direction the task is scheduled, unless it says so itself.
bool TjpParser::read_span(const TjpToken& key, TjpTask& task) {
  const auto lean = [&task](bool is_late) {
    if (!task.has_own_direction) task.is_as_late_as_possible = is_late;
  };
  if (key.is("start")) {
    task.start = take_date();
    lean(false);
  } else if (key.is("end")) {
    task.end = take_date();
    lean(!task.start);
  } else if (key.is("period")) {
    if (const auto interval = take_interval()) {
      task.start = interval->from;
      task.end = interval->to;
    }
  } else if (key.is("scheduling")) {
    task.is_as_late_as_possible = next().is("alap");
    task.has_own_direction = true;
    take_name();
  } else if (key.is("maxend")) {
    task.max_end = take_date();
  } else if (key.is("maxstart")) {
    task.max_start = take_date();
  } else if (key.is("minstart")) {
    task.min_start = take_date();
  } else if (key.is("minend")) {
    task.min_end = take_date();
  } else if (key.is("depends")) {
    read_links(task, task.depends, "onstart");
    lean(false);
  } else if (key.is("precedes")) {
    read_links(task, task.precedes, "onend");
    lean(!task.start);
  } else {
    return false;
  }
  return true;
}

/// `purge allocate`, `purge s2:allocate`: what was inherited is not wanted.
void TjpParser::purge(TjpTask& task) {
  const auto [what, is_named, is_wanted] = attribute(take());
  if (!is_wanted) return;
  if (what.is("allocate")) {
    task.allocations.clear();
  } else if (what.is("depends")) {
    task.depends.clear();
  } else if (what.is("precedes")) {
    task.precedes.clear();
  } else if (what.is("limits")) {
    task.limits.clear();
  } else {
    tell_not_read(what);
  }
}

void TjpParser::read_allocations(TjpTask& task) {
  do {
    TjpAllocation allocation;
    allocation.where = here();
    allocation.candidates.push_back(take_name());
    block([&](const TjpToken& key) {
      if (key.is("alternative")) {
        do {
          std::string candidate = take_name();
          if (allocation.candidates.size() < kMostAllocations)
            allocation.candidates.push_back(std::move(candidate));
        } while (take(','));
      } else if (key.is("mandatory")) {
        allocation.is_mandatory = true;
      } else if (key.is("shifts") || key.is("shift")) {
        for (TjpOnShift& on : take_shifts()) allocation.shifts.push_back(std::move(on));
      } else if (!key.is("persistent")) {
        skip(key);
      }
    });
    if (task.allocations.size() == kMostAllocations) {
      findings().add(found::too_many, allocation.where,
                     {std::to_string(kMostAllocations), kAllocations});
      continue;
    }
    if (!allocation.candidates.front().empty()) task.allocations.push_back(std::move(allocation));
  } while (take(','));
}

void TjpParser::read_links(const TjpTask& task, std::vector<TjpLink>& links,
                           std::string_view other_end) {
  do {
    TjpLink link;
    link.where = here();
    std::size_t num_up = 0;
    while (take('!')) ++num_up;
    const std::string path = take_path();
    if (path.empty()) return;
    link.target = num_up == 0 ? path : relative(task, num_up, path);
    block([&](const TjpToken& key) {
      if (key.is("gapduration")) {
        link.gap_clock = take_duration(false).value_or(0);
      } else if (key.is("gaplength")) {
        link.gap_work = take_duration(true).value_or(0);
      } else if (key.is("onstart") || key.is("onend")) {
        link.is_other_end = key.is(other_end);
      } else {
        skip(key);
      }
    });
    links.push_back(std::move(link));
  } while (take(','));
}

std::string TjpParser::relative(const TjpTask& task, std::size_t num_up,
                                const std::string& path) const {
  std::string scope = task.id;
  for (std::size_t i = 0; i < num_up; ++i) {
    const std::size_t dot = scope.rfind('.');
    scope = dot == std::string::npos ? "" : scope.substr(0, dot);
  }
  return scope.empty() ? path : scope + '.' + path;
}

void TjpParser::read_booking(const std::string& of_task, const std::string& of_resource,
                             bool is_wanted) {
  TjpBooking booking{.task = of_task, .resource = of_resource, .intervals = {}, .where = here()};
  (of_task.empty() ? booking.task : booking.resource) = take_path();
  do {
    if (const auto interval = take_interval()) booking.intervals.push_back(*interval);
  } while (take(','));
  block([&](const TjpToken& key) {
    if (key.is("overtime")) {
      booking.overtime =
          static_cast<int>(std::clamp<std::int64_t>(take_number(0).value_or(0), 0, 2));
    } else if (key.is("sloppy")) {
      booking.sloppy = static_cast<int>(std::clamp<std::int64_t>(take_number(0).value_or(0), 0, 2));
    } else {
      skip(key);
    }
  });
  if (is_wanted) document_.bookings.push_back(std::move(booking));
}

}  // namespace diaodu::formats
