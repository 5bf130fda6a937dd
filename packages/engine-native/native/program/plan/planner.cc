#include "planner.h"

#include "activations.h"
#include "gradients.h"
#include "place_buffers.h"

namespace netspace {

namespace {

void planLoss(const Buffer* logits, const Buffer* gradient, int phase, ProgramBuilder& builder) {
  const Partial<Metrics> metrics = builder.newPartial<Metrics>(phase, 1);
  builder.emit(phase, {logits, gradient}, steps::loss(*logits, gradient, metrics));
  builder.phaseAt(phase).add.push_back([metrics](const Context& context) {
    *context.metrics += *metrics.of(context);
    *metrics.of(context) = {};
  });
}

// What becomes of the output: it is stored, and its gradient comes of a loss or from outside.
void planOutput(Values& values, Activations& activations, ProgramBuilder& builder, const PlanSetting& setting) {
  const Purpose purpose = setting.purpose;
  Value& output = values[values.output()];
  const int phase = output.phase;
  const Buffer* result = activations.read(values.output(), phase);
  if (purpose == Purpose::kEvaluate || purpose == Purpose::kDifferentiate)
    builder.emit(phase, {result}, steps::storeOutput(*result, &Context::output));
  if (purpose == Purpose::kStatistics) return;
  if (takesGradients(purpose)) output.gradient = builder.newBuffer(result->shape, output.slabImages);
  if (purpose == Purpose::kDifferentiate)
    builder.emit(phase, {output.gradient}, steps::loadGradient(setting.kernels, *output.gradient));
  else if (result->shape.pixels() == 1) planLoss(result, output.gradient, phase, builder);
}

// What evaluation needs once after parameters or running statistics changed.
void planPreparation(const std::vector<Unit>& units, Program& program) {
  for (const Unit& unit : units)
    for (const Term& term : unit.terms)
      if (term.norm) program.prepare.push_back([norm = term.norm] { norm->useRunningStatistics(); });
  for (FoldedConvolution& folded : program.folded) program.prepare.push_back([&folded] { folded.fold(); });
}

}  // namespace

std::unique_ptr<Program> planProgram(const Graph& graph, const std::vector<Unit>& units, const PlanSetting& setting,
                                     Tally& tally) {
  ProgramBuilder builder(tally);
  Values values(graph, units, setting.batchSize, setting.bfloat16Storage && usesBatchStatistics(setting.purpose));
  Activations activations(values, builder, setting);
  for (const Unit& unit : units) activations.plan(unit);
  planOutput(values, activations, builder, setting);
  if (!usesBatchStatistics(setting.purpose)) planPreparation(units, builder.program());
  if (takesGradients(setting.purpose)) {
    Gradients gradients(values, activations, builder, setting);
    for (size_t i = units.size(); i-- > 0;) gradients.plan(units[i]);
  }
  placeBuffers(builder, setting.batchSize, setting.threads);
  return builder.take();
}

}  // namespace netspace
