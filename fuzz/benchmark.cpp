#include "diaodu/formats/benchmark_files.h"

#include "fuzz.h"

using namespace diaodu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  fuzz::look_at(formats::read_psplib(bytes, "fuzz.sm"));
  fuzz::look_at(formats::read_patterson(bytes, "fuzz.rcp"));
  fuzz::look_at(formats::read_progen_max(bytes, "fuzz.sch"));
  fuzz::look_at(formats::read_mplib(bytes, "fuzz.rcmp"));
  return 0;
}
