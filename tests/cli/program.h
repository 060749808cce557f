#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace diaodu::cli {

/// What a run of the program left behind.
struct Outcome {
  int status = -1;  ///< as the shell counts: 128 and the signal where one ended it
  std::string out;
  std::string err;
};

/// How the program is run, besides its words.
struct Setting {
  std::filesystem::path folder = ".";
  std::string system_language;           ///< `$LANG`
  bool is_interrupted = false;           ///< Ctrl-C soon after the program has begun to wait for it
  std::function<void()> meanwhile = {};  ///< in place of the half second between the two
  bool reads_nothing = false;            ///< the reader of stdout leaves at once, like `| head -0`
};

/// Runs the program with these words, its output in pipes.
Outcome diaodu(const std::vector<std::string>& words, const Setting& setting = {});

}  // namespace diaodu::cli
