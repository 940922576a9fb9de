/** Reason phrases for the statuses an application throws; others read as their number. */
const REASONS: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  408: "Request Timeout",
  409: "Conflict",
  410: "Gone",
  411: "Length Required",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  416: "Range Not Satisfiable",
  418: "I'm a teapot",
  422: "Unprocessable Content",
  425: "Too Early",
  426: "Upgrade Required",
  428: "Precondition Required",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** An error whose status and message may be shown to the client. */
export class HttpError extends Error {
  readonly status: number;

  /** @param message Defaults to the reason phrase of `status`. Sent to the client as it is. */
  constructor(status: number, message?: string, options?: ErrorOptions) {
    super(message ?? REASONS[status] ?? String(status), options);
    this.name = "HttpError";
    this.status = status;
  }
}
