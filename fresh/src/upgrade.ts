export interface SocketHandlers {
  open?(socket: WebSocket): void;
  message?(socket: WebSocket, event: MessageEvent): void;
  close?(socket: WebSocket, code: number, reason: string): void;
  error?(socket: WebSocket, event: Event): void;
}

export interface SocketOptions {
  /** Seconds without a pong after which the connection is closed. Default 120. */
  idleTimeout?: number;
  protocol?: string;
}

/** With handlers, wires them and returns the answer; without, returns the raw socket too. */
export function upgradeSocket(
  req: Request,
  first: SocketHandlers | SocketOptions,
  options: SocketOptions,
): Response | { socket: WebSocket; response: Response } {
  if (!hasHandlers(first)) return Deno.upgradeWebSocket(req, first as SocketOptions);
  const { socket, response } = Deno.upgradeWebSocket(req, options);
  const { open, message, close, error } = first;
  if (open) socket.onopen = () => open(socket);
  if (message) socket.onmessage = (event) => message(socket, event);
  if (close) socket.onclose = (event) => close(socket, event.code, event.reason);
  if (error) socket.onerror = (event) => error(socket, event);
  return response;
}

function hasHandlers(value: SocketHandlers | SocketOptions): value is SocketHandlers {
  return Object.values(value).some((field) => typeof field === "function");
}
