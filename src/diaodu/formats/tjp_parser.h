#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/formats/tjp_words.h"

namespace diaodu::formats {

/// From words to a document: the project, its shifts and resources (`tjp_parse`), and its tasks (`tjp_parse_task`).
class TjpParser : private TjpWords {
 public:
  /// `scenario`: the name of the one to read; empty: the first.
  TjpParser(const TjpText& text, std::string_view scenario, Findings& findings);

  TjpDocument run();

 private:
  static constexpr int kMostDepth = 60;

  void read_project(const TjpToken& word);
  void read_scenario(std::size_t parent, int depth);
  void choose_scenario();
  bool read_common(const TjpToken& word, TjpHours& hours, std::vector<TjpInterval>& leaves);
  void read_hours(TjpHours& hours);
  std::optional<std::size_t> take_weekday();
  void read_shift(const TjpHours& outer, int depth);
  std::vector<TjpOnShift> take_shifts();
  std::vector<TjpLimit> take_limits();
  void read_resource(std::size_t parent, int depth);
  void read_resource_block(std::size_t place, int depth);
  void read_resource_attribute(const TjpToken& key, TjpResource& resource);
  void read_supplement();

  /// `s2:start`: the word behind the name of a scenario, and whether the scenario that is read has it.  A booking is
  /// of one scenario alone, all else of those derived from it too.
  struct Attribute {
    TjpToken key;
    bool is_named = false;
    bool is_wanted = true;
  };
  Attribute attribute(const TjpToken& first);
  bool is_read(std::string_view scenario, bool is_inherited) const;

  void read_task(std::size_t parent, int depth);
  void read_task_block(std::size_t place, int depth);
  void set_once(std::optional<std::int64_t>& value, const TjpToken& key, bool is_work,
                const TjpTask& task);
  void read_attribute(const TjpToken& key, TjpTask& task);
  bool read_span(const TjpToken& key, TjpTask& task);
  void purge(TjpTask& task);
  void read_allocations(TjpTask& task);
  void read_links(const TjpTask& task, std::vector<TjpLink>& links, std::string_view other_end);
  std::string relative(const TjpTask& task, std::size_t num_up, const std::string& path) const;
  void read_booking(const std::string& of_task, const std::string& of_resource, bool is_wanted);

  /// False, told once, when children have inherited so much that no more is copied.
  bool may_inherit(std::size_t num_bytes, const Where& where);

  TjpDocument document_;
  std::string wanted_;
  std::string tracked_;
  std::map<std::string, std::size_t, std::less<>> task_of_;
  std::map<std::string, std::size_t, std::less<>> resource_of_;  // the first of that id
  std::size_t num_inherited_ = 0;
  bool is_inheritance_full_ = false;
  bool has_project_ = false;
};

}  // namespace diaodu::formats
