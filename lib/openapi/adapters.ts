import { z } from "zod";
import {
  ActivateRequest,
  AdapterFilter,
  AdapterQuery,
  BulkRequest,
  CreateAdapter,
  ExportQuery,
  PreviewQuery,
  ReorderRequest,
  UpdateAdapter,
} from "@/lib/catalog/schema.ts";
import { IdParams } from "@/lib/http/parse.ts";
import {
  AdapterPageView,
  AdapterView,
  BulkOutcomeView,
  CardView,
  DuplicateGroupView,
  FacetsView,
} from "./catalog_views.ts";
import { JobId, type Operation } from "./operation.ts";

const tag = "Adapters";
const one = z.object({ adapter: AdapterView });
const activeSet = z.object({ items: z.array(CardView) });
const params = IdParams;

export const adapterOperations: Operation[] = [
  {
    method: "get",
    path: "/api/v1/adapters",
    tag,
    summary: "Adapters that pass a filter, in order",
    description: "Page with `offset`, or with the `next_cursor` of the previous answer.",
    query: AdapterQuery,
    answers: { 200: { description: "A page", schema: AdapterPageView } },
  },
  {
    method: "post",
    path: "/api/v1/adapters",
    tag,
    summary: "Registers a model file inside a library root",
    body: CreateAdapter,
    answers: { 201: { description: "Registered", schema: one } },
  },
  {
    method: "get",
    path: "/api/v1/adapters/facets",
    tag,
    summary: "How many adapters of a selection have which tag, base model, author and status",
    query: AdapterFilter,
    answers: { 200: { description: "Counts", schema: FacetsView } },
  },
  {
    method: "get",
    path: "/api/v1/adapters/active",
    tag,
    summary: "The active set, in the order of the prompt",
    answers: { 200: { description: "The active set", schema: activeSet } },
  },
  {
    method: "put",
    path: "/api/v1/adapters/active",
    tag,
    summary: "Orders the active set",
    body: ReorderRequest,
    answers: { 200: { description: "In its new order", schema: activeSet } },
  },
  {
    method: "post",
    path: "/api/v1/adapters/bulk",
    tag,
    summary: "One change to at most a thousand adapters, in one transaction",
    body: BulkRequest,
    answers: { 200: { description: "What became of each", schema: BulkOutcomeView } },
  },
  {
    method: "get",
    path: "/api/v1/adapters/duplicates",
    tag,
    summary: "Groups of adapters that are, or seem to be, the same",
    answers: {
      200: { description: "Groups", schema: z.object({ groups: z.array(DuplicateGroupView) }) },
    },
  },
  {
    method: "get",
    path: "/api/v1/adapters/export",
    tag,
    summary: "A selection as a file",
    query: ExportQuery,
    answers: { 200: { description: "JSON or CSV, as asked for", schema: z.array(AdapterView) } },
  },
  {
    method: "get",
    path: "/api/v1/adapters/{id}",
    tag,
    summary: "One adapter",
    params,
    answers: { 200: { description: "The adapter, with its `ETag`", schema: one } },
  },
  {
    method: "patch",
    path: "/api/v1/adapters/{id}",
    tag,
    summary: "Changes fields, which imports then leave alone",
    description: "`If-Match` with the `ETag` refuses to overwrite what someone else changed.",
    params,
    body: UpdateAdapter,
    answers: { 200: { description: "Changed", schema: one } },
  },
  {
    method: "delete",
    path: "/api/v1/adapters/{id}",
    tag,
    summary: "Removes the record, never the file",
    params,
    answers: { 204: { description: "Removed" } },
  },
  {
    method: "post",
    path: "/api/v1/adapters/{id}/activate",
    tag,
    summary: "Puts an adapter into the active set",
    params,
    body: ActivateRequest,
    answers: { 200: { description: "Active", schema: one } },
  },
  {
    method: "post",
    path: "/api/v1/adapters/{id}/deactivate",
    tag,
    summary: "Takes an adapter out of the active set",
    params,
    answers: { 200: { description: "Not active", schema: one } },
  },
  {
    method: "post",
    path: "/api/v1/adapters/{id}/verify",
    tag,
    summary: "Compares a file with its record: size and hash",
    params,
    answers: { 202: { description: "Queued", schema: JobId } },
  },
  {
    method: "get",
    path: "/api/v1/adapters/{id}/preview",
    tag,
    summary: "The preview as WebP, or a generated picture if there is none",
    params,
    query: PreviewQuery,
    answers: { 200: { description: "The picture, with its `ETag`", contentType: "image/webp" } },
  },
  {
    method: "get",
    path: "/api/v1/adapters/{id}/preview/original",
    tag,
    summary: "The preview file beside the model, a picture or a film",
    description: "`Range` gets a part of it.",
    params,
    answers: {
      200: { description: "The file, with its `ETag`", contentType: "*/*" },
      206: { description: "The part that was asked for", contentType: "*/*" },
    },
  },
];
