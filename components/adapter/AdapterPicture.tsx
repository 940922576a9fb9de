import type { Adapter } from "@/lib/catalog/schema.ts";
import { originalUrl, pictureUrl } from "@/lib/shared/card_view.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { ratioOfShape, shapeOf, tintOf } from "@/lib/shared/picture_shape.ts";
import { Icon } from "../Icon.tsx";

interface AdapterPictureProps {
  adapter: Adapter;
  blurFrom: number;
}

const WIDTH = 768;

/** The preview in its own shape, or as near as the shape classes come. */
export function AdapterPicture({ adapter, blurFrom }: AdapterPictureProps) {
  const { id, name, preview } = adapter;
  const shape = preview ? shapeOf(preview.width, preview.height) : 4;
  const hash = preview?.hash.slice(0, 8) ?? "";
  const isVeiled = nsfwRank(adapter.nsfw_level) >= blurFrom;
  const url = (width: number) => pictureUrl(id, hash, width);
  const size = { width: WIDTH, height: Math.round(WIDTH / ratioOfShape(shape)) };
  return (
    <figure
      class={`adapter-picture shape-${shape} tint-${tintOf(preview?.thumbhash ?? null)}` +
        (isVeiled ? " is-veiled" : "")}
    >
      {preview?.kind === "video"
        ? (
          <video
            {...size}
            src={originalUrl(id)}
            poster={url(WIDTH)}
            controls
            muted
            loop
            playsInline
            preload="metadata"
            aria-label={`Preview of ${name}`}
          />
        )
        : (
          <img
            {...size}
            src={url(WIDTH)}
            srcset={`${url(512)} 512w, ${url(768)} 768w, ${url(1024)} 1024w`}
            sizes="(max-width: 56rem) 94vw, 26rem"
            decoding="async"
            alt={preview
              ? `Preview of ${name}`
              : `No preview: a picture made from the name ${name}`}
          />
        )}
      {isVeiled && (
        <div class="veil">
          <label title="Show the picture">
            <input
              type="checkbox"
              class="veil-switch sr-only"
              aria-label={`Show picture of ${name}`}
            />
            <Icon name="eye-off" />
          </label>
        </div>
      )}
    </figure>
  );
}
