#include "diaodu/forecast/quantile.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "diaodu/forecast/normal.h"
#include "diaodu/forecast/vectorised.h"

namespace diaodu::forecast {

namespace {

constexpr int kGuideBits = 8;
constexpr int kNumPertPlaces = 32;
constexpr int kPertCellBits =
    2;  // an error below 1e-5 for every mode; one bit more would take twice the memory

DIAODU_VECTORISED
void evaluate_uniform(const Uniform* __restrict uniforms, std::size_t count, float shift,
                      float scale, float* __restrict out) {
  // Signed, because only that conversion is one instruction.
  const float middle = shift + 0.5F * scale;
  const float unit = scale * 0x1p-32F;
  for (std::size_t i = 0; i < count; ++i)
    out[i] =
        middle + unit * static_cast<float>(static_cast<std::int32_t>(uniforms[i] ^ 0x8000'0000));
}

/// Where a triangle's sides begin, and how far they reach.
struct Triangle {
  float mode = 0;  // of the unit
  float near_end = 0;
  float far_end = 0;
  float scale = 0;
};

// Both sides by the distance from their end, precise in both tails.  Squares first: with the root in the same loop GCC
// takes one on each side.
inline __attribute__((always_inline)) void evaluate(const Uniform* __restrict uniforms,
                                                    std::size_t count, const Triangle& triangle,
                                                    float* __restrict out) {
  std::array<float, Stream::kGroup> scale;
  std::array<float, Stream::kGroup> end;
  for (std::size_t i = 0; i < count; ++i) {
    const Uniform uniform = uniforms[i];
    // In halves of the unit, so that signed conversion does.
    const float below =
        (static_cast<float>(static_cast<std::int32_t>(uniform >> 1)) + 0.25F) * 0x1p-31F;
    const float above =
        (static_cast<float>(static_cast<std::int32_t>(~uniform >> 1)) + 0.25F) * 0x1p-31F;
    const bool is_rising = below < triangle.mode;
    out[i] = is_rising ? below * triangle.mode : above * (1.0F - triangle.mode);
    scale[i] = is_rising ? triangle.scale : -triangle.scale;
    end[i] = is_rising ? triangle.near_end : triangle.far_end;
  }
  for (std::size_t i = 0; i < count; ++i) out[i] = end[i] + scale[i] * std::sqrt(out[i]);
}

DIAODU_VECTORISED
void evaluate_triangular(const Uniform* __restrict uniforms, std::size_t count,
                         const Triangle& triangle, float* __restrict out) {
  constexpr std::size_t kGroup = Stream::kGroup;
  std::size_t done = 0;
  for (; done + kGroup <= count; done += kGroup)
    evaluate(uniforms + done, kGroup, triangle, out + done);
  evaluate(uniforms + done, count - done, triangle, out + done);
}

}  // namespace

const Curve& Quantile::Shelf::exact_pert(int place) {
  const auto found = exact_pert_.find(place);
  if (found != exact_pert_.end()) return found->second;
  const PertShape lower(static_cast<double>(place) / kNumPertPlaces);
  const PertShape mirrored(static_cast<double>(kNumPertPlaces - place) / kNumPertPlaces);
  const auto exact = [&](double probability, bool from_above) {
    const PertShape& shape = from_above ? mirrored : lower;
    const double distance = shape.quantile(probability);
    return Curve::Node{.value = from_above ? 1 - distance : distance,
                       .slope = 1 / shape.density(distance)};
  };
  return exact_pert_.emplace(place, Curve(exact, kPertCellBits)).first->second;
}

std::shared_ptr<const Curve> Quantile::Shelf::pert(double mode) {
  std::shared_ptr<const Curve>& curve = pert_[mode];
  if (curve) return curve;
  const double place = mode * kNumPertPlaces;
  const int first = std::clamp(static_cast<int>(place) - 1, 0, kNumPertPlaces - 3);
  std::array<Curve::Part, 4> parts;
  for (int i = 0; i < 4; ++i) {
    double weight = 1;  // Lagrange's
    for (int j = 0; j < 4; ++j)
      if (j != i) weight *= (place - (first + j)) / (i - j);
    parts[static_cast<std::size_t>(i)] = {.curve = &exact_pert(first + i), .weight = weight};
  }
  curve = std::make_shared<const Curve>(parts);
  return curve;
}

Quantile::Quantile(const Law& law, Shelf& shelf) : form_(law.form()) {
  switch (form_) {
    case Law::Form::constant:
      shift_ = static_cast<float>(law.low());
      break;
    case Law::Form::pert:
      curve_ = shelf.pert(law.mode());
      [[fallthrough]];
    case Law::Form::uniform:
    case Law::Form::triangular:
      shift_ = static_cast<float>(law.low());
      scale_ = static_cast<float>(law.high() - law.low());
      parameter_ = static_cast<float>(law.mode());
      break;
    case Law::Form::normal:
      shift_ = static_cast<float>(law.median());
      scale_ = static_cast<float>(law.deviation());
      break;
    case Law::Form::lognormal:
      shift_ = static_cast<float>(law.median());
      scale_ = static_cast<float>(law.scale());
      parameter_ = static_cast<float>(law.deviation());
      break;
    case Law::Form::steps:
    case Law::Form::stretches:
      make_pieces(law);
      break;
  }
}

void Quantile::make_pieces(const Law& law) {
  const auto& knots = law.knots();
  const bool is_stepped = form_ == Law::Form::steps;
  // The least uniform that stands for more than the probability.
  const auto first_beyond = [](double probability) {
    return static_cast<std::uint64_t>(std::floor(probability * 0x1p32 + 0.5));
  };
  for (std::size_t i = is_stepped ? 0 : 1; i < knots.size(); ++i) {
    const double from = i == 0 ? 0 : knots[i - 1].probability;
    const double to = knots[i].probability;
    const std::uint64_t first = first_beyond(from);
    if (first == first_beyond(to)) continue;  // too improbable to be drawn
    Piece piece{.first = static_cast<Uniform>(first), .value = static_cast<float>(knots[i].value)};
    if (!is_stepped) {
      const double slope = (knots[i].value - knots[i - 1].value) / (to - from);
      piece.value = static_cast<float>(knots[i - 1].value +
                                       slope * (unit_of(static_cast<Uniform>(first)) - from));
      piece.slope = static_cast<float>(slope * 0x1p-32);
    }
    pieces_.push_back(piece);
  }
  guide_.resize(std::size_t{1} << kGuideBits);
  std::uint32_t piece = 0;
  for (std::size_t cell = 0; cell < guide_.size(); ++cell) {
    const auto first = static_cast<Uniform>(cell << (32 - kGuideBits));
    while (piece + 1 < pieces_.size() && pieces_[piece + 1].first <= first) ++piece;
    guide_[cell] = piece;
  }
}

void Quantile::values(std::span<const Uniform> uniforms, std::span<float> out) const {
  assert(uniforms.size() == out.size());
  switch (form_) {
    case Law::Form::constant:
      std::fill(out.begin(), out.end(), shift_);
      break;
    case Law::Form::uniform:
      evaluate_uniform(uniforms.data(), uniforms.size(), shift_, scale_, out.data());
      break;
    case Law::Form::triangular:
      evaluate_triangular(uniforms.data(), uniforms.size(),
                          {parameter_, shift_, shift_ + scale_, scale_}, out.data());
      break;
    case Law::Form::pert:
      curve_->values(uniforms, shift_, scale_, out);
      break;
    case Law::Form::normal:
      normals_of(uniforms, shift_, scale_, out);
      break;
    case Law::Form::lognormal:
      scores_of(uniforms, out);
      exponentials_of(parameter_, shift_, scale_, out);
      break;
    case Law::Form::steps:
    case Law::Form::stretches:
      for (std::size_t i = 0; i < uniforms.size(); ++i) {
        const Uniform uniform = uniforms[i];
        std::size_t piece = guide_[uniform >> (32 - kGuideBits)];
        while (piece + 1 < pieces_.size() && pieces_[piece + 1].first <= uniform) ++piece;
        out[i] = pieces_[piece].value +
                 pieces_[piece].slope * static_cast<float>(uniform - pieces_[piece].first);
      }
      break;
  }
}

}  // namespace diaodu::forecast
