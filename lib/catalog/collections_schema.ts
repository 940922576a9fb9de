import { z } from "zod";

const text = (max: number) => z.string().trim().max(max);

export const CollectionFields = z.object({
  name: text(100).min(1),
  description: text(2000),
});
export const CreateCollection = CollectionFields.partial().required({ name: true }).strict()
  .meta({ id: "CreateCollection" });
export const UpdateCollection = CollectionFields.partial().strict()
  .meta({ id: "UpdateCollection" });

export interface Collection {
  id: string;
  name: string;
  description: string;
  /** Of those the viewer may see. */
  adapters: number;
  created_at: string;
  updated_at: string;
}
