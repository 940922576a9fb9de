import { z } from "zod";

export const ComponentHealth = z.object({
  name: z.string(),
  status: z.enum(["ok", "degraded", "down"]),
  detail: z.string().nullable(),
  duration_ms: z.number().int(),
}).meta({ id: "ComponentHealth" });
export type ComponentHealth = z.infer<typeof ComponentHealth>;

export const Readiness = z.object({
  status: z.enum(["ready", "degraded", "down"]),
  components: z.array(ComponentHealth).optional(),
}).meta({ id: "Readiness" });
export type Readiness = z.infer<typeof Readiness>;

export const SystemStatus = z.object({
  version: z.string(),
  started_at: z.iso.datetime(),
  uptime_s: z.number().int(),
  database: z.enum(["pglite", "postgres"]),
  status: Readiness.shape.status,
  components: z.array(ComponentHealth),
  adapters: z.number().int(),
  jobs: z.record(z.string(), z.number().int()).meta({ description: "Jobs by status." }),
}).meta({ id: "SystemStatus" });
export type SystemStatus = z.infer<typeof SystemStatus>;
