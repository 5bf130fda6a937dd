import type { Range } from '@netspace/contracts';
import { regimeSchema } from './regime-schema.js';
import { isMap, type Path } from './setting-layers.js';

/**
 * What a part of a setting is called where it tells settings apart: `block=vr`, `flops=1M-2M`, `dataset=mnist,
 * trainImages=100`. Always a name.
 */
export function settingLabel(part: Path, value: unknown): string {
  const key = String(part.at(-1));
  const text = key === 'regime' ? regimeLabel(value) : leavesOf(key, value).join(', ');
  return text.replace(/[^\w .,=+-]/g, '_').trim();
}

function regimeLabel(value: unknown): string {
  const regime = regimeSchema.safeParse(value);
  // What is no regime is refused where settings are checked; here it only needs some name.
  if (!regime.success) return 'regime';
  const limits = Object.entries<Range>({ ...regime.data });
  return limits.length === 0
    ? 'regime=any'
    : limits.map(([measure, range]) => `${measure}=${rangeText(range)}`).join(', ');
}

function rangeText({ low, high }: Range): string {
  if (high === Number.MAX_SAFE_INTEGER) return `from ${quantityText(low)}`;
  return low === 0 ? `up to ${quantityText(high)}` : `${quantityText(low)}-${quantityText(high)}`;
}

const units = [
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
] as const;

/** Every digit, unlike counts for people: two settings that differ are told apart. */
function quantityText(value: number): string {
  const [unit, size] = units.find(([, size]) => value >= size) ?? ['', 1];
  return `${value / size}${unit}`;
}

/** Each value with its key; a map's `name`, `type` or `schedule` is what the map itself is called. */
function leavesOf(key: string, value: unknown): string[] {
  if (isMap(value)) {
    const leaves = Object.entries(value).flatMap(([inner, leaf]) =>
      leavesOf(['name', 'type', 'schedule'].includes(inner) ? key : inner, leaf),
    );
    return leaves.length === 0 ? [key] : leaves;
  }
  return [`${key}=${Array.isArray(value) ? value.map(scalarText).join('-') : scalarText(value)}`];
}

/** What stands in a list within a setting may be a map or a list itself. */
function scalarText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
