import { getLogger } from "@logtape/logtape";
import { HttpError } from "fresh";
import { define } from "@/define.ts";
import { DomainError, Unauthorized } from "@/lib/errors.ts";
import { checkHost } from "@/lib/http/host.ts";
import { allowedMethods } from "@/lib/openapi/methods.ts";
import { checkOrigin } from "@/lib/http/origin.ts";
import { outageOf } from "@/lib/http/outage.ts";
import { isApiPath } from "@/lib/http/prefixes.ts";
import { methodNotAllowed, problemResponse, statusOf } from "@/lib/http/problem.ts";

const log = getLogger(["lm", "http"]);

/** Turns what the routes throw into answers: problem documents for programs, error pages for people. */
const answerFailures = define.middleware(async (ctx) => {
  try {
    return await ctx.next();
  } catch (thrown) {
    const path = ctx.url.pathname;
    const outage = outageOf(thrown);
    const error = outage ?? thrown;
    if (outage) {
      log.error("Cannot answer: {reason}", {
        reason: outage.message,
        requestId: ctx.state.requestId,
        path,
        error: thrown,
      });
    }
    if (isApiPath(path)) {
      const context = { instance: path, requestId: ctx.state.requestId };
      const allowed = statusOf(error) === 404 ? allowedMethods(path) : null;
      return allowed && !allowed.includes(ctx.req.method)
        ? methodNotAllowed(allowed, context)
        : problemResponse(error, context);
    }
    if (error instanceof Unauthorized && ctx.req.method !== "HEAD") {
      const next = ctx.req.method === "GET" ? path + ctx.url.search : "/";
      return ctx.redirect(`/login?next=${encodeURIComponent(next)}`, 303);
    }
    if (error instanceof DomainError) {
      throw new HttpError(statusOf(error), error.message, { cause: error });
    }
    if (statusOf(error) === 500) {
      log.error("Page failed", { requestId: ctx.state.requestId, path, error });
    }
    throw error;
  }
});

/** Lets in who may do this, and says who that is. Every route is behind it, known or not. */
const admit = define.middleware(async (ctx) => {
  const { client, services: { access, config } } = ctx.state;
  const { url, req } = ctx;
  checkHost(url, {
    listensOn: config.host,
    publicOrigin: config.publicOrigin,
    open: await access.isOpen(),
  });
  const { viewer, credential, cookie } = await access.authenticate(req, client);
  const here = `${client.secure ? "https" : "http"}://${url.host}`;
  checkOrigin(req, {
    credential,
    ownOrigins: config.publicOrigin === null ? [here] : [here, config.publicOrigin],
    corsOrigins: config.corsOrigins,
  });
  // By the route that will run, not by the path that led to it: there may be several.
  access.authorize(viewer, req.method, ctx.route ?? url.pathname);
  if (isApiPath(url.pathname)) await access.countCall(viewer, url.pathname);

  ctx.state.viewer = viewer;
  const response = await ctx.next();
  if (cookie !== null) response.headers.append("set-cookie", cookie);
  return response;
});

export default [answerFailures, admit];
