import { InvalidInputError } from '@netspace/contracts';
import { makeMath } from '#mathjs';
import type { AccessorNode, EvalFunction, MathJsInstance, MathNode } from 'mathjs';

/** Numbers by name and lists by name: what a constraint may speak of. */
export type ConstraintScope = Readonly<Record<string, number | readonly number[]>>;

/** A compiled constraint. */
export interface Constraint {
  /** As written. */
  readonly text: string;
  /**
   * Whether the values fulfil it.
   *
   * @throws InvalidInputError where it has no answer: an index without an element, a list where a number is meant.
   */
  holds(scope: ConstraintScope): boolean;
}

const functions = new Set(['abs', 'ceil', 'exp', 'floor', 'log', 'log2', 'max', 'min', 'round', 'sqrt', 'sum']);

const operators = new Set([
  ...['add', 'subtract', 'multiply', 'divide', 'mod', 'pow', 'unaryMinus'],
  ...['and', 'or', 'not', 'equal', 'unequal', 'smaller', 'smallerEq', 'larger', 'largerEq'],
]);

let made: MathJsInstance | undefined;

/** All of mathjs: what a constraint may use of it is checked below. `predictable`: the root of -1 is NaN, not complex. */
function math(): MathJsInstance {
  return (made ??= makeMath({ predictable: true, matrix: 'Array' }));
}

/** Characters in a constraint, at most: a bound on the work of parsing it. */
const longest = 1000;

/**
 * Compiles a constraint: a comparison, or several joined by `and`, `or`, `not`, over the names of a scope.
 *
 * Only numbers, those names, list elements (`w[2]`, `w[end]`), arithmetic, comparisons and the functions abs, ceil, exp,
 * floor, log (natural), log2, max, min, round, sqrt and sum are let through; everything else that mathjs can parse is
 * refused before it is compiled, so that a constraint from a file cannot run code, define or change anything.
 *
 * @param text - The expression.
 * @param example - A scope of the shape that the constraint will meet; it must have an answer there.
 * @throws InvalidInputError where it is no such expression.
 */
export function compileConstraint(text: string, example: ConstraintScope): Constraint {
  const root = parse(text);
  checkNode(root, example, text);
  const compiled = root.compile();
  const constraint: Constraint = { text, holds: (scope) => answer(compiled, scope, text) };
  constraint.holds(example);
  return constraint;
}

function parse(text: string): MathNode {
  if (text.trim() === '') throw invalid(text, 'is empty', 'an expression such as w[2] >= w[1]');
  if (text.length > longest) throw invalid(text, `${text.length} characters long`, `at most ${longest} characters`);
  try {
    return math().parse(text);
  } catch (error) {
    throw invalid(text, `does not parse: ${(error as Error).message}`, 'an expression such as w[2] >= w[1]');
  }
}

/** Lets the nodes of the white list through, with all that is below them. */
function checkNode(node: MathNode, scope: ConstraintScope, text: string): void {
  if (math().isSymbolNode(node)) checkName(node.name, scope, text);
  else if (math().isAccessorNode(node)) checkElement(node, scope, text);
  else if (isAllowed(node)) childrenOf(node).forEach((child) => checkNode(child, scope, text));
  else throw invalid(text, `${node.toString()} is not allowed`, allowed);
}

const allowed = `numbers, names, list elements, arithmetic, comparisons, ${[...functions].join(', ')}`;

function isAllowed(node: MathNode): boolean {
  if (math().isConstantNode(node)) return typeof node.value === 'number';
  if (math().isOperatorNode(node)) return operators.has(node.fn);
  // A method, as in w.max(1), has a name too: the name must be all there is.
  if (math().isFunctionNode(node)) return math().isSymbolNode(node.fn) && functions.has(node.fn.name);
  return math().isParenthesisNode(node) || math().isRelationalNode(node);
}

/** The parts of a node that are expressions themselves: of a function call, its arguments. */
function childrenOf(node: MathNode): MathNode[] {
  if (math().isFunctionNode(node)) return node.args;
  const children: MathNode[] = [];
  node.forEach((child) => children.push(child));
  return children;
}

function checkName(name: string, scope: ConstraintScope, text: string): void {
  if (Object.hasOwn(scope, name)) return;
  throw invalid(text, `there is no ${name} here`, Object.keys(scope).join(', '));
}

/** `w[2]`, `w[end]`, `w[end - 1]`: one index into a list of the scope. */
function checkElement({ object, index }: AccessorNode, scope: ConstraintScope, text: string): void {
  if (!math().isSymbolNode(object) || index.dotNotation || index.dimensions.length !== 1) {
    throw invalid(text, `${object.toString()} has no such part`, 'one index into a list, w[1] to w[end]');
  }
  checkName(object.name, scope, text);
  checkNode(index.dimensions[0]!, { ...scope, end: 1 }, text);
}

function answer(compiled: EvalFunction, scope: ConstraintScope, text: string): boolean {
  let value: unknown;
  try {
    value = compiled.evaluate(scope);
  } catch (error) {
    throw invalid(text, `cannot be evaluated: ${(error as Error).message}`, 'elements that every network has');
  }
  if (typeof value === 'boolean') return value;
  throw invalid(text, 'is neither true nor false', 'a comparison of numbers');
}

function invalid(text: string, problem: string, expected: string): InvalidInputError {
  return new InvalidInputError({ key: 'constraints', problem: `${JSON.stringify(text)}: ${problem}`, expected });
}
