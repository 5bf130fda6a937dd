// Compiled once for each instruction set, with NETSPACE_ISA naming it. No standard library and no inline function
// shared with other units: the linker might keep a copy that the machine cannot run.
#include "convolution.h"
#include "convolution_weight_gradient.h"
#include "join.h"
#include "join_gradient.h"
#include "lane_convolution.h"
#include "layout.h"
#include "max_pool.h"
#include "narrow_convolution.h"
#include "peak.h"
#include "scale.h"
#include "update.h"
#include "winograd.h"

#define NETSPACE_TEXT_OF(name) #name
#define NETSPACE_TEXT(name) NETSPACE_TEXT_OF(name)

namespace netspace {
namespace NETSPACE_ISA {

extern const KernelTable kernels = {
    {TileVector::blocks, kForwardRegisters, kGradientRegisters, convolution, weightGradient, peak},
    NETSPACE_TEXT(NETSPACE_ISA),
    narrowConvolution,
    narrowWeightGradient,
    laneConvolution,
    laneWeightGradient,
    winogradInput,
    winogradOutputGradient,
    winogradOutput,
    winogradWeights,
    winogradWeightGradient,
    joinForward,
    joinBackward,
    channelSums,
    scale,
    spreadPixels,
    scaleSums,
    sumPixels,
    maxPool,
    maxPoolGradient,
    update,
    loadImage,
    transposeBlocks,
};

}  // namespace NETSPACE_ISA
}  // namespace netspace
