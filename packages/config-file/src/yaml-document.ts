import { InvalidInputError } from '@netspace/contracts';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import { yaml } from '#yaml';
import { nestsTooDeep } from './nests-too-deep.js';

/** 1.1 is what PyYAML reads: `yes` and `on` are true, `010` is eight. */
export type YamlVersion = '1.1' | '1.2';

/** A YAML text: its value, and where each part of it stands. */
export interface YamlDocument {
  readonly value: unknown;
  /** The line of the key or item at a path, or of the closest thing around it that the file has; from 1. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
  /** The value at a path as it stands in the file, in one short line; undefined where there is none. */
  textOf(path: readonly PropertyKey[]): string | undefined;
}

/**
 * Reads a YAML text.
 *
 * @throws InvalidInputError where it is no YAML, or one that would exhaust the machine.
 */
export function readYaml(text: string, file: string, version: YamlVersion): YamlDocument {
  if (nestsTooDeep(text)) throw new InvalidInputError({ file, problem: 'is nested too deeply' });
  const lines = new (yaml().LineCounter)();
  const options = { version, merge: true, stringKeys: true, prettyErrors: false, logLevel: 'error' } as const;
  const document = yaml().parseDocument(text, { ...options, lineCounter: lines });
  const error = document.errors[0];
  if (error !== undefined) {
    const problem = problems[error.code] ?? error.message;
    throw new InvalidInputError({ file, line: lines.linePos(error.pos[0]).line, problem });
  }
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  refuseCircles(document, file, lineOf);
  refuseMerges(document, (node, offset) => {
    const expected = 'a map, an alias of one, or a list of them';
    const problem = `got ${shown(node, text)}`;
    throw new InvalidInputError({ file, line: lineOf(offset), key: '<<', problem, expected });
  });
  const entryAt = (path: readonly PropertyKey[]): Entry | undefined => find(document, path);
  return {
    value: valueOf(document, file),
    lineOf(path) {
      const lengths = path.map((_, index) => path.length - index);
      const closest = [...lengths, 0].map((length) => entryAt(path.slice(0, length))?.position);
      const position = closest.find((offset) => offset !== undefined);
      return position === undefined ? undefined : lineOf(position);
    },
    textOf(path) {
      const entry = entryAt(path);
      return entry === undefined ? undefined : shown(entry.node, text);
    },
  };
}

/** The library's words for these are meant for programmers. */
const problems: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'a key is there twice; the keys of a map are distinct',
  MULTIPLE_DOCS: 'holds more than one document',
  NON_STRING_KEY: 'a key is a list or a map; only text can be a key',
  RESOURCE_EXHAUSTION: 'is nested too deeply',
};

function valueOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // An alias without an anchor, aliases that would blow up the value.
    throw new InvalidInputError({ file, problem: (error as Error).message }, { cause: error });
  }
}

/** @throws InvalidInputError where an alias stands inside what it stands for: such a value has no end. */
function refuseCircles(document: Document, file: string, lineOf: (offset: number) => number): void {
  yaml().visit(document, {
    Alias(_, alias) {
      const [start = 0] = alias.range ?? [];
      const [from = 0, to = 0] = alias.resolve(document)?.range ?? [];
      if (from > start || start >= to) return;
      throw new InvalidInputError({
        file,
        line: lineOf(start),
        problem: `*${alias.source} stands inside &${alias.source}`,
      });
    },
  });
}

/** @param refuse - Told what stands behind a merge key that merges no maps, and the offset of the key. */
function refuseMerges(document: Document, refuse: (node: unknown, offset: number) => never): void {
  const isMapOf = (node: unknown): boolean => yaml().isMap(resolved(document, node));
  yaml().visit(document, {
    Pair(_, pair) {
      const source = resolved(document, pair.value);
      if (!isMerge(pair) || isMapOf(source)) return;
      if (!yaml().isSeq(source) || !source.items.every(isMapOf)) refuse(pair.value, startOf(pair.key) ?? 0);
    },
  });
}

/** A value of the document, and the offset of its key or, in a list, of itself. */
interface Entry {
  readonly node: unknown;
  readonly position: number | undefined;
}

function find(document: Document, path: readonly PropertyKey[]): Entry | undefined {
  let entry: Entry | undefined = { node: document.contents, position: document.contents?.range?.[0] };
  for (const part of path) entry = entry && childOf(document, entry.node, part);
  return entry;
}

function childOf(document: Document, parent: unknown, part: PropertyKey): Entry | undefined {
  const node = resolved(document, parent);
  if (yaml().isMap(node)) return childOfMap(document, node, part);
  if (!yaml().isSeq(node) || typeof part !== 'number') return undefined;
  const item = node.items[part];
  return item === undefined ? undefined : { node: item, position: startOf(item) };
}

/** A key of a map itself, or else of the maps that are merged into it, the last first as they overrule each other. */
function childOfMap(document: Document, map: YAMLMap, part: PropertyKey): Entry | undefined {
  const own = map.items.find(({ key }) => yaml().isScalar(key) && key.value === part);
  if (own !== undefined) return { node: own.value, position: startOf(own.key) };
  const merged = map.items.filter(isMerge).map(({ value }) => resolved(document, value));
  return merged
    .flatMap((source) => (yaml().isSeq(source) ? source.items : [source]))
    .map((source) => childOf(document, source, part))
    .find((entry) => entry !== undefined);
}

function isMerge({ key }: Pair): boolean {
  return yaml().isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

function resolved(document: Document, node: unknown): unknown {
  return yaml().isAlias(node) ? node.resolve(document) : node;
}

function startOf(node: unknown): number | undefined {
  return yaml().isNode(node) ? node.range?.[0] : undefined;
}

/** Longer texts are cut. */
const longestText = 60;

function shown(node: unknown, text: string): string {
  if (!yaml().isNode(node)) return 'nothing';
  if (yaml().isScalar(node) && typeof node.value === 'string') return JSON.stringify(cut(node.value));
  const isBlock = (yaml().isMap(node) || yaml().isSeq(node)) && node.flow !== true;
  if (isBlock) return yaml().isMap(node) ? 'a map of keys' : 'a list';
  return cut(sourceOf(node, text).replace(/\s+/g, ' ')) || 'nothing';
}

function sourceOf(node: Node, text: string): string {
  const [start = 0, end = 0] = node.range ?? [];
  return text.slice(start, end);
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}
