import { InvalidArgumentError } from 'commander';

/** An option's value that is an integer of at least 1. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError('Valid: an integer of at least 1.');
}
