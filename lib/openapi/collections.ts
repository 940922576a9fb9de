import { z } from "zod";
import { CreateCollection, UpdateCollection } from "@/lib/catalog/collections_schema.ts";
import { IdParams } from "@/lib/http/parse.ts";
import { CollectionView } from "./catalog_views.ts";
import type { Operation } from "./operation.ts";

const tag = "Collections";
const one = z.object({ collection: CollectionView });

export const collectionOperations: Operation[] = [
  {
    method: "get",
    path: "/api/v1/collections",
    tag,
    summary: "All collections",
    answers: {
      200: { description: "Collections", schema: z.object({ items: z.array(CollectionView) }) },
    },
  },
  {
    method: "post",
    path: "/api/v1/collections",
    tag,
    summary: "Makes a collection; adapters join it by `POST /adapters/bulk`",
    body: CreateCollection,
    answers: { 201: { description: "Made", schema: one } },
  },
  {
    method: "get",
    path: "/api/v1/collections/{id}",
    tag,
    summary: "One collection",
    params: IdParams,
    answers: { 200: { description: "The collection", schema: one } },
  },
  {
    method: "patch",
    path: "/api/v1/collections/{id}",
    tag,
    summary: "Renames or describes a collection",
    params: IdParams,
    body: UpdateCollection,
    answers: { 200: { description: "Changed", schema: one } },
  },
  {
    method: "delete",
    path: "/api/v1/collections/{id}",
    tag,
    summary: "Removes a collection, never its adapters",
    params: IdParams,
    answers: { 204: { description: "Removed" } },
  },
];
