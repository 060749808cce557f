#include "diaodu/formats/folder.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!diaodu::formats::looks_like_list(bytes)) return -1;
  diaodu::fuzz::look_at(diaodu::formats::read_lone_list(bytes, "fuzz.csv"));
  return 0;
}
