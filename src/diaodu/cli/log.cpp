#include "diaodu/cli/log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/formats/disk.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/record_table.h"
#include "diaodu/report/words.h"
#include "diaodu/track/ledger.h"
#include "diaodu/track/signed_head.h"
#include "diaodu/track/verify.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

bool is_about(const track::Entry& entry, const Options& options) {
  const std::string_view subject = track::subject_of(entry.fact);
  return !subject.empty() && (subject == options.task || subject == options.target);
}

/// The entries known at `as_of` that are asked for, and what corrects or withdraws them.
report::RecordRows rows_of(const track::Ledger& ledger, const Options& options, Instant as_of) {
  const bool is_all = options.task.empty() && options.target.empty();
  report::RecordRows rows;
  std::set<std::uint64_t> shown;
  ledger.read(
      [&](track::Entry&& entry) {
        if (entry.replaces > 0) rows.replaced_by[entry.replaces] = entry.sequence;
        if (!is_all && !is_about(entry, options) && !shown.contains(entry.replaces)) return true;
        shown.insert(entry.sequence);
        rows.entries.push_back(std::move(entry));
        return true;
      },
      as_of);
  return rows;
}

/// All bytes of a file that is named by an option; nothing, after a finding, where it cannot be read.
std::optional<std::string> bytes_of_file(const std::string& name, Findings& findings) {
  return formats::read_file(path_of(name), name, findings);
}

/// Writes a file that must not be there yet, for its owner's eyes only if it is secret.
void write_new(const std::filesystem::path& path, std::string_view bytes, bool is_secret) {
  const mode_t mode = is_secret ? 0600 : 0644;
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  const auto demand = [&path](bool holds) {
    if (holds) return;
    throw std::filesystem::filesystem_error("", path,
                                            std::error_code(errno, std::generic_category()));
  };
  demand(file >= 0);
  const bool is_written =
      ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  const int problem = errno;
  ::close(file);
  errno = problem;
  demand(is_written);
}

}  // namespace

std::filesystem::path record_path(const Options& options) {
  return track::record_of(place_of_plan(options.arguments.front()));
}

int log_show(const Options& options) {
  const Language language = options.language;
  formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  const auto as_of =
      options.as_of.empty() ? std::optional(kNever) : instant_of(read.plan, options.as_of);
  if (!as_of) read.findings.add(found::bad_date, {.file = "--as-of"}, {options.as_of});
  const std::filesystem::path path = record_path(options);
  report::RecordRows rows;
  const bool is_sound = !read.findings.has_errors();
  if (is_sound && !std::filesystem::exists(path))
    read.findings.add(found::no_record, {.file = formats::shown(path)});
  else if (is_sound)
    rows = rows_of(track::Ledger::open(path), options, *as_of);
  if (options.json) {
    std::cout << report::record_json(formats::shown(path), rows, read.findings, language);
    return is_sound ? kDone : kPlanIsWrong;
  }
  print_findings(read.findings, language);
  if (!is_sound) return kPlanIsWrong;
  if (!rows.entries.empty()) {
    std::cout << report::record_table(read.plan, rows, language, width_of_output(), has_colour());
  } else if (std::filesystem::exists(path)) {
    const bool is_filtered = !options.task.empty() || !options.target.empty();
    std::cout << report::say(is_filtered ? words::log_none : words::log_is_empty, language) << "\n";
  }
  return kDone;
}

int log_verify(const Options& options) {
  const Language language = options.language;
  if (options.head.empty() != options.public_key.empty()) {
    return fail(options, kWrongUsage,
                report::say(words::log_needs, language,
                            {"verify", std::string(words::log_head_and_key.in(language))}));
  }
  const std::filesystem::path path = record_path(options);
  track::Verification verification = track::verify(path);
  Findings& findings = verification.findings;
  const bool has_head = !options.head.empty();
  if (has_head && !findings.has_errors()) {
    const auto head = bytes_of_file(options.head, findings);
    const auto key = bytes_of_file(options.public_key, findings);
    if (head && key)
      track::verify_signed(track::Ledger::open(path), *head, options.head, *key, findings);
  }
  const bool is_good = !findings.has_errors();
  if (options.json) {
    report::JsonWriter json;
    json.begin_object().key("path").text(formats::shown(path));
    json.key("verified").boolean(is_good);
    json.key("entries").number(verification.head.sequence);
    json.key("head").text(track::hexadecimal(verification.head.hash));
    report::write_findings_json(json, findings, language);
    std::cout << json.end_object().take();
    return is_good ? kDone : kPlanIsWrong;
  }
  print_findings(findings, language);
  if (is_good) {
    std::cout << report::say(words::log_verified, language,
                             {std::to_string(verification.head.sequence),
                              track::hexadecimal(verification.head.hash)})
              << "\n";
    if (has_head) std::cout << report::say(words::log_head_holds, language) << "\n";
  } else {
    std::cout << report::say(words::log_not_verified, language) << "\n";
  }
  return is_good ? kDone : kPlanIsWrong;
}

int log_sign(const Options& options) {
  const Language language = options.language;
  if (options.key.empty()) {
    return fail(options, kWrongUsage,
                report::say(words::log_needs, language,
                            {"sign", std::string(words::log_a_key.in(language))}));
  }
  for (const std::string& output : options.outputs) {
    if (const int status = judge_output(options, output); status != kDone) return status;
    std::error_code unknown;
    if (std::filesystem::equivalent(path_of(output), path_of(options.key), unknown))
      return fail(options, kWrongUsage, report::say(words::cli_already_there, language, {output}));
  }
  Findings findings;
  const auto key = bytes_of_file(options.key, findings);
  if (!key) return fail(options, kWrongUsage, findings.kept().front().message(language));
  const track::Head head = track::Ledger::open(record_path(options)).head();
  const auto text = track::sign(head, present(), *key);
  if (!text)
    return fail(options, kWrongUsage, report::say(words::log_bad_key, language, {options.key}));
  if (!options.outputs.empty()) {
    formats::FileSet files;
    for (const std::string& output : options.outputs) files.add(path_of(output), *text);
    files.commit();
    tell_of_outputs(options.outputs, language);
  }
  if (options.json) {
    report::JsonWriter json;
    json.begin_object().key("entries").number(head.sequence);
    json.key("head").text(track::hexadecimal(head.hash)).key("signed").text(*text);
    std::cout << json.end_object().take();
  } else if (options.outputs.empty()) {
    std::cout << *text;
  }
  return kDone;
}

int log_key(const Options& options) {
  const Language language = options.language;
  if (options.key.empty()) {
    return fail(options, kWrongUsage,
                report::say(words::log_needs, language,
                            {"key", std::string(words::log_a_key.in(language))}));
  }
  const std::filesystem::path secret = path_of(options.key);
  const std::filesystem::path open = path_of(options.key + ".pub");
  for (const auto& path : {secret, open}) {
    if (std::filesystem::exists(path))
      return fail(options, kWrongUsage,
                  report::say(words::cli_already_there, language, {formats::shown(path)}));
  }
  const track::KeyPair pair = track::make_keys();
  write_new(secret, pair.secret, true);
  write_new(open, pair.open, false);
  if (options.json) {
    report::JsonWriter json;
    json.begin_object().key("secret").text(formats::shown(secret));
    json.key("public").text(formats::shown(open));
    std::cout << json.end_object().take();
  } else {
    tell_of_outputs({formats::shown(secret), formats::shown(open)}, language);
  }
  return kDone;
}

int run_log(const Options& options) {
  const std::string action = options.arguments.size() > 1 ? options.arguments[1] : "show";
  const auto first = std::min<std::ptrdiff_t>(2, std::ssize(options.arguments));
  const std::vector<std::string> rest(options.arguments.begin() + first, options.arguments.end());
  if (action == "add") return log_add(options, rest);
  if (action == "import") return log_import(options, rest);
  if (action == "baseline") return log_baseline(options, rest);
  if (action == "withdraw") return log_withdraw(options, rest);
  if (!rest.empty() && (action == "show" || action == "plan" || action == "verify" ||
                        action == "sign" || action == "key"))
    return fail(options, kWrongUsage,
                report::say(words::cli_too_many, options.language, {rest.front()}));
  if (action == "show") return log_show(options);
  if (action == "plan") return log_plan(options);
  if (action == "verify") return log_verify(options);
  if (action == "sign") return log_sign(options);
  if (action == "key") return log_key(options);
  return fail(options, kWrongUsage, report::say(words::log_actions, options.language, {action}));
}

}  // namespace diaodu::cli
