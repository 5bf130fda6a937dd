// The kernels for two groups in a register of 512 bits. Like kernels.cc, no standard library and no inline function
// shared with other units.
#include "interleaved.h"

namespace netspace {
namespace NETSPACE_ISA {

extern const InterleavedKernels interleavedKernels = {
    interleavedConvolution,
    interleavedWeightGradient,
    interleavedJoin,
    interleaveWeights,
};

}  // namespace NETSPACE_ISA
}  // namespace netspace
