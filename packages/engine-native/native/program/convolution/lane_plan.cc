#include "lane_plan.h"

#include <algorithm>
#include <numeric>

namespace netspace {

LanePlan::LanePlan(int outputs, int inputs, int groups)
    : outputs_(outputs),
      outputsOfGroup_(outputs / groups),
      inputsOfGroup_(inputs / groups),
      stepOf_(static_cast<size_t>(outputs) * inputsOfGroup_) {
  for (int block = 0; block * kLanes < outputs; block++) {
    begin_.push_back(steps());
    planBlock(groupsOf(block));
  }
  begin_.push_back(steps());
}

std::vector<LanePlan::Group> LanePlan::groupsOf(int block) const {
  const int end = std::min(block * kLanes + kLanes, outputs_);
  std::vector<Group> groups;
  for (int output = block * kLanes; output < end; output = groups.back().last + 1) {
    const int group = output / outputsOfGroup_;
    groups.push_back({output, std::min((group + 1) * outputsOfGroup_, end) - 1, std::vector<int>(inputsOfGroup_)});
    std::iota(groups.back().waiting.begin(), groups.back().waiting.end(), group * inputsOfGroup_);
  }
  return groups;
}

void LanePlan::planBlock(std::vector<Group> groups) {
  const auto done = [](const Group& group) { return group.waiting.empty(); };
  while (!std::all_of(groups.begin(), groups.end(), done)) {
    LaneStep step = {{}, {}, -1, -1};
    bool used[kLanes] = {};
    for (Group& group : groups) take(group, step, used);
    if (step.second < 0) step.second = step.first;
    steps_.push_back(step);
  }
}

// Gives the group's lanes the first of its waiting inputs that the step can read beside what it reads already.
void LanePlan::take(Group& group, LaneStep& step, bool (&used)[kLanes]) {
  const auto readable = [&](int input) {
    const int block = input / kLanes, channel = input % kLanes;
    const bool known = block == step.first || block == step.second;
    return (known || step.first < 0 || step.second < 0) &&
           (!used[channel] || (known && (block == step.second) == (step.fromSecond[channel] != 0)));
  };
  const auto found = std::find_if(group.waiting.begin(), group.waiting.end(), readable);
  if (found == group.waiting.end()) return;
  const int block = *found / kLanes, channel = *found % kLanes;
  if (step.first < 0) step.first = block;
  else if (block != step.first) step.second = block;
  used[channel] = true;
  step.fromSecond[channel] = block == step.first ? 0 : -1;
  for (int output = group.first; output <= group.last; output++) {
    step.lanes[output % kLanes] = channel + (block == step.first ? 0 : kLanes);
    stepOf_[static_cast<size_t>(output) * inputsOfGroup_ + *found % inputsOfGroup_] = steps();
  }
  group.waiting.erase(found);
}

}  // namespace netspace
