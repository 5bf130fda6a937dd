// How channels come to the lanes of an output block that need them, where groups do not fall on whole blocks.
#pragma once

#include <vector>

#include "../../kernels/kernels.h"

namespace netspace {

// Steps in which each lane of an output block reads one input channel of its own group after another. A step reads two
// input blocks at most, and of each channel within a block only one of the two; lanes that find none wait.
class LanePlan {
 public:
  LanePlan(int outputs, int inputs, int groups);

  int steps() const { return static_cast<int>(steps_.size()); }
  LaneSteps lanes() const { return {steps_.data(), begin_.data(), static_cast<int>(begin_.size()) - 1}; }
  // The step, of all blocks' steps, in which the lane of `output` reads the channel `input` of its group.
  int stepOf(int output, int input) const {
    return stepOf_[static_cast<size_t>(output) * inputsOfGroup_ + input % inputsOfGroup_];
  }

 private:
  struct Group {
    int first, last;           // of its outputs in the block, both included
    std::vector<int> waiting;  // inputs that no step has read yet
  };
  std::vector<Group> groupsOf(int block) const;
  void planBlock(std::vector<Group> groups);
  void take(Group& group, LaneStep& step, bool (&used)[kLanes]);

  const int outputs_, outputsOfGroup_, inputsOfGroup_;
  std::vector<LaneStep> steps_;  // of one block after another
  std::vector<int> begin_;       // of each block's steps, and the end
  std::vector<int> stepOf_;      // [output][input of the group]
};

}  // namespace netspace
