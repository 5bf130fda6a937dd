/** Prints a text on the standard output. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a value as indented JSON on the standard output. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}
