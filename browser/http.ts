/** An answer that was not a success, worded for people. */
export class RequestFailed extends Error {
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.name = "RequestFailed";
    this.status = status;
  }
}

interface Problem {
  title?: string;
  detail?: string;
  errors?: { path: string; message: string }[];
}

/** Reads JSON. @throws {RequestFailed} */
export const load = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  request<T>(path, { signal });

/** Sends JSON and reads JSON; undefined for an empty answer. @throws {RequestFailed} */
export const send = <T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
): Promise<T> =>
  request<T>(path, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

async function request<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      ...init,
      headers: { accept: "application/json", ...init.headers },
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new RequestFailed("The server cannot be reached. Is it running?", 0, { cause });
  }
  if (!response.ok) throw new RequestFailed(await explain(response), response.status);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function explain(response: Response): Promise<string> {
  if (!response.headers.get("content-type")?.includes("json")) {
    return `The server answered ${response.status}`;
  }
  const problem = await response.json() as Problem;
  const first = problem.errors?.[0];
  if (first) return first.path ? `${first.path}: ${first.message}` : first.message;
  return problem.detail ?? problem.title ?? `The server answered ${response.status}`;
}

/** What to show for a failure; null for one that the caller asked for by aborting. */
export function failureText(error: unknown): string | null {
  if (error instanceof DOMException && error.name === "AbortError") return null;
  if (error instanceof RequestFailed) return error.message;
  throw error;
}
