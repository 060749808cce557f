#include "diaodu/report/names.h"

namespace diaodu::report {

std::string_view name_of(solve::ProofOutcome::Kind kind) {
  using Kind = solve::ProofOutcome::Kind;
  switch (kind) {
    case Kind::not_asked:
      return "not_asked";
    case Kind::written:
      return "written";
    case Kind::cut:
      return "cut";
    case Kind::links_alone:
      return "links_alone";
    case Kind::form:
      return "form";
    case Kind::size:
      return "size";
  }
  return {};
}

std::string_view name_of(forecast::TargetOutlook::Source source) {
  switch (source) {
    case forecast::TargetOutlook::Source::none:
      return "none";
    case forecast::TargetOutlook::Source::figures:
      return "figures";
    case forecast::TargetOutlook::Source::children:
      return "children";
  }
  return {};
}

std::string_view name_of(solve::Status status) {
  switch (status) {
    case solve::Status::optimal:
      return "optimal";
    case solve::Status::feasible:
      return "feasible";
    case solve::Status::infeasible:
      return "infeasible";
    case solve::Status::unknown:
      return "unknown";
  }
  return {};
}

std::string_view name_of(solve::LowerBound::Kind kind) {
  switch (kind) {
    case solve::LowerBound::Kind::critical_path:
      return "critical_path";
    case solve::LowerBound::Kind::resource_load:
      return "resource_load";
    case solve::LowerBound::Kind::packing:
      return "packing";
    case solve::LowerBound::Kind::search:
      return "search";
  }
  return {};
}

std::string_view name_of(solve::Reason::Kind kind) {
  switch (kind) {
    case solve::Reason::Kind::plan_start:
      return "plan_start";
    case solve::Reason::Kind::data_date:
      return "data_date";
    case solve::Reason::Kind::link:
      return "link";
    case solve::Reason::Kind::resource:
      return "resource";
    case solve::Reason::Kind::calendar:
      return "calendar";
    case solve::Reason::Kind::start_date:
      return "start_date";
    case solve::Reason::Kind::finish_date:
      return "finish_date";
    case solve::Reason::Kind::mandatory:
      return "mandatory";
    case solve::Reason::Kind::as_late_as_possible:
      return "as_late_as_possible";
    case solve::Reason::Kind::record:
      return "record";
    case solve::Reason::Kind::children:
      return "children";
    case solve::Reason::Kind::choice:
      return "choice";
    case solve::Reason::Kind::baseline:
      return "baseline";
    case solve::Reason::Kind::left_out:
      return "left_out";
  }
  return {};
}

std::string_view name_of(Objective objective) {
  switch (objective) {
    case Objective::finish:
      return "finish";
    case Objective::tardiness:
      return "tardiness";
    case Objective::stability:
      return "stability";
  }
  return {};
}

std::string_view name_of(TaskKind kind) {
  switch (kind) {
    case TaskKind::task:
      return "task";
    case TaskKind::summary:
      return "summary";
    case TaskKind::start_milestone:
      return "start_milestone";
    case TaskKind::finish_milestone:
      return "finish_milestone";
    case TaskKind::hammock:
      return "hammock";
  }
  return {};
}

std::string_view name_of(LinkType type) {
  switch (type) {
    case LinkType::finish_to_start:
      return "FS";
    case LinkType::start_to_start:
      return "SS";
    case LinkType::finish_to_finish:
      return "FF";
    case LinkType::start_to_finish:
      return "SF";
  }
  return {};
}

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return {};
}

std::string_view name_of(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::people:
      return "people";
    case ResourceKind::machine:
      return "machine";
    case ResourceKind::material:
      return "material";
    case ResourceKind::money:
      return "money";
    case ResourceKind::reservoir:
      return "reservoir";
  }
  return {};
}

std::string_view name_of(Scale scale) {
  switch (scale) {
    case Scale::period:
      return "period";
    case Scale::day:
      return "day";
    case Scale::week:
      return "week";
    case Scale::month:
      return "month";
    case Scale::quarter:
      return "quarter";
    case Scale::year:
      return "year";
  }
  return {};
}

}  // namespace diaodu::report
