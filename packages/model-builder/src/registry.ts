import { InvalidInputError } from '@netspace/contracts';

/** Definitions by name. */
export class Registry<T> {
  private readonly definitions: Map<string, T>;

  /**
   * @param kind - What is registered, for messages: `block`.
   * @param shipped - What it holds from the start.
   */
  constructor(
    private readonly kind: string,
    shipped: Readonly<Record<string, T>>,
  ) {
    this.definitions = new Map(Object.entries(shipped));
  }

  /** @throws InvalidInputError where the name is taken. */
  register(name: string, definition: T): void {
    if (this.definitions.has(name)) {
      throw new InvalidInputError({ key: name, problem: `a ${this.kind} of this name is registered already` });
    }
    this.definitions.set(name, definition);
  }

  /** @throws InvalidInputError where there is no such name. */
  get(name: string): T {
    const definition = this.definitions.get(name);
    if (definition !== undefined) return definition;
    const expected = this.names().join(', ');
    throw new InvalidInputError({ key: this.kind, problem: `unknown ${this.kind} type "${name}"`, expected });
  }

  has(name: string): boolean {
    return this.definitions.has(name);
  }

  /** In the order of registration. */
  names(): string[] {
    return [...this.definitions.keys()];
  }
}
