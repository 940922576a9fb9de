import { z } from "zod";
import { SettingsPatch, SettingValues } from "@/lib/settings/schema.ts";
import { Readiness, SystemStatus } from "@/lib/health/schema.ts";
import type { Operation } from "./operation.ts";

const tag = "System";

export const systemOperations: Operation[] = [
  {
    method: "get",
    path: "/health",
    tag,
    summary: "Says that the process is alive",
    answers: {
      200: { description: "Alive", schema: z.object({ status: z.literal("ok") }) },
    },
  },
  {
    method: "get",
    path: "/health/ready",
    tag,
    summary: "Says whether every part can do its work",
    description: "Components are named only to those who may read; others get the status alone.",
    answers: {
      200: { description: "Ready, perhaps with parts degraded", schema: Readiness },
      503: { description: "Not ready", schema: Readiness },
    },
  },
  {
    method: "get",
    path: "/metrics",
    tag,
    summary: "Metrics in the text format of Prometheus",
    answers: { 200: { description: "Metrics", contentType: "text/plain" } },
  },
  {
    method: "get",
    path: "/openapi.json",
    tag,
    summary: "This document",
    answers: {
      200: { description: "OpenAPI 3.1", schema: z.looseObject({ openapi: z.string() }) },
    },
  },
  {
    method: "get",
    path: "/api/v1/system/status",
    tag,
    summary: "Version, database, components and counts",
    answers: { 200: { description: "Status", schema: SystemStatus } },
  },
  {
    method: "get",
    path: "/api/v1/settings",
    tag,
    summary: "The settings",
    answers: { 200: { description: "Settings", schema: z.object({ settings: SettingValues }) } },
  },
  {
    method: "patch",
    path: "/api/v1/settings",
    tag,
    summary: "Changes some settings",
    body: SettingsPatch,
    answers: {
      200: { description: "All settings", schema: z.object({ settings: SettingValues }) },
    },
  },
  {
    method: "get",
    path: "/api/v1/frontend/settings",
    tag,
    summary: "What a user interface needs to know before it draws",
    answers: {
      200: {
        description: "Settings of the viewer",
        schema: z.object({
          theme: SettingValues.shape.theme.unwrap(),
          nsfw_max: z.number().int(),
          nsfw_blur_from: z.number().int(),
          role: z.enum(["read", "write", "admin"]),
          version: z.string(),
        }),
      },
    },
  },
];
