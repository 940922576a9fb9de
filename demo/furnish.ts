/** What a person would have done by now: a few LoRAs in use, favourites, ratings, collections and recipes. */
const ACTIVE: [file: string, weight: number][] = [
  ["places/neon_rain_streets_v2.safetensors", 0.8],
  ["styles/papercut_layers_xl.safetensors", 0.55],
  ["subjects/crystal_growth.safetensors", 0.35],
];

const FAVORITES: [file: string, rating: number][] = [
  ["places/neon_rain_streets_v2.safetensors", 5],
  ["places/wish_lanterns.safetensors", 5],
  ["subjects/sill_cat.safetensors", 5],
  ["subjects/🌸 hanami dreams.safetensors", 4],
  ["styles/celestial_arcana.safetensors", 4],
  ["places/firefly_forest.safetensors", 4],
  ["styles/woodblock_sea.safetensors", 4],
];

const COLLECTIONS: Record<string, string[]> = {
  "Night scenes": [
    "places/neon_rain_streets_v2.safetensors",
    "places/霓虹雨夜_v2.safetensors",
    "places/wish_lanterns.safetensors",
    "places/polar_lights_lake.safetensors",
    "subjects/sill_cat.safetensors",
  ],
  "Looks like paper": [
    "styles/papercut_layers_xl.safetensors",
    "styles/papercut_forest_night.safetensors",
    "styles/loose_watercolor_xl.safetensors",
    "subjects/herbarium_plates.safetensors",
    "styles/woodblock_sea.safetensors",
  ],
};

const RECIPES = [
  {
    name: "Rainy diorama",
    description: "A street of card and light.",
    prefix: "a narrow street after midnight, one figure with an umbrella",
    suffix: "cinematic, detailed",
    triggers: "activation",
    items: ACTIVE,
  },
  {
    name: "Quiet evening",
    description: "For covers of slow records.",
    prefix: "a small room above the roofs, first snow",
    suffix: "warm lamp, soft grain",
    triggers: "activation",
    items: [
      ["subjects/sill_cat.safetensors", 0.75],
      ["styles/loose_watercolor_xl.safetensors", 0.6],
    ] as [string, number][],
  },
];

type Request = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** Does all of it through the API of a server that has imported the library; does nothing where recipes exist already. */
export async function furnish(request: Request): Promise<void> {
  const { items: recipes } = await request<{ items: unknown[] }>("GET", "/api/v1/recipes");
  if (recipes.length > 0) return;
  const { items } = await request<{ items: { id: string; file_path: string }[] }>(
    "GET",
    "/api/v1/adapters?limit=500",
  );
  const idOf = (file: string) => items.find(({ file_path }) => file_path.endsWith(file))!.id;

  for (const [file, rating] of FAVORITES) {
    await request("PATCH", `/api/v1/adapters/${idOf(file)}`, { rating, is_favorite: true });
  }
  for (const [ordinal, [file, weight]] of ACTIVE.entries()) {
    await request("PATCH", `/api/v1/adapters/${idOf(file)}`, { weight });
    await request("POST", `/api/v1/adapters/${idOf(file)}/activate`, { ordinal });
  }
  for (const [name, files] of Object.entries(COLLECTIONS)) {
    const { collection } = await request<{ collection: { id: string } }>(
      "POST",
      "/api/v1/collections",
      { name },
    );
    const ids = files.map(idOf);
    await request("POST", "/api/v1/adapters/bulk", {
      action: "collect",
      collection_id: collection.id,
      ids,
    });
  }
  for (const recipe of RECIPES) {
    await request("POST", "/api/v1/recipes", {
      ...recipe,
      items: recipe.items.map(([file, weight]) => ({ adapter_id: idOf(file), weight })),
    });
  }
}
