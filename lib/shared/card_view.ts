import type { AdapterCard } from "@/lib/catalog/schema.ts";
import { shapeOf, tintOf } from "./picture_shape.ts";

/** 1.6:1. Wider ones are cropped in the gallery: they would leave the row before them half empty, and so twice as high. */
const WIDEST = 17;

/** A card as the browser gets it: nothing that the gallery, the table or the tray does not show. */
export interface CardView {
  id: string;
  name: string;
  version: string;
  author: string | null;
  baseModel: string | null;
  tags: string[];
  trainedWords: string[];
  weight: number;
  active: boolean;
  ordinal: number | null;
  rating: number;
  favorite: boolean;
  nsfw: number;
  status: AdapterCard["file_status"];
  format: string;
  size: number | null;
  added: string;
  downloads: number;
  uses: number;
  /** First characters of the preview's hash: a changed picture has a changed address. */
  picture: string;
  shape: number;
  tint: number;
  video: boolean;
  token: string;
}

export function cardView(card: AdapterCard): CardView {
  const { preview } = card;
  return {
    id: card.id,
    name: card.name,
    version: card.version,
    author: card.author_username,
    baseModel: card.base_model,
    tags: card.tags.slice(0, 6),
    trainedWords: card.trained_words.slice(0, 4).map((word) => word.slice(0, 120)),
    weight: card.weight,
    active: card.active,
    ordinal: card.ordinal,
    rating: card.rating,
    favorite: card.is_favorite,
    nsfw: card.nsfw_level,
    status: card.file_status,
    format: card.file_format,
    size: card.file_size,
    added: card.created_at,
    downloads: card.downloads,
    uses: card.usage_count,
    picture: preview?.hash.slice(0, 8) ?? "",
    shape: preview ? Math.min(WIDEST, shapeOf(preview.width, preview.height)) : 4,
    tint: tintOf(preview?.thumbhash ?? null),
    video: preview?.kind === "video",
    token: card.token,
  };
}

/** Address of a preview at one of the widths the server keeps. */
export const pictureUrl = (id: string, picture: string, width: number): string =>
  `/api/v1/adapters/${id}/preview?w=${width}${picture === "" ? "" : `&v=${picture}`}`;

/** Address of the preview file itself, for films. */
export const originalUrl = (id: string): string => `/api/v1/adapters/${id}/preview/original`;

/** The file stem in `<lora:stem:weight>`. */
export const stemInToken = (token: string): string =>
  token.slice("<lora:".length, token.lastIndexOf(":"));
