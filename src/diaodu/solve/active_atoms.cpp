#include "diaodu/solve/active_atoms.h"

namespace diaodu::solve {
namespace {

constexpr double kGrowth = 1.0 / 0.95;
constexpr double kMostActivity = 1e100;

Atom upright(Atom atom) { return (atom.view & 1) != 0 ? !atom : atom; }

std::uint64_t key_of(Atom atom) {
  return (std::uint64_t{atom.view} << 32) | static_cast<std::uint32_t>(atom.value);
}

}  // namespace

std::uint32_t ActiveAtoms::add(Atom atom) {
  atom = upright(atom);
  const auto number = static_cast<std::uint32_t>(atoms_.size());
  const auto [at, is_new] = number_of_.try_emplace(key_of(atom), number);
  if (is_new) {
    atoms_.push_back({.atom = atom});
    put_back(number);
  }
  return at->second;
}

std::optional<std::uint32_t> ActiveAtoms::find(Atom atom) const {
  const auto at = number_of_.find(key_of(upright(atom)));
  if (at == number_of_.end()) return {};
  return at->second;
}

void ActiveAtoms::raise(std::uint32_t number) {
  Active& raised = atoms_[number];
  raised.activity += step_;
  if (raised.activity > kMostActivity) {
    for (Active& each : atoms_) each.activity /= kMostActivity;
    step_ /= kMostActivity;
  }
  if (raised.place != kTaken) sift_up(static_cast<std::size_t>(raised.place));
}

void ActiveAtoms::age() { step_ *= kGrowth; }

std::optional<std::uint32_t> ActiveAtoms::take() {
  if (heap_.empty()) return {};
  const std::uint32_t number = heap_.front();
  atoms_[number].place = kTaken;
  heap_.front() = heap_.back();
  heap_.pop_back();
  if (!heap_.empty()) sift_down(0);
  return number;
}

void ActiveAtoms::put_back(std::uint32_t number) {
  if (atoms_[number].place != kTaken) return;
  heap_.push_back(number);
  sift_up(heap_.size() - 1);
}

void ActiveAtoms::sift_up(std::size_t place) {
  const std::uint32_t number = heap_[place];
  while (place > 0) {
    const std::size_t parent = (place - 1) / 2;
    if (atoms_[heap_[parent]].activity >= atoms_[number].activity) break;
    heap_[place] = heap_[parent];
    atoms_[heap_[place]].place = static_cast<std::int32_t>(place);
    place = parent;
  }
  heap_[place] = number;
  atoms_[number].place = static_cast<std::int32_t>(place);
}

void ActiveAtoms::sift_down(std::size_t place) {
  const std::uint32_t number = heap_[place];
  while (2 * place + 1 < heap_.size()) {
    std::size_t child = 2 * place + 1;
    if (child + 1 < heap_.size() &&
        atoms_[heap_[child + 1]].activity > atoms_[heap_[child]].activity)
      ++child;
    if (atoms_[heap_[child]].activity <= atoms_[number].activity) break;
    heap_[place] = heap_[child];
    atoms_[heap_[place]].place = static_cast<std::int32_t>(place);
    place = child;
  }
  heap_[place] = number;
  atoms_[number].place = static_cast<std::int32_t>(place);
}

}  // namespace diaodu::solve
