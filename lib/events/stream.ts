import type { JobTable } from "@/lib/db/schema.ts";
import { resumeAfter, sseResponse } from "@/lib/http/sse.ts";
import type { Events, JobEvent } from "./service.ts";

/** What is needed to say which kind of job an event is about. */
interface JobLookup {
  get(id: string): Promise<Pick<JobTable, "kind">>;
}

/** An event as watchers are told: `status`, `progress`, `result` or `error` holds what is new. */
export type JobMessage =
  & { seq: number; type: JobEvent["type"]; job_id: string; kind: string; at: string }
  & Record<string, unknown>;

/**
 * Streams what jobs do, resumed after the `Last-Event-ID` or `?after=` of the request. Events carry no name,
 * because one called "error" would look like a broken connection to a browser.
 *
 * @param options.jobId This job only; from its beginning unless the request says where to resume.
 * @param options.ended Ends the stream from this side.
 */
export function jobEventStream(
  request: Request,
  { events, jobs, jobId, ended }: {
    events: Events;
    jobs: JobLookup;
    jobId?: string;
    ended: AbortSignal;
  },
): Response {
  const after = resumeAfter(request);
  const kinds = new Map<string, string>();
  return sseResponse(
    async function* (signal) {
      for await (const event of events.subscribe({ jobId, after, signal })) {
        const kind = kinds.get(event.job_id) ?? (await jobs.get(event.job_id)).kind;
        kinds.set(event.job_id, kind);
        yield { id: event.seq, data: messageOf(event, kind) };
      }
    },
    ended,
  );
}

function messageOf({ seq, type, job_id, data, at }: JobEvent, kind: string): JobMessage {
  const news = type === "status" ? data : { [type]: data };
  return { seq, type, job_id, kind, at: at.toISOString(), ...news };
}
