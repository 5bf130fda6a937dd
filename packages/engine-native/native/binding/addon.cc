// The addon: converts and checks JavaScript's arguments and calls the program. All state is in the wrapped objects, so
// that worker threads may each load it.
#include <napi.h>

#include <chrono>
#include <cmath>
#include <memory>
#include <system_error>

#include "../program/instruction_set.h"
#include "../program/network.h"
#include "read_graph.h"

namespace netspace {

namespace {

// An error whose `key` names the argument; the TypeScript side makes an InvalidInputError of it.
Napi::Error javaScriptError(Napi::Env env, const InvalidInput& input) {
  Napi::Error error = Napi::Error::New(env, input.what());
  error.Set("key", Napi::String::New(env, input.key()));
  return error;
}

template <typename F>
auto guarded(Napi::Env env, F f) -> decltype(f()) {
  try {
    return f();
  } catch (const InvalidInput& input) {
    throw javaScriptError(env, input);
  } catch (const std::bad_alloc&) {
    throw Napi::Error::New(env, "not enough memory");
  } catch (const std::system_error& error) {
    throw Napi::Error::New(env, std::string("the threads cannot be started: ") + error.what());
  }
}

float* floats(const Napi::Value& value, const char* key, size_t least) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_float32_array)
    throw InvalidInput(key, "must be a Float32Array");
  Napi::Float32Array array = value.As<Napi::Float32Array>();
  if (array.ElementLength() < least)
    throw InvalidInput(
        key, "must have " + std::to_string(least) + " elements, but has " + std::to_string(array.ElementLength()));
  return array.Data();
}

int32_t* integers(const Napi::Value& value, const char* key, size_t least) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_int32_array)
    throw InvalidInput(key, "must be an Int32Array");
  Napi::Int32Array array = value.As<Napi::Int32Array>();
  if (array.ElementLength() < least)
    throw InvalidInput(
        key, "must have " + std::to_string(least) + " elements, but has " + std::to_string(array.ElementLength()));
  return array.Data();
}

float number(const Napi::Value& value, const char* key) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : NAN;
  if (!std::isfinite(number)) throw InvalidInput(key, "must be a finite number");
  return static_cast<float>(number);
}

// Arguments: graph: NetworkGraph, options: CompileOptions, isa: string, threads: number.
class NetworkObject : public Napi::ObjectWrap<NetworkObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "Network",
                       {
                           InstanceMethod<&NetworkObject::tensor>("tensor"),
                           InstanceMethod<&NetworkObject::setTensor>("setTensor"),
                           InstanceMethod<&NetworkObject::gradient>("gradient"),
                           InstanceMethod<&NetworkObject::momentum>("momentum"),
                           InstanceMethod<&NetworkObject::setMomentum>("setMomentum"),
                           InstanceMethod<&NetworkObject::trainStep>("trainStep"),
                           InstanceMethod<&NetworkObject::evaluate>("evaluate"),
                           InstanceMethod<&NetworkObject::updateStatistics>("updateStatistics"),
                           InstanceMethod<&NetworkObject::metrics>("metrics"),
                           InstanceMethod<&NetworkObject::setMetrics>("setMetrics"),
                           InstanceMethod<&NetworkObject::infer>("infer"),
                           InstanceMethod<&NetworkObject::differentiate>("differentiate"),
                           InstanceMethod<&NetworkObject::dispose>("dispose"),
                           InstanceMethod<&NetworkObject::kernels>("kernels"),
                           InstanceAccessor<&NetworkObject::memoryBytes>("memoryBytes"),
                       });
  }

  explicit NetworkObject(const Napi::CallbackInfo& info) : ObjectWrap(info) {
    guarded(info.Env(), [&] {
      if (!info[0].IsObject()) throw InvalidInput("graph", "must be an object");
      if (!info[1].IsObject()) throw InvalidInput("options", "must be an object");
      const KernelTable& kernels = chooseKernels(info[2].ToString().Utf8Value());
      Options options = readOptions(info[1].As<Napi::Object>());
      options.threads = static_cast<int>(number(info[3], "threads"));
      if (options.threads < 1) throw InvalidInput("threads", "must be at least 1");
      network_ = std::make_unique<Network>(readGraph(info[0].As<Napi::Object>()), options, kernels);
    });
    account(info.Env(), static_cast<int64_t>(network_->memoryBytes()));
  }

 private:
  Network& network() const {
    if (!network_) throw InvalidInput("network", "was disposed of");
    return *network_;
  }

  // Tells the garbage collector how much memory hangs on the object.
  void account(Napi::Env env, int64_t bytes) {
    Napi::MemoryManagement::AdjustExternalMemory(env, bytes - accounted_);
    accounted_ = bytes;
  }

  // Arguments: count: number, images: Float32Array, labels: Int32Array.
  Images batch(const Napi::CallbackInfo& info, bool full, bool labelled) const {
    const Network& net = network();
    const Shape& input = net.graph().nodes[0].shape;
    const Shape& output = net.graph().nodes[net.graph().output].shape;
    const double count = number(info[0], "batch.count");
    const int most = net.options().batchSize;
    if (full ? count != most : !(count >= 1 && count <= most && count == std::floor(count)))
      throw InvalidInput("batch.count", full ? "must be the batch size, " + std::to_string(most)
                                             : "must be an integer from 1 to " + std::to_string(most));
    Images batch = {floats(info[1], "batch.images", static_cast<size_t>(count) * input.elements()), nullptr,
                    static_cast<int>(count)};
    if (!labelled) return batch;
    if (output.pixels() != 1)
      throw InvalidInput("graph.output", "must have the shape [classes, 1, 1] where there is a loss");
    batch.labels = integers(info[2], "batch.labels", batch.count);
    for (int n = 0; n < batch.count; n++)
      if (batch.labels[n] < 0 || batch.labels[n] >= output.channels)
        throw InvalidInput(
            "batch.labels[" + std::to_string(n) + "]",
            "must be from 0 to " + std::to_string(output.channels - 1) + ", but is " + std::to_string(batch.labels[n]));
    return batch;
  }

  size_t index(const Napi::Value& value) const {
    const float index = number(value, "index");
    if (!(index >= 0 && index < static_cast<float>(network().graph().tensors.size())))
      throw InvalidInput("index", "is out of range");
    return static_cast<size_t>(index);
  }

  size_t elements(size_t index) const {
    size_t count = 1;
    for (const int size : network().graph().tensors[index].shape) count *= size;
    return count;
  }

  // Arguments: index: number. Returns: Float32Array.
  Napi::Value tensor(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&] {
      const size_t i = index(info[0]);
      Napi::Float32Array array = Napi::Float32Array::New(info.Env(), elements(i));
      network().getTensor(i, array.Data());
      return array;
    });
  }

  // Arguments: index: number, values: Float32Array.
  void setTensor(const Napi::CallbackInfo& info) {
    guarded(info.Env(), [&] {
      const size_t i = index(info[0]);
      const std::string key = "state." + network().graph().tensors[i].name;
      network().setTensor(i, floats(info[1], key.c_str(), elements(i)));
    });
  }

  // Arguments: index: number. Returns: Float32Array, the gradient that the last differentiate() left.
  Napi::Value gradient(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&] {
      const size_t i = index(info[0]);
      Napi::Float32Array array = Napi::Float32Array::New(info.Env(), elements(i));
      network().getGradient(i, array.Data());
      return array;
    });
  }

  // Arguments: index: number, of a parameter. Returns: Float32Array.
  Napi::Value momentum(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&] {
      const size_t i = index(info[0]);
      Napi::Float32Array array = Napi::Float32Array::New(info.Env(), elements(i));
      network().getMomentum(i, array.Data());
      return array;
    });
  }

  // Arguments: index: number, of a parameter; values: Float32Array.
  void setMomentum(const Napi::CallbackInfo& info) {
    guarded(info.Env(), [&] {
      const size_t i = index(info[0]);
      const std::string key = "momentum." + network().graph().tensors[i].name;
      network().setMomentum(i, floats(info[1], key.c_str(), elements(i)));
    });
  }

  // Arguments: the batch, learningRate: number, labelSmoothing: number.
  void trainStep(const Napi::CallbackInfo& info) {
    guarded(info.Env(), [&] {
      network().trainStep(batch(info, true, true), number(info[3], "learningRate"), number(info[4], "labelSmoothing"));
    });
  }

  // Arguments: the batch.
  void evaluate(const Napi::CallbackInfo& info) {
    guarded(info.Env(), [&] { network().evaluate(batch(info, false, true)); });
  }

  // Arguments: the batch, momentum: number.
  void updateStatistics(const Napi::CallbackInfo& info) {
    guarded(info.Env(), [&] {
      const float momentum = number(info[3], "momentum");
      if (!(momentum > 0 && momentum <= 1)) throw InvalidInput("momentum", "must be above 0 and at most 1");
      network().updateStatistics(batch(info, false, false), momentum);
    });
  }

  // Returns: { images, lossSum, top1Errors, top5Errors }.
  Napi::Value metrics(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&] {
      const Metrics& metrics = network().metrics();
      Napi::Object object = Napi::Object::New(info.Env());
      object.Set("images", metrics.images);
      object.Set("lossSum", metrics.lossSum);
      object.Set("top1Errors", metrics.top1Errors);
      object.Set("top5Errors", metrics.top5Errors);
      return object;
    });
  }

  // Arguments: metrics: { images, lossSum, top1Errors, top5Errors }.
  void setMetrics(const Napi::CallbackInfo& info) {
    guarded(info.Env(), [&] {
      if (!info[0].IsObject()) throw InvalidInput("metrics", "must be an object");
      const Napi::Object object = info[0].As<Napi::Object>();
      const auto of = [&](const char* key) { return object.Get(key).ToNumber().DoubleValue(); };
      network().setMetrics({of("images"), of("lossSum"), of("top1Errors"), of("top5Errors")});
    });
  }

  size_t outputElements(int count) const {
    return count * network().graph().nodes[network().graph().output].shape.elements();
  }

  // Arguments: the batch. Returns: Float32Array [count, output shape].
  Napi::Value infer(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&] {
      const Images images = batch(info, false, false);
      Napi::Float32Array output = Napi::Float32Array::New(info.Env(), outputElements(images.count));
      network().infer(images, output.Data());
      return output;
    });
  }

  // Arguments: the batch, outputGradient: Float32Array. Returns: { output, input }.
  Napi::Value differentiate(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&] {
      const Images images = batch(info, true, false);
      const size_t outputs = outputElements(images.count);
      const float* gradient = floats(info[3], "outputGradient", outputs);
      Napi::Float32Array output = Napi::Float32Array::New(info.Env(), outputs);
      Napi::Float32Array input =
          Napi::Float32Array::New(info.Env(), images.count * network().graph().nodes[0].shape.elements());
      network().differentiate(images, gradient, output.Data(), input.Data());
      account(info.Env(), static_cast<int64_t>(network().memoryBytes()));
      Napi::Object object = Napi::Object::New(info.Env());
      object.Set("output", output);
      object.Set("input", input);
      return object;
    });
  }

  void dispose(const Napi::CallbackInfo& info) {
    network_.reset();
    account(info.Env(), 0);
  }

  Napi::Value memoryBytes(const Napi::CallbackInfo& info) {
    return guarded(info.Env(),
                   [&] { return Napi::Number::New(info.Env(), static_cast<double>(network().memoryBytes())); });
  }

  // Returns: { kernel: string, tiles: number[] }.
  static Napi::Object objectOf(Napi::Env env, const PassPlan& pass) {
    Napi::Array tiles = Napi::Array::New(env);
    for (const Tile& tile : pass.tiles) tiles.Set(tiles.Length(), tile.count);
    Napi::Object object = Napi::Object::New(env);
    object.Set("kernel", pass.kernel);
    object.Set("tiles", tiles);
    return object;
  }

  // Returns: { node, algorithm, forward, inputGradient, weightGradient } for each convolution and linear layer.
  Napi::Value kernels(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&] {
      Napi::Array layers = Napi::Array::New(info.Env());
      const int nodes = static_cast<int>(network().graph().nodes.size());
      for (int node = 0; node < nodes; node++) {
        const ConvolutionPlan* plan = network().planOf(node);
        if (!plan) continue;
        Napi::Object layer = Napi::Object::New(info.Env());
        layer.Set("node", node);
        layer.Set("algorithm", plan->algorithm);
        layer.Set("forward", objectOf(info.Env(), plan->forward));
        layer.Set("inputGradient", objectOf(info.Env(), plan->inputGradient));
        layer.Set("weightGradient", objectOf(info.Env(), plan->weightGradient));
        layers.Set(layers.Length(), layer);
      }
      return layers;
    });
  }

  std::unique_ptr<Network> network_;
  int64_t accounted_ = 0;
};

// Returns: string[], fastest first.
Napi::Value instructionSets(const Napi::CallbackInfo& info) {
  Napi::Array names = Napi::Array::New(info.Env());
  for (const KernelTable* table : supportedKernels()) names.Set(names.Length(), table->name);
  return names;
}

// Arguments: name: string. Returns: string, the instruction set that the name chooses; the empty one, the fastest.
Napi::Value chooseInstructionSet(const Napi::CallbackInfo& info) {
  return guarded(info.Env(),
                 [&] { return Napi::String::New(info.Env(), chooseKernels(info[0].ToString().Utf8Value()).name); });
}

// Arguments: isa: string. Returns: number, how many times as fast multiply-adds in bfloat16 are; 0 where there are
// none.
Napi::Value bfloat16Speed(const Napi::CallbackInfo& info) {
  return guarded(info.Env(), [&] {
    return Napi::Number::New(info.Env(), pairSpeed(chooseKernels(info[0].ToString().Utf8Value())));
  });
}

// Arguments: isa: string. Returns: number, the multiply-add peak of one core in GFLOPS, measured over 50 ms.
Napi::Value peakGflops(const Napi::CallbackInfo& info) {
  return guarded(info.Env(), [&] {
    const KernelTable& kernels = chooseKernels(info[0].ToString().Utf8Value());
    double best = 0;
    for (int i = 0; i < 10; i++) {
      const auto start = std::chrono::steady_clock::now();
      const double operations = kernels.peak(400000);
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      best = std::max(best, operations / seconds / 1e9);
    }
    return Napi::Number::New(info.Env(), best);
  });
}

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  exports.Set("Network", NetworkObject::define(env));
  exports.Set("instructionSets", Napi::Function::New(env, instructionSets));
  exports.Set("chooseInstructionSet", Napi::Function::New(env, chooseInstructionSet));
  exports.Set("bfloat16Speed", Napi::Function::New(env, bfloat16Speed));
  exports.Set("peakGflops", Napi::Function::New(env, peakGflops));
  return exports;
}

}  // namespace

NODE_API_MODULE(netspace_native, initialise)

}  // namespace netspace
