const HIDDEN = "[redacted]";

/**
 * Text that must not be printed. It shows as `[redacted]` in strings, JSON, `Deno.inspect` and
 * `console`; only `reveal()` gives it out, so a search for that name finds every use.
 */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return HIDDEN;
  }
  toJSON(): string {
    return HIDDEN;
  }
  [Symbol.toPrimitive](): string {
    return HIDDEN;
  }
  [Symbol.for("Deno.customInspect")](): string {
    return HIDDEN;
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return HIDDEN;
  }
}
