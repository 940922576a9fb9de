import { z } from "zod";
import { CreateKey, KeyView } from "@/lib/access/schema.ts";
import { IdParams } from "@/lib/http/parse.ts";
import type { Operation } from "./operation.ts";

const tag = "Keys";

export const keyOperations: Operation[] = [
  {
    method: "get",
    path: "/api/v1/keys",
    tag,
    summary: "All keys, newest first, without their secrets",
    answers: { 200: { description: "Keys", schema: z.object({ items: z.array(KeyView) }) } },
  },
  {
    method: "post",
    path: "/api/v1/keys",
    tag,
    summary: "Makes a key",
    description:
      "The answer is the only one that ever carries the key. A key cannot make a wider one.",
    body: CreateKey,
    answers: {
      201: { description: "Made", schema: z.object({ key: z.string(), record: KeyView }) },
    },
  },
  {
    method: "delete",
    path: "/api/v1/keys/{id}",
    tag,
    summary: "Revokes a key and ends its sessions",
    params: IdParams,
    answers: { 204: { description: "Revoked" } },
  },
];
