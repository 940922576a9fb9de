import { seededRandom, SUBJECTS } from "./catalog_words.ts";

export interface Scenario {
  name: string;
  urls: string[];
  /** The bare SQL of the same rows, url by url. */
  floorUrls: string[];
}

/** Different requests of each kind, so that nothing is answered because it was just asked. */
const VARIANTS = 60;

interface Page {
  items: { id: string }[];
  total: number;
  next_cursor: string | null;
}

/** What clients ask, made from what the catalog holds. */
export async function scenarios(
  app: string,
  floor: string,
): Promise<{ pages: Scenario[]; first: Scenario; deep: Scenario }> {
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(app + path);
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
    return await response.json();
  };
  const idsOf = async (query: string) =>
    (await get<Page>(`/api/v1/adapters?${query}`)).items.map(({ id }) => id).join(",");
  const random = seededRandom(7);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const variants = <T>(make: () => T): T[] => Array.from({ length: VARIANTS }, make);

  interface Counts {
    tag: { value: string }[];
    base_model: { value: string }[];
  }
  const facets = await get<Counts>("/api/v1/adapters/facets");
  const [tags, bases] = [facets.tag, facets.base_model]
    .map((counts) => counts.map(({ value }) => encodeURIComponent(value)));
  const filters = variants(() =>
    pick([
      () => `tag=${pick(tags!)}`,
      () => `base_model=${pick(bases!)}&tag_not=${pick(tags!)}`,
      () => `tag_any=${pick(tags!)}&tag_any=${pick(tags!)}&sort=downloads`,
      () => `base_model=${pick(bases!)}&rating_min=${pick([0, 1, 3])}&sort=added`,
    ])() + `&nsfw_max=${pick([1, 2, 4])}`
  );
  const searches = variants(() => `q=${mistyped(pick(SUBJECTS), random)}`);

  const list = async (name: string, queries: string[]): Promise<Scenario> => ({
    name,
    urls: queries.map((query) => `${app}/api/v1/adapters?limit=50&${query}`),
    floorUrls: await Promise.all(queries.map(async (query) => {
      return `${floor}/full?ids=${await idsOf(`limit=50&${query}`) || NOBODY}`;
    })),
  });
  const gallery = `${floor}/cards?ids=${await idsOf("limit=60")}`;
  const page50 = `${floor}/cards?ids=${await idsOf("limit=50")}`;

  // Only pages of one sort can be compared; the deep one begins behind nine tenths of the catalog.
  const { total } = await get<Page>("/api/v1/adapters?limit=1&sort=added");
  const at = Math.floor(total * 0.9);
  const { next_cursor } = await get<Page>(`/api/v1/adapters?limit=1&sort=added&offset=${at}`);
  const first = await list("first page", ["sort=added"]);
  const deep = await list("deep page by cursor", [`sort=added&cursor=${next_cursor}`]);

  return {
    pages: [
      { name: "gallery, HTML", urls: [`${app}/`], floorUrls: [gallery] },
      {
        name: "gallery filtered, HTML",
        urls: filters.map((query) => `${app}/?${query}`),
        floorUrls: [gallery],
      },
      await list("filtered list", filters),
      await list("search with a typo", searches),
      {
        name: "facets",
        urls: [...filters, ...searches].map((query) =>
          `${app}/api/v1/adapters/facets?${query.replace(/&sort=\w+/, "")}`
        ),
        floorUrls: [page50],
      },
    ],
    first,
    deep,
  };
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** `word` with two letters swapped, one missing or one wrong, as far as it is long enough to be forgiven. */
function mistyped(word: string, random: () => number): string {
  if (word.length < 5) return word;
  const at = 1 + Math.floor(random() * (word.length - 2));
  switch (Math.floor(random() * 3)) {
    case 0:
      return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
    case 1:
      return word.slice(0, at) + word.slice(at + 1);
    default:
      return `${word.slice(0, at)}q${word.slice(at + 1)}`;
  }
}
