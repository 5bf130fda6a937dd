// The kernels for two groups, or one of two images, in a register of 512 bits. Like kernels.cc, no standard library and
// no inline function shared with other units.
#include "one_block.h"

namespace netspace {
namespace NETSPACE_ISA {

extern const InterleavedKernels interleavedKernels = {
    interleavedConvolution, interleavedWeightGradient, interleavedJoin, interleaveWeights, oneBlockConvolution,
};

}  // namespace NETSPACE_ISA
}  // namespace netspace
