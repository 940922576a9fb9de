import { z } from "zod";

export type Method = "get" | "post" | "put" | "patch" | "delete";

export interface Answer {
  description: string;
  /** Of the JSON body; absent where there is none, or where `contentType` says what it is instead. */
  schema?: z.ZodType;
  contentType?: string;
}

/** One method of one path, as the document describes it. Problem answers are added to all of them. */
export interface Operation {
  method: Method;
  /** Canonical, with `{name}` for parameters. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  answers: Readonly<Record<number, Answer>>;
}

/** The answer of calls that leave the work to a job. */
export const JobId = z.object({ job_id: z.uuid() }).meta({ id: "JobId" });
