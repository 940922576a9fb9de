import type { Random } from "./random.ts";

/** Smooth chance over the plane, about -1 to 1. */
export type Noise = (x: number, y: number) => number;

/** Gradient noise (Perlin's, with eight directions) from a shuffled table. */
export function makeNoise(random: Random): Noise {
  const table = new Uint8Array(512);
  const order = Array.from({ length: 256 }, (_, i) => i);
  for (let i = 255; i > 0; i--) {
    const j = random.int(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  for (let i = 0; i < 512; i++) table[i] = order[i & 255]!;
  const gx = new Float64Array(8), gy = new Float64Array(8);
  for (let i = 0; i < 8; i++) {
    gx[i] = Math.cos(i * Math.PI / 4 + 0.4);
    gy[i] = Math.sin(i * Math.PI / 4 + 0.4);
  }
  const corner = (hash: number, x: number, y: number) => gx[hash & 7]! * x + gy[hash & 7]! * y;
  return (x, y) => {
    const x0 = Math.floor(x), y0 = Math.floor(y);
    const fx = x - x0, fy = y - y0;
    const a = table[x0 & 255]! + (y0 & 255), b = table[(x0 + 1) & 255]! + (y0 & 255);
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const top = corner(table[a]!, fx, fy) * (1 - u) + corner(table[b]!, fx - 1, fy) * u;
    const low = corner(table[a + 1]!, fx, fy - 1) * (1 - u) +
      corner(table[b + 1]!, fx - 1, fy - 1) * u;
    return (top * (1 - v) + low * v) * 1.5;
  };
}

/** Several octaves of noise on top of each other: clouds, stone, terrain. */
export function fbm(noise: Noise, x: number, y: number, octaves = 5, gain = 0.5): number {
  let sum = 0, amplitude = 1, total = 0;
  for (let i = 0; i < octaves; i++) {
    sum += noise(x, y) * amplitude;
    total += amplitude;
    amplitude *= gain;
    [x, y] = [x * 2.02 + 17.3, y * 2.02 - 9.1];
  }
  return sum / total;
}
