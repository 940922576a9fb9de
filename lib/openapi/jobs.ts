import { z } from "zod";
import { IdParams } from "@/lib/http/parse.ts";
import { JobQuery, JobView } from "@/lib/jobs/schema.ts";
import type { Operation } from "./operation.ts";

const tag = "Jobs";
const Resume = z.object({
  after: z.coerce.number().int().min(0).optional().meta({
    description: "Resume after this `seq`; a `Last-Event-ID` header means the same.",
  }),
});
const stream = {
  200: {
    description: "Server-Sent Events without names: `{seq, type, job_id, kind, at, ...}` as JSON",
    contentType: "text/event-stream",
  },
};

export const jobOperations: Operation[] = [
  {
    method: "get",
    path: "/api/v1/jobs",
    tag,
    summary: "Jobs, newest first",
    query: JobQuery,
    answers: { 200: { description: "Jobs", schema: z.object({ items: z.array(JobView) }) } },
  },
  {
    method: "get",
    path: "/api/v1/jobs/{id}",
    tag,
    summary: "One job",
    params: IdParams,
    answers: { 200: { description: "The job", schema: JobView } },
  },
  {
    method: "post",
    path: "/api/v1/jobs/{id}/cancel",
    tag,
    summary: "Cancels a waiting or running job",
    params: IdParams,
    answers: { 202: { description: "Cancelled", schema: JobView } },
  },
  {
    method: "post",
    path: "/api/v1/jobs/{id}/retry",
    tag,
    summary: "Runs a failed or cancelled job again",
    params: IdParams,
    answers: { 202: { description: "Waiting again", schema: JobView } },
  },
  {
    method: "get",
    path: "/api/v1/jobs/{id}/events",
    tag,
    summary: "What one job does, from its beginning",
    params: IdParams,
    query: Resume,
    answers: stream,
  },
  {
    method: "get",
    path: "/api/v1/events",
    tag,
    summary: "What all jobs do, from now on",
    query: Resume,
    answers: stream,
  },
];
