#include "diaodu/core/finding.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace diaodu {
namespace {

constexpr Words severity_words(Severity severity) {
  switch (severity) {
    case Severity::note:
      return {"note", "提示"};
    case Severity::warning:
      return {"warning", "警告"};
    case Severity::error:
      return {"error", "错误"};
  }
  return {};
}

std::string shortened(std::string_view word) {
  if (word.size() <= Argument::kMostBytes) return std::string(word);
  std::size_t end = Argument::kMostBytes;
  while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80)
    --end;  // a letter's middle
  return std::string(word.substr(0, end)) + "…";
}

std::vector<std::string> words_of(const std::vector<Argument>& arguments, Language language) {
  std::vector<std::string> words;
  words.reserve(arguments.size());
  for (const Argument& argument : arguments) {
    words.push_back(language == Language::chinese ? argument.zh : argument.en);
  }
  return words;
}

}  // namespace

Argument::Argument(std::string_view theirs) : en(shortened(theirs)), zh(en) {}

Argument::Argument(std::string_view english, std::string_view chinese)
    : en(shortened(english)), zh(shortened(chinese)) {}

std::string fill(std::string_view sentence, std::span<const std::string> arguments) {
  std::string filled;
  filled.reserve(sentence.size());
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const bool is_slot = sentence[i] == '{' && i + 2 < sentence.size() && sentence[i + 2] == '}' &&
                         sentence[i + 1] >= '0' && sentence[i + 1] <= '9';
    const auto argument = is_slot ? static_cast<std::size_t>(sentence[i + 1] - '0') : 0;
    if (is_slot && argument < arguments.size()) {
      filled += arguments[argument];
      i += 2;
    } else {
      filled += sentence[i];
    }
  }
  return filled;
}

std::string Finding::message(Language language) const {
  return fill(kind->message.in(language), words_of(arguments, language));
}

std::string Finding::hint(Language language) const {
  return fill(kind->hint.in(language), words_of(arguments, language));
}

std::string to_string(const Finding& finding, Language language) {
  std::string line = finding.where.file;
  if (finding.where.line > 0) line += ':' + std::to_string(finding.where.line);
  if (finding.where.column > 0) line += ':' + std::to_string(finding.where.column);
  if (!line.empty()) line += ": ";
  const bool is_chinese = language == Language::chinese;
  line += severity_words(finding.kind->severity).in(language);
  line += is_chinese ? "：" : ": ";
  line += finding.message(language);
  const std::string hint = finding.hint(language);
  if (!hint.empty()) {
    line += is_chinese ? "\n  建议：" : "\n  hint: ";
    line += hint;
  }
  return line;
}

void Findings::add(const FindingKind& kind, Where where, std::vector<Argument> arguments) {
  add(Finding{.kind = &kind, .where = std::move(where), .arguments = std::move(arguments)});
}

void Findings::add(Finding finding) {
  if (finding.kind->severity == Severity::error) ++num_errors_;
  if (finding.kind->severity == Severity::warning) ++num_warnings_;
  if (kept_.size() < kMaxKept) {
    kept_.push_back(std::move(finding));
  } else {
    ++num_dropped_;
  }
}

void Findings::append(const Findings& others) {
  const std::size_t errors = num_errors_ + others.num_errors_;
  const std::size_t warnings = num_warnings_ + others.num_warnings_;
  for (const Finding& finding : others.kept_) add(finding);
  num_errors_ = errors;  // the others' dropped ones count too
  num_warnings_ = warnings;
  num_dropped_ += others.num_dropped_;
}

void Findings::sort() {
  std::stable_sort(kept_.begin(), kept_.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.where.file, a.where.line, a.where.column) <
           std::tie(b.where.file, b.where.line, b.where.column);
  });
}

}  // namespace diaodu
