import { type FigureKind, type FigureSpec, InvalidInputError, type StudyAnalysis } from '@netspace/contracts';
import { checkSpecs } from './check-specs.js';
import type { PanelSpec } from './draw-svg.js';
import { figureKinds } from './figure-kinds.js';
import { figureStyle } from './figure-style.js';
import type { Figure } from './figure.js';
import { narrowColumns, narrowLegend, narrowSpec } from './narrow-spec.js';

/** How drawing is extended, watched and ended. */
export interface DrawControl {
  /** Kinds of figures beside those of netspace, by name, such as those of plugins; drawn after them. */
  readonly kinds?: Readonly<Record<string, FigureKind>>;
  /** Ends the drawing: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with each figure when it is drawn, the number that is done and the number of all. */
  readonly onFigure?: (figure: Figure, done: number, all: number) => void;
}

/**
 * Draws every figure of a study, in the order of the report. What a study has no data for is left out: an unvarying
 * parameter, inference times that were not measured.
 *
 * @throws InvalidInputError where a kind of `control.kinds` throws, has the name of one of netspace, or gives what
 * cannot be drawn; the message names it.
 * @example
 * import { drawFigures } from '@netspace/report';
 * await drawFigures({ arms: [], comparisons: [], claims: [] }); // => []
 */
export async function drawFigures(
  analysis: StudyAnalysis,
  { kinds = {}, signal, onFigure }: DrawControl = {},
): Promise<Figure[]> {
  const planned = await planFigures(analysis, kinds);
  const drawn: Figure[] = [];
  for (const { kind, spec } of planned) {
    await othersMayRun();
    signal?.throwIfAborted();
    const figure = await blaming(kind, () => drawFigure(spec));
    drawn.push(figure);
    onFigure?.(figure, drawn.length, planned.length);
  }
  return drawn;
}

interface PlannedFigure {
  readonly kind: string;
  readonly spec: FigureSpec;
}

async function planFigures(
  analysis: StudyAnalysis,
  kinds: Readonly<Record<string, FigureKind>>,
): Promise<PlannedFigure[]> {
  checkKinds(Object.keys(kinds));
  const style = figureStyle(analysis);
  const arms = analysis.arms.map(({ name }) => name);
  const planned: PlannedFigure[] = [];
  for (const [kind, specsOf] of [...Object.entries(figureKinds), ...Object.entries(kinds)]) {
    const taken = planned.map(({ spec }) => spec.name);
    const specs = await blaming(kind, () => checkSpecs(specsOf(analysis, style), { taken, arms }));
    planned.push(...specs.map((spec) => ({ kind, spec })));
  }
  return planned;
}

function checkKinds(names: readonly string[]): void {
  const taken = names.find(isOwn);
  if (taken === undefined) return;
  throw new InvalidInputError({
    key: `figures.${taken}`,
    problem: 'is a figure of netspace',
    expected: 'another name',
  });
}

/** @throws InvalidInputError where it cannot be drawn: its name, and why. */
export async function drawFigure(figure: FigureSpec): Promise<Figure> {
  const { name, spec } = figure;
  try {
    return { ...figure, ...(await drawTwice(spec, [name, `${name}-narrow`])) };
  } catch (error) {
    throw new InvalidInputError({ problem: `spec of ${name}: cannot be drawn: ${messageOf(error)}` }, { cause: error });
  }
}

/** For the width of a page, and for that of a phone. */
async function drawTwice(
  spec: object,
  names: readonly [wide: string, narrow: string],
): Promise<Pick<Figure, 'svg' | 'narrowSvg'>> {
  // Vega takes half a second to load: only who draws waits for it.
  const { drawPanels, drawSvg } = await import('./draw-svg.js');
  if (!isOfPanels(spec)) {
    return { svg: await drawSvg(spec, names[0]), narrowSvg: await drawSvg(narrowSpec(spec), names[1]) };
  }
  const narrow = { panels: narrowColumns(spec.concat), legend: narrowLegend };
  const [svg, narrowSvg] = await drawPanels(spec, names, narrow);
  return { svg, narrowSvg };
}

function isOfPanels(spec: object): spec is PanelSpec {
  return 'concat' in spec && Array.isArray(spec.concat);
}

/** What goes wrong in a kind from outside is mended there: the message names it. */
async function blaming<Result>(kind: string, action: () => Result | Promise<Result>): Promise<Result> {
  if (isOwn(kind)) return action();
  try {
    return await action();
  } catch (error) {
    // A plugin that throws names its module already.
    const input = error instanceof InvalidInputError ? error.input : { problem: messageOf(error) };
    throw new InvalidInputError({ ...input, key: `figures.${kind}` }, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isOwn(kind: string): boolean {
  return Object.hasOwn(figureKinds, kind);
}

function othersMayRun(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
