import { extname } from "node:path";
import type { StaticFile } from "./build.ts";
import { internalsOf } from "./context.ts";
import type { MiddlewareFn } from "./types.ts";

const CONTENT_TYPES: Record<string, string> = {
  ".avif": "image/avif",
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/vnd.microsoft.icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".mp4": "video/mp4",
  ".onnx": "application/octet-stream",
  ".otf": "font/otf",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webm": "video/webm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

const FOR_EVER = "public, max-age=31536000, immutable";

/** Sends the files of `static/` and of the client build; everything else goes on. */
export function staticFiles<State>(): MiddlewareFn<State> {
  return async (ctx) => {
    const { method } = ctx.req;
    const { path, build } = internalsOf(ctx);
    const file = build.staticFiles.get(path) ?? build.staticFiles.get(decoded(path));
    if (!file || (method !== "GET" && method !== "HEAD")) return await ctx.next();
    const isVersioned = file.isHashed || ctx.url.searchParams.get("v") === build.id;
    return await send(file, ctx.req, isVersioned);
  };
}

async function send(file: StaticFile, req: Request, isVersioned: boolean): Promise<Response> {
  const encoding = acceptedEncoding(file, req.headers.get("accept-encoding") ?? "");
  const etag = `"${file.etag}${encoding ? `-${encoding}` : ""}"`;
  const headers = new Headers({ etag, "cache-control": isVersioned ? FOR_EVER : "no-cache" });
  if (file.encodings.length > 0) headers.set("vary", "accept-encoding");
  if (matches(req.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers });
  }

  const type = CONTENT_TYPES[extname(file.file).toLowerCase()] ?? "application/octet-stream";
  headers.set("content-type", type);
  if (encoding) headers.set("content-encoding", encoding);
  const suffix = encoding === "gzip" ? ".gz" : encoding ? ".br" : "";
  const handle = await Deno.open(file.file + suffix);
  headers.set("content-length", String((await handle.stat()).size));
  if (req.method === "HEAD") {
    handle.close();
    return new Response(null, { headers });
  }
  return new Response(handle.readable, { headers });
}

function acceptedEncoding({ encodings }: StaticFile, accepted: string): "br" | "gzip" | undefined {
  const names = accepted.toLowerCase().split(",").map((entry) => entry.trim());
  return encodings.find((encoding) =>
    names.some((name) => name.split(";")[0]!.trim() === encoding && !/;\s*q=0(\.0+)?$/.test(name))
  );
}

/** A weak comparison, as caches between here and the browser may have weakened the tag. */
function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.split(",").some((tag) =>
    tag.trim() === "*" || tag.trim().replace("W/", "") === etag
  );
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
