#include "report/python.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace diaodu::report {

std::string python(const std::string& program, const std::string& input) {
  std::string folder = (std::filesystem::temp_directory_path() / "diaodu_XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return "no temporary folder";
  const std::filesystem::path path(folder);
  std::ofstream(path / "program.py", std::ios::binary) << program;
  std::ofstream(path / "input", std::ios::binary) << input;
  const std::string command = "PYTHONUTF8=1 python3 '" + (path / "program.py").string() + "' < '" +
                              (path / "input").string() + "' 2>&1";
  std::string printed;
  if (FILE* pipe = popen(command.c_str(), "r")) {
    for (int letter = std::fgetc(pipe); letter != EOF; letter = std::fgetc(pipe)) {
      printed += static_cast<char>(letter);
    }
    pclose(pipe);
  }
  std::filesystem::remove_all(path);
  return printed;
}

}  // namespace diaodu::report
