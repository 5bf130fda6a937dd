import { type ImageShape } from '@netspace/contracts';
import { defineDesignSpace, type DesignSpace } from '@netspace/design-space';
import type { SettingDraft } from './draft-settings.js';
import { type Layer, mergeLayers, type Path, placeOf } from './setting-layers.js';
import { StudyProblem, within } from './study-problem.js';
import type { Setting } from './study.js';
