// The kernels whose tiles are wider with registers of 512 bits, in float32 or in pairs of bfloat16. Like kernels.cc, no
// standard library and no inline function shared with other units.
#include "convolution.h"
#include "convolution_weight_gradient.h"
#include "peak.h"

namespace netspace {
namespace NETSPACE_ISA {

extern const TileKernels tileKernels = {
    TileVector::blocks, kForwardRegisters, kGradientRegisters, convolution, weightGradient, peak,
};

}  // namespace NETSPACE_ISA
}  // namespace netspace
