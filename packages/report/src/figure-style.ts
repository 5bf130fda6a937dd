import type { FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { armStyles } from './arm-styles.js';
import { axisScale } from './axis-scale.js';
import { completedOf } from './completed-of.js';

/** What the figures of a study share. */
export function figureStyle({ arms }: StudyAnalysis): FigureStyle {
  const errors = arms.flatMap((arm) => completedOf(arm).map(({ error }) => error));
  return {
    arms: armStyles(arms.map(({ name }) => name)),
    // Where every network diverged, figures of errors are left out, and the scale is of no use.
    errorScale: errors.length === 0 ? { type: 'linear', domain: [0, 100] } : axisScale(errors),
  };
}
