/** Keys and indices from the root of a value. */
export type Path = readonly PropertyKey[];

/** One thing that a study file says of a setting. */
export interface Layer {
  /** Where it stands in the file. */
  readonly place: Path;
  /** Which part of a setting it is: none for the whole, `recipe`, `precision` for that key alone. */
  readonly part: Path;
  readonly value: unknown;
}

type PlainMap = Readonly<Record<PropertyKey, unknown>>;

/** Keys that say of what kind a map is, and so what its other keys mean. */
const kindKeys = ['name', 'schedule'];

/**
 * What layers say together: maps are merged key by key, anything else replaces what was there, and so does a map of
 * another kind (a dataset of another name, a learning rate of another schedule).
 */
export function mergeLayers(layers: readonly Layer[]): unknown {
  return layers.reduce<unknown>((merged, { part, value }) => merge(merged, nest(part, value)), {});
}

/**
 * Where in the file the value at `path` of the merged layers stands: the last layer that says it, or something around it.
 */
export function placeOf(layers: readonly Layer[], path: Path): Path {
  for (let length = path.length; length >= 0; length--) {
    const layer = layers.findLast((candidate) => says(candidate, path.slice(0, length)));
    if (layer !== undefined) return [...layer.place, ...path.slice(layer.part.length)];
  }
  return path;
}

/** The value at a path in another one; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => {
    const isInside = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key);
    return isInside ? (inner as PlainMap)[key] : undefined;
  }, value);
}

/** Whether a value is a map of keys. */
export function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(base: unknown, own: unknown): unknown {
  if (!isMap(base) || !isMap(own) || isOfAnotherKind(base, own)) return own;
  const merged = Object.entries(own).map(([key, value]): [string, unknown] => [
    key,
    Object.hasOwn(base, key) ? merge(base[key], value) : value,
  ]);
  return Object.fromEntries([...Object.entries(base), ...merged]);
}

function isOfAnotherKind(base: PlainMap, own: PlainMap): boolean {
  return kindKeys.some((key) => own[key] !== undefined && own[key] !== base[key]);
}

function nest(part: Path, value: unknown): unknown {
  return part.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

function says({ part, value }: Layer, path: Path): boolean {
  if (path.length < part.length || part.some((key, index) => path[index] !== key)) return false;
  const inside = path.slice(part.length);
  const last = inside.at(-1);
  return last === undefined || Object.hasOwn(Object(valueAt(value, inside.slice(0, -1))) as object, last);
}
