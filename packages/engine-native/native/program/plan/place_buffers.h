// Where every buffer of a program lies, and in which turns and parts its phases go over the batch.
#pragma once

#include "program_builder.h"

namespace netspace {

void placeBuffers(ProgramBuilder& builder, int batchSize, int threads);

}  // namespace netspace
