/** One fault of an input: where it is (dotted path, "" for the whole) and what is wrong with it. */
export interface Issue {
  path: string;
  message: string;
}

/**
 * A failure that a caller acts on. `code` is stable and part of the HTTP contract; the status that
 * belongs to it is decided in one place, lib/http/problem.ts. Messages are shown to clients, so they
 * never contain secrets or internals.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

export class NotFound extends DomainError {
  readonly code = "not_found";
  /** @param what Noun of the missing thing, e.g. "adapter". */
  constructor(readonly what: string, readonly id?: string, options?: ErrorOptions) {
    super(id === undefined ? `No such ${what}` : `No ${what} ${id}`, options);
  }
}

/** The request is well-formed but the current state forbids it. */
export class Conflict extends DomainError {
  readonly code: string;
  constructor(message: string, options?: ErrorOptions & { code?: string }) {
    super(message, options);
    this.code = options?.code ?? "conflict";
  }
}

/** Input that does not fit its schema or a rule; names every fault at once. */
export class Invalid extends DomainError {
  readonly code = "invalid";
  readonly issues: readonly Issue[];
  constructor(issues: Issue[] | Issue | string, options?: ErrorOptions) {
    const list = typeof issues === "string"
      ? [{ path: "", message: issues }]
      : Array.isArray(issues)
      ? issues
      : [issues];
    super(
      list.map(({ path, message }) => path ? `${path}: ${message}` : message).join("; "),
      options,
    );
    this.issues = list;
  }
}

/** `If-Match` named a version that is no longer current: someone else wrote in between. */
export class PreconditionFailed extends DomainError {
  readonly code = "precondition_failed";
  constructor(message = "The resource has changed since it was read", options?: ErrorOptions) {
    super(message, options);
  }
}

/** No key or session, or one that is wrong, expired or revoked. The three are not told apart. */
export class Unauthorized extends DomainError {
  readonly code = "unauthorized";
  constructor(message = "An API key or a session is required", options?: ErrorOptions) {
    super(message, options);
  }
}

export class Forbidden extends DomainError {
  readonly code: string;
  constructor(
    message = "This key may not do that",
    options?: ErrorOptions & { code?: string },
  ) {
    super(message, options);
    this.code = options?.code ?? "forbidden";
  }
}

/** A body that is not what its content type says, e.g. malformed JSON. */
export class Malformed extends DomainError {
  readonly code = "malformed";
}

export class UnsupportedType extends DomainError {
  readonly code = "unsupported_media_type";
}

export class TooLarge extends DomainError {
  readonly code = "too_large";
  constructor(
    message: string,
    readonly limitBytes?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A range of bytes that begins after the end of what there is. */
export class RangeUnsatisfiable extends DomainError {
  readonly code = "range_not_satisfiable";
  constructor(readonly sizeBytes: number, options?: ErrorOptions) {
    super(`There are only ${sizeBytes} bytes`, options);
  }
}

export class TooManyRequests extends DomainError {
  readonly code = "rate_limited";
  constructor(message: string, readonly retryAfterS: number, options?: ErrorOptions) {
    super(message, options);
  }
}

/** Something this server needs is down; worth asking again after `retryAfterS` seconds. */
export class Unavailable extends DomainError {
  readonly code = "unavailable";
  constructor(message: string, readonly retryAfterS: number = 5, options?: ErrorOptions) {
    super(message, options);
  }
}
