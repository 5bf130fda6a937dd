// Convolutions that multiply in bfloat16 and add in float32, from the sources of those in float32. Like kernels.cc, no
// standard library and no inline function shared with other units.
#include "convolution.h"
#include "convolution_weight_gradient.h"
#include "join.h"
#include "join_gradient.h"
#include "pair_rows.h"
#include "peak.h"

namespace netspace {
namespace NETSPACE_ISA {

void joinPairs(const JoinForwardArgs& a, Format format) {
  if (format == Format::kChannelPairs) joinForwardTo<PixelRow<Halves>>(a);
  else if (format == Format::kStridedPairs) joinForwardTo<PixelPairRow<2>>(a);
  else joinForwardTo<PixelPairRow<1>>(a);
}

extern const PairKernels pairKernels = {
    {TileVector::blocks, kForwardRegisters, kGradientRegisters, convolution, weightGradient, peak},
    joinPairs,
    joinBackwardOf<Halves>,
    channelSumsAs<true>,
    pairRows,
};

}  // namespace NETSPACE_ISA
}  // namespace netspace
