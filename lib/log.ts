import {
  configureSync,
  type FormattedValues,
  getAnsiColorFormatter,
  getConsoleSink,
  getJsonLinesFormatter,
  getTextFormatter,
  type LogRecord,
  type Sink,
  type TextFormatter,
} from "@logtape/logtape";
import { redactByField } from "@logtape/redaction";
import type { Config } from "@/lib/config.ts";
import { redactText } from "@/lib/redaction.ts";

const SECRET_FIELDS = [
  /^(api[-_]?)?key$/i,
  /pass(word|phrase)?$/i,
  /secret/i,
  /(^|[-_])token$/i,
  /cookie/i,
  /^authorization$/i,
  /^x-api-key$/i,
  /database[-_]?url/i,
  /^dsn$/i,
];

/**
 * Sets up logging for this process; calling it again replaces the earlier set-up (a reload in development).
 *
 * @param write Where finished lines go; the console unless a test listens.
 */
export function configureLogging(
  config: Pick<Config, "logLevel" | "logFormat" | "apiKeys" | "databaseUrl">,
  write?: (line: string) => void,
): void {
  const secrets = configuredSecrets(config);
  const plain = config.logFormat === "json"
    ? getJsonLinesFormatter({ properties: "flatten" })
    : write || Deno.noColor || !Deno.stdout.isTerminal()
    ? getTextFormatter({ timestamp: "rfc3339", format: withFields })
    : getAnsiColorFormatter({ timestamp: "time", format: withFields });
  const formatter: TextFormatter = (record) => redactText(plain(withError(record)), secrets);
  const sink: Sink = write
    ? (record) => write(formatter(record))
    : getConsoleSink({ formatter: (record) => [formatter(record).trimEnd()] });
  configureSync({
    reset: true,
    sinks: {
      out: redactByField(sink, { fieldPatterns: SECRET_FIELDS, action: () => "[redacted]" }),
    },
    loggers: [
      { category: "lm", sinks: ["out"], lowestLevel: config.logLevel },
      { category: ["logtape", "meta"], sinks: ["out"], lowestLevel: "warning" },
    ],
  });
}

function configuredSecrets(config: Pick<Config, "apiKeys" | "databaseUrl">): string[] {
  const secrets = config.apiKeys.map(({ key }) => key.reveal());
  if (config.databaseUrl) {
    const { password } = new URL(config.databaseUrl.reveal());
    if (password) secrets.push(password, decodeURIComponent(password));
  }
  return secrets;
}

/** Fields that the message does not mention follow it as `name=value`; errors go on lines of their own. */
function withFields(values: FormattedValues): string {
  const { timestamp, level, category, message, record } = values;
  const { error, ...fields } = record.properties;
  const rest = Object.entries(fields)
    .filter(([name]) => !String(record.rawMessage).includes(`{${name}}`))
    .map(([name, value]) => ` ${name}=${typeof value === "string" ? value : Deno.inspect(value)}`);
  const trace = typeof error === "string" ? `\n${error}` : "";
  return `${timestamp} ${level} ${category} ${message}${rest.join("")}${trace}`;
}

/** Errors become text here, so that their message and stack pass through the redaction of the line. */
function withError(record: LogRecord): LogRecord {
  if (!(record.properties.error instanceof Error)) return record;
  const error = record.properties.error;
  return { ...record, properties: { ...record.properties, error: describeError(error) } };
}

function describeError(error: Error): string {
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause instanceof Error ? `${own}\nCaused by: ${describeError(error.cause)}` : own;
}
