import { getLogger } from "@logtape/logtape";
import {
  Conflict,
  DomainError,
  Forbidden,
  Invalid,
  type Issue,
  Malformed,
  NotFound,
  PreconditionFailed,
  RangeUnsatisfiable,
  TooLarge,
  TooManyRequests,
  Unauthorized,
  Unavailable,
  UnsupportedType,
} from "@/lib/errors.ts";

const log = getLogger(["lm", "http"]);

/** The body of every error answer of the API (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance: string;
  /** Stable, for programs. */
  code: string;
  request_id: string;
  errors?: readonly Issue[];
}

const STATUS_OF = [
  [Malformed, 400],
  [Unauthorized, 401],
  [Forbidden, 403],
  [NotFound, 404],
  [Conflict, 409],
  [PreconditionFailed, 412],
  [TooLarge, 413],
  [UnsupportedType, 415],
  [RangeUnsatisfiable, 416],
  [Invalid, 422],
  [TooManyRequests, 429],
  [Unavailable, 503],
] as const;

const TITLES: Record<number, string> = {
  400: "Bad request",
  401: "Not authenticated",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  412: "Precondition failed",
  413: "Too large",
  415: "Unsupported media type",
  416: "Range not satisfiable",
  422: "Invalid input",
  429: "Too many requests",
  500: "Internal server error",
  501: "Not implemented",
  502: "Bad gateway",
  503: "Unavailable",
  504: "Gateway timeout",
};

/** @returns 500 for anything that is not one of our errors or an HTTP error of the router. */
export function statusOf(error: unknown): number {
  const known = STATUS_OF.find(([kind]) => error instanceof kind);
  if (known) return known[1];
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  return typeof status === "number" && status >= 400 && status <= 599 ? status : 500;
}

export interface ProblemContext {
  /** Path of the request, without its query. */
  instance: string;
  requestId: string;
}

/** Describes any thrown value; an unknown one says nothing about itself, its stack goes to the log. */
export function problemOf(error: unknown, { instance, requestId }: ProblemContext): Problem {
  const status = statusOf(error);
  const title = TITLES[status] ?? "Error";
  const base = { type: "about:blank", title, status, instance, request_id: requestId };
  if (error instanceof DomainError) {
    return {
      ...base,
      detail: error.message,
      code: error.code,
      ...(error instanceof Invalid && { errors: error.issues }),
    };
  }
  if (status === 500) log.error("Request failed", { requestId, instance, error });
  return { ...base, code: codeOf(status) };
}

/** Answers `error` as `application/problem+json`. */
export function problemResponse(error: unknown, context: ProblemContext): Response {
  const problem = problemOf(error, context);
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
  if (error instanceof TooManyRequests || error instanceof Unavailable) {
    headers.set("retry-after", String(Math.max(1, Math.ceil(error.retryAfterS))));
  }
  if (error instanceof RangeUnsatisfiable) {
    headers.set("content-range", `bytes */${error.sizeBytes}`);
  }
  if (problem.status === 401) headers.set("www-authenticate", 'Bearer realm="LoRA Manager"');
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/** A path that exists, asked with a method that it lacks. */
export function methodNotAllowed(
  allowed: readonly string[],
  { instance, requestId }: ProblemContext,
): Response {
  const problem: Problem = {
    type: "about:blank",
    title: TITLES[405]!,
    status: 405,
    detail: `Allowed here: ${allowed.join(", ")}`,
    instance,
    code: codeOf(405),
    request_id: requestId,
  };
  return new Response(JSON.stringify(problem), {
    status: 405,
    headers: { "content-type": "application/problem+json", allow: allowed.join(", ") },
  });
}

/** Codes of errors that are not ours, i.e. the router's. */
function codeOf(status: number): string {
  if (status === 404) return "not_found";
  if (status === 405) return "method_not_allowed";
  return status === 500 ? "internal" : `http_${status}`;
}
