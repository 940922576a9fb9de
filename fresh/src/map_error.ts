import { type Context, internalsOf } from "./context.ts";
import { HttpError } from "./http_error.ts";
import type { Frame } from "./render/frame.ts";
import type { MiddlewareFn } from "./types.ts";

/** An `onError`, `notFound`, `_error` or `_404`, ready to answer. */
export interface ErrorMapper {
  /** Segments in its scope: the deeper one is asked first. */
  readonly depth: number;
  /** Set when only the request's path can tell whether it applies. */
  readonly test: RegExp | null;
  readonly frame: Frame;
  // deno-lint-ignore no-explicit-any -- the state type of the app it was registered on
  readonly handle: MiddlewareFn<any>;
}

export interface Mappers {
  readonly errors: readonly ErrorMapper[];
  readonly notFound: ErrorMapper | null;
}

/**
 * Answers for a thrown value, and never throws itself: a mapper that fails hands its own error to
 * the next one, and the last word is a bare text.
 */
export async function mapError(
  ctx: Context<unknown>,
  thrown: unknown,
  { errors, notFound }: Mappers,
): Promise<Response> {
  const { path, enterErrorPage } = internalsOf(ctx);
  const isMissing = thrown instanceof HttpError && thrown.status === 404;
  const candidates = isMissing && notFound ? [notFound, ...errors] : errors;
  let error = thrown;
  for (const { test, frame, handle } of candidates) {
    if (test && !test.test(path)) continue;
    enterErrorPage(error, frame);
    try {
      return await handle(ctx);
    } catch (next) {
      error = next;
    }
  }
  return plainAnswer(error);
}

/** The answer where no mapper applies. A value that is no HttpError may say too much: it is logged. */
function plainAnswer(error: unknown): Response {
  if (error instanceof HttpError) return new Response(error.message, { status: error.status });
  // deno-lint-ignore no-console -- nobody else will ever see this error
  console.error(error);
  return new Response("Internal server error", { status: 500 });
}
