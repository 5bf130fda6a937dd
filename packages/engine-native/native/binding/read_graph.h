// JavaScript values as the arguments of the program: what is missing or of another type is named in the error.
#pragma once

#include <napi.h>

#include "../program/network.h"

namespace netspace {

Graph readGraph(const Napi::Object& graph);
Options readOptions(const Napi::Object& options);

}  // namespace netspace
