/*
 * Shows what was seen before when the server cannot be reached. Nothing is ever answered from here while it can: pages and
 * data go to the network first. Only addresses that carry a version are taken from the cache at once.
 */

const PAGES = "pages-1";
const FILES = "files-1";
const MOST_PAGES = 80;
const MOST_FILES = 1500;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const kept = new Set([PAGES, FILES]);
    const names = await caches.keys();
    await Promise.all(names.filter((name) => !kept.has(name)).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    // Whoever signs in or out next must not find what the one before them saw.
    if (/^\/(login|logout)$/.test(url.pathname)) event.waitUntil(forget());
    return;
  }
  if (isVersioned(url)) event.respondWith(fromCacheFirst(event));
  else if (request.mode === "navigate" || url.pathname === "/library") {
    event.respondWith(fromNetworkFirst(event));
  }
});

const isVersioned = (url) => url.pathname.startsWith("/assets/") || url.searchParams.has("v");

const forget = () => Promise.all([PAGES, FILES].map((name) => caches.delete(name)));

async function fromCacheFirst(event) {
  const { request } = event;
  const cache = await caches.open(FILES);
  const known = await cache.match(request);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) event.waitUntil(cache.put(request, response.clone()));
  return response;
}

async function fromNetworkFirst(event) {
  const { request } = event;
  const cache = await caches.open(PAGES);
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected) {
      const copy = response.clone();
      event.waitUntil(cache.put(request, copy).then(tidy));
    }
    return response;
  } catch (error) {
    const known = await cache.match(request) ??
      (request.mode === "navigate" ? await cache.match("/") : undefined);
    if (known) return known;
    throw error;
  }
}

/** The oldest leave first: a cache lists what it holds in the order in which it came. */
async function tidy() {
  for (const [name, most] of [[PAGES, MOST_PAGES], [FILES, MOST_FILES]]) {
    const cache = await caches.open(name);
    const held = await cache.keys();
    await Promise.all(
      held.slice(0, Math.max(0, held.length - most)).map((old) => cache.delete(old)),
    );
  }
}
