import { InvalidInputError, type QuantizedLinear } from '@netspace/contracts';

/** @throws InvalidInputError where a parameter is outside the domain of equations 2 to 4. */
export function checkRule({ initialWidth, slope, widthMultiplier, depth }: QuantizedLinear): void {
  if (!(initialWidth > 0)) fail('initialWidth', initialWidth, 'a number above 0');
  if (!(slope >= 0)) fail('slope', slope, 'a number of at least 0');
  if (!(widthMultiplier > 1)) fail('widthMultiplier', widthMultiplier, 'a number above 1');
  if (!(Number.isInteger(depth) && depth >= 1)) fail('depth', depth, 'an integer of at least 1');
}

/** @throws InvalidInputError where `initialWidth` is not built of whole quanta. */
export function checkQuantum({ initialWidth }: QuantizedLinear, quantum: number): void {
  if (!(quantum > 0)) fail('quantum', quantum, 'a number above 0');
  if (initialWidth % quantum !== 0) fail('initialWidth', initialWidth, `a multiple of the quantum ${quantum}`);
}

function fail(key: string, value: number, expected: string): never {
  throw new InvalidInputError({ key, problem: `got ${value}`, expected });
}
