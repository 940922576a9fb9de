import { storable } from "@/lib/text/storable.ts";
import { detectFileFormat, MAX_HEADER_BYTES, nameContent } from "./formats/file_format.ts";
import { type NetworkShape, TensorSurvey } from "./formats/tensors.ts";

export { detectFileFormat, type FileFormat } from "./formats/file_format.ts";

/** Small enough to cost one page-cache read, large enough for the header of most small networks. */
const FIRST_READ_BYTES = 8192;

export interface SafetensorsHeader {
  /** `__metadata__`; values as stored, so numbers and objects are JSON inside the strings. */
  metadata: Record<string, string>;
  tensorCount: number;
  /** Length prefix and JSON together: the tensors start here. */
  headerBytes: number;
  /** How many tensors have each type, e.g. `{ F16: 792 }`. */
  dtypes: Record<string, number>;
  network: NetworkShape;
  /** What is wrong with the file although it can be read. */
  warnings: string[];
}

const fail = (reason: string): never => {
  throw new SyntaxError(`Cannot read safetensors header: ${reason}`);
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

/**
 * Checks the length prefix against the format's limit and the file, before memory is spent on it.
 *
 * @param start The first bytes of the file, at least nine where it has them.
 * @returns Bytes of the JSON after the prefix.
 * @throws {SyntaxError} If this is no safetensors file.
 */
function jsonLength(start: Uint8Array, fileBytes: number): number {
  if (fileBytes < 8) return fail(`file is ${fileBytes} bytes, minimum is 8`);
  const other = nameContent(start);
  if (other) return fail(`file is ${other}`);
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    return fail(`length is ${length} bytes, maximum is ${MAX_HEADER_BYTES}`);
  }
  if (Number(length) > fileBytes - 8) {
    return fail(`length is ${length} bytes, but only ${fileBytes - 8} follow`);
  }
  if (length < 2n) return fail(`length is ${length} bytes, minimum is 2`);
  return Number(length);
}

function parseJson(json: Uint8Array): { text: string; entries: Record<string, unknown> } {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(json);
  } catch (cause) {
    throw new SyntaxError("Cannot read safetensors header: it is not UTF-8", { cause });
  }
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (cause) {
    const { message } = cause as SyntaxError;
    throw new SyntaxError(storable(`Cannot read safetensors header: ${message}`), { cause });
  }
  if (!isRecord(entries)) return fail("JSON is not an object");
  return { text, entries };
}

function readMetadata(value: unknown, warnings: string[]): Record<string, string> {
  if (value === undefined) return {};
  if (!isRecord(value)) {
    warnings.push("__metadata__ is not an object and was ignored");
    return {};
  }
  const odd: string[] = [];
  // fromEntries defines properties, so a key named __proto__ stays a plain key.
  const metadata = Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (typeof item !== "string") odd.push(key);
      return [storable(key), storable(typeof item === "string" ? item : JSON.stringify(item))];
    }),
  );
  if (odd.length) warnings.push(`${odd.length} metadata values are not text, e.g. ${odd[0]}`);
  return metadata;
}

/**
 * Reads the JSON of a header.
 *
 * @param json The bytes between the length prefix and the tensors.
 * @param fileBytes Size of the whole file, to notice a download that was cut off.
 * @throws {SyntaxError} If it is not a UTF-8 JSON object of tensors.
 */
export function parseSafetensorsHeader(json: Uint8Array, fileBytes: number): SafetensorsHeader {
  const { text, entries } = parseJson(json);
  const warnings: string[] = [];
  const dtypes = new Map<string, number>();
  const survey = new TensorSurvey();
  const headerBytes = 8 + json.length;
  let tensorCount = 0;
  let end = 0;
  for (const name in entries) {
    if (name === "__metadata__") continue;
    const tensor = entries[name];
    if (!isRecord(tensor)) return fail(`entry ${JSON.stringify(name.slice(0, 80))} is no tensor`);
    const { dtype, shape, data_offsets: offsets } = tensor;
    if (
      typeof dtype !== "string" || !Array.isArray(shape) || !Array.isArray(offsets) ||
      typeof offsets[1] !== "number"
    ) return fail(`tensor ${JSON.stringify(name.slice(0, 80))} lacks dtype, shape or data_offsets`);
    tensorCount++;
    dtypes.set(dtype, (dtypes.get(dtype) ?? 0) + 1);
    survey.add(name, shape as number[]);
    end = Math.max(end, offsets[1]);
  }
  const metadata = readMetadata(entries.__metadata__, warnings);
  // Quotes inside JSON strings are escaped, so these texts can only be keys; JSON.parse keeps the last of each.
  const repeated = countOf(text, '"data_offsets"') - tensorCount;
  if (repeated > 0) warnings.push(`${repeated} tensor names are repeated`);
  if (countOf(text, '"__metadata__"') > 1) warnings.push("__metadata__ is repeated");
  if (end > fileBytes - headerBytes) {
    warnings.push(
      `file is cut off: tensors need ${headerBytes + end} bytes, it has ${fileBytes}`,
    );
  }
  return {
    metadata,
    tensorCount,
    headerBytes,
    dtypes: Object.fromEntries(dtypes),
    network: survey.result(),
    warnings,
  };
}

async function fill(file: Deno.FsFile, buffer: Uint8Array, from: number): Promise<number> {
  let filled = from;
  while (filled < buffer.length) {
    const count = await file.read(buffer.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return filled;
}

function fillSync(file: Deno.FsFile, buffer: Uint8Array, from: number): number {
  let filled = from;
  while (filled < buffer.length) {
    const count = file.readSync(buffer.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return filled;
}

/**
 * The reading itself, apart from how bytes are got: asks for a buffer to be filled from a position on, and
 * is told how much of it is filled.
 */
function* reading(
  fileBytes: number,
): Generator<{ buffer: Uint8Array; from: number }, SafetensorsHeader, number> {
  const first = new Uint8Array(Math.min(FIRST_READ_BYTES, fileBytes));
  if ((yield { buffer: first, from: 0 }) < first.length) {
    return fail("file is shorter than its size");
  }
  const length = jsonLength(first, fileBytes);
  if (8 + length <= first.length) {
    return parseSafetensorsHeader(first.subarray(8, 8 + length), fileBytes);
  }
  if (detectFileFormat(first) !== "safetensors") return fail("JSON does not start with {");
  const json = new Uint8Array(length);
  json.set(first.subarray(8));
  if ((yield { buffer: json, from: first.length - 8 }) < length) return fail("file ends inside it");
  return parseSafetensorsHeader(json, fileBytes);
}

/**
 * Reads a safetensors header without touching tensor data.
 *
 * @param file A path, or a file open at offset 0, which stays open.
 * @param sizeBytes Size of the file if it is known: saves a stat.
 * @throws {SyntaxError} If the length prefix or the JSON is invalid, or the file is something else.
 * @throws {Deno.errors.NotFound} and the other errors of opening and reading.
 * @see https://github.com/huggingface/safetensors#format
 */
export async function readSafetensorsHeader(
  file: Deno.FsFile | string | URL,
  sizeBytes?: number,
): Promise<SafetensorsHeader> {
  if (!(file instanceof Deno.FsFile)) {
    using opened = await Deno.open(file);
    return await readSafetensorsHeader(opened, sizeBytes);
  }
  const steps = reading(sizeBytes ?? (await file.stat()).size);
  let step = steps.next();
  while (!step.done) step = steps.next(await fill(file, step.value.buffer, step.value.from));
  return step.value;
}

/**
 * As `readSafetensorsHeader`, for Workers: an asynchronous read of a few KB costs several times the read.
 *
 * @param file Open at offset 0; stays open.
 */
export function readSafetensorsHeaderSync(file: Deno.FsFile, sizeBytes: number): SafetensorsHeader {
  const steps = reading(sizeBytes);
  let step = steps.next();
  while (!step.done) step = steps.next(fillSync(file, step.value.buffer, step.value.from));
  return step.value;
}
