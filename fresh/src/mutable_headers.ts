/** The response itself, or a copy where its headers are fixed, as are those of `fetch()`. */
export function withMutableHeaders(response: Response): Response {
  try {
    // Nothing but a write tells whether headers can be written.
    response.headers.delete("x-mutable-probe");
    return response;
  } catch {
    return new Response(response.body, response);
  }
}
