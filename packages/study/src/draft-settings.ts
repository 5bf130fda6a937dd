import { settingLabel } from './setting-label.js';
import { isMap, type Layer, mergeLayers, placeOf } from './setting-layers.js';

/** A setting before it is checked. */
export interface SettingDraft {
  readonly name: string;
  /** What the file says of it, the base first. */
  readonly layers: readonly Layer[];
}

/** What a study file says of settings. */
export interface SettingsSource {
  /** What all settings start from: the sections of the file itself. */
  readonly base: Readonly<Record<string, unknown>>;
  /** A list of named settings, or the values of each axis of a matrix. */
  readonly settings?: readonly NamedSections[] | Axes;
}

/** A setting of a list: its name, and the sections that it changes. */
type NamedSections = Readonly<Record<string, unknown>> & { readonly name: string };

/** A matrix of settings: values by what they change: `block`, `recipe.precision`. */
type Axes = Readonly<Record<string, readonly unknown[]>>;

interface Draft {
  readonly labels: readonly string[];
  readonly layers: readonly Layer[];
}

/** The settings of a study file: those of its list or matrix, each for every regime of a list of regimes. */
export function draftSettings({ base, settings }: SettingsSource): SettingDraft[] {
  const start: Draft = { labels: [], layers: [{ place: [], part: [], value: base }] };
  return variantsOf(start, settings)
    .flatMap(eachRegime)
    .map(({ labels, layers }) => ({ name: labels.length === 0 ? 'base' : labels.join(', '), layers }));
}

function variantsOf(start: Draft, settings: SettingsSource['settings']): Draft[] {
  if (settings === undefined) return [start];
  if (isList(settings)) {
    return settings.map(({ name, ...value }, index) =>
      addLayer(start, name, { place: ['settings', index], part: [], value }),
    );
  }
  return Object.entries(settings).reduce<Draft[]>(
    (drafts, [axis, values]) => drafts.flatMap((draft) => eachValue(draft, axis, values)),
    [start],
  );
}

function eachValue(draft: Draft, axis: string, values: readonly unknown[]): Draft[] {
  const part = axis.split('.');
  return values.map((value, index) =>
    addLayer(draft, settingLabel(part, value), { place: ['settings', axis, index], part, value }),
  );
}

/** `regime: [...]` is short for an axis of regimes. */
function eachRegime(draft: Draft): Draft[] {
  const merged = mergeLayers(draft.layers);
  const regimes = isMap(merged) ? merged.regime : undefined;
  if (!Array.isArray(regimes)) return [draft];
  const place = placeOf(draft.layers, ['regime']);
  return regimes.map((value: unknown, index) =>
    addLayer(draft, settingLabel(['regime'], value), { place: [...place, index], part: ['regime'], value }),
  );
}

function addLayer({ labels, layers }: Draft, label: string, layer: Layer): Draft {
  return { labels: [...labels, label], layers: [...layers, layer] };
}

function isList(settings: readonly NamedSections[] | Axes): settings is readonly NamedSections[] {
  return Array.isArray(settings);
}
