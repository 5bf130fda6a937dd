import { InvalidInputError } from '@netspace/contracts';
import { nameOfType } from './name-of-type.js';

type MemberType = 'boolean' | 'string' | 'number' | 'function';

const engineMembers: Readonly<Record<string, MemberType>> = {
  name: 'string',
  numerics: 'string',
  instructionSet: 'string',
  description: 'string',
  compile: 'function',
};

/** The members of a claim's evidence, but for `effect` and `interval`, which may be null. */
const evidenceMembers: Readonly<Record<string, MemberType>> = {
  where: 'string',
  statistic: 'string',
  unit: 'string',
  test: 'string',
  margin: 'number',
  falseP: 'number',
  trueP: 'number',
  networks: 'number',
};

type Members = Readonly<Record<string, unknown>>;

/** @throws InvalidInputError where what an engine's `load` gave is neither an engine nor why there is none. */
export function checkEngine(given: unknown): void {
  const { available, engine } = membersOf(given, 'what load gives');
  checkMember('available', available, 'boolean');
  if (available === true) checkMembers(membersOf(engine, 'engine'), engineMembers, 'engine.');
  else checkMembers(given, { name: 'string', reason: 'string', remedy: 'string' });
}

/** @throws InvalidInputError where it is no evaluator. */
export function checkEvaluator(given: unknown): void {
  checkMembers(given, { description: 'string', evaluate: 'function', close: 'function' });
}

/** @throws InvalidInputError where it is no list. */
export function checkList(given: unknown): void {
  if (!Array.isArray(given)) throw new InvalidInputError({ problem: `gives ${nameOfType(given)}`, expected: 'a list' });
}

/** @throws InvalidInputError where it is no list of evidence. */
export function checkEvidence(given: unknown): void {
  checkList(given);
  for (const evidence of given as readonly unknown[]) checkMembers(evidence, evidenceMembers);
}

/** @throws InvalidInputError where it is no list of proposals. */
export function checkProposals(given: unknown): void {
  checkList(given);
  for (const proposal of given as readonly unknown[]) {
    checkMembers(proposal, { name: 'string', statement: 'string' });
    membersOf((proposal as Members).change, 'change');
  }
}

const nouns = { boolean: 'true or false', string: 'text', number: 'a number', function: 'a function' };

function checkMembers(given: unknown, types: Readonly<Record<string, MemberType>>, prefix = ''): void {
  const members = membersOf(given, 'what it gives');
  for (const [name, type] of Object.entries(types)) checkMember(prefix + name, members[name], type);
}

function checkMember(name: string, value: unknown, type: MemberType): void {
  if (typeof value === type) return;
  throw new InvalidInputError({ problem: `${name} is ${nameOfType(value)}`, expected: nouns[type] });
}

function membersOf(given: unknown, what: string): Members {
  if (typeof given === 'object' && given !== null) return given as Members;
  throw new InvalidInputError({ problem: `${what} is ${nameOfType(given)}`, expected: 'an object' });
}
