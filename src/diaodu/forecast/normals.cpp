#include "diaodu/forecast/normals.h"

#include "diaodu/forecast/normal.h"
#include "diaodu/forecast/stream.h"

namespace diaodu::forecast {

namespace {

// A multiplication mixes neighbouring steps far apart (Steele, Lea & Flood 2014).
std::uint64_t variable_of(const PathRequest& request, Draw draw, std::size_t step) {
  std::uint64_t mixed = request.variable + 0x9E37'79B9'7F4A'7C15 * (step + 1) +
                        0xD1B5'4A32'D192'ED03 * (static_cast<std::uint64_t>(draw) + 1);
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58'476D'1CE4'E5B9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D0'49BB'1331'11EB;
  return mixed ^ (mixed >> 31);
}

}  // namespace

std::vector<float> normals(const PathRequest& request, Draw draw, std::size_t step) {
  std::vector<Uniform> uniforms(request.count);
  Stream(request.seed).uniforms(variable_of(request, draw, step), 0, uniforms);
  std::vector<float> scores(request.count);
  scores_of(uniforms, scores);
  return scores;
}

double normal(const PathRequest& request, Draw draw, std::size_t step, std::uint64_t trial) {
  return normal_quantile(
      unit_of(Stream(request.seed).uniform(variable_of(request, draw, step), trial)));
}

}  // namespace diaodu::forecast
