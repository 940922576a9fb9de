/** A handler's data for its page component, with the status and headers of the answer. */
export class PageResponse<Data> {
  readonly data: Data;
  readonly status: number | undefined;
  readonly headers: HeadersInit | undefined;

  constructor(data: Data, init: PageInit) {
    this.data = data;
    this.status = init.status;
    this.headers = init.headers;
  }
}

export interface PageInit {
  status?: number;
  headers?: HeadersInit;
}

/** Hands `data` from a handler to the page component of the same route. */
export function page<Data = undefined>(data?: Data, init: PageInit = {}): PageResponse<Data> {
  return new PageResponse(data as Data, init);
}
