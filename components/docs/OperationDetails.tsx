/** One line of a table: a parameter, or a field of a body. */
export interface FieldRow {
  name: string;
  /** Where it goes: path, query or body. */
  place: string;
  type: string;
  isRequired: boolean;
  note: string;
}

export interface AnswerRow {
  status: string;
  description: string;
  type: string;
}

export interface OperationView {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  fields: FieldRow[];
  answers: AnswerRow[];
}

const BADGES: Record<string, string> = {
  get: "badge-info",
  post: "badge-ok",
  delete: "badge-danger",
};

/** One operation of the API: a line that opens to its parameters and answers. */
export function OperationDetails({ operation }: { operation: OperationView }) {
  const { id, method, path, summary, description, fields, answers } = operation;
  return (
    <details id={id} class="border-b border-line last:border-b-0">
      <summary class="flex flex-wrap items-baseline gap-3 px-4 py-3 cursor-pointer hover:bg-hover">
        <span class={`badge ${BADGES[method] ?? "badge-warn"} uppercase`}>{method}</span>
        <code class="break-all">{path}</code>
        <span class="text-muted">{summary}</span>
      </summary>
      <div class="grid gap-4 px-4 pb-4">
        <p class="text-muted">{description}</p>
        {fields.length > 0 && <Fields rows={fields} />}
        <Answers rows={answers} />
      </div>
    </details>
  );
}

function Fields({ rows }: { rows: FieldRow[] }) {
  return (
    <div class="overflow-x-auto">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">In</th>
            <th scope="col">Type</th>
            <th scope="col">Note</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, place, type, isRequired, note }) => (
            <tr key={`${place} ${name}`}>
              <th scope="row">
                <code>{name}</code>
                {isRequired && <span class="ml-2 text-muted">required</span>}
              </th>
              <td>{place}</td>
              <td>
                <code class="break-words">{type}</code>
              </td>
              <td class="text-muted">{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Answers({ rows }: { rows: AnswerRow[] }) {
  return (
    <div class="overflow-x-auto">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Answer</th>
            <th scope="col">Body</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ status, description, type }) => (
            <tr key={status}>
              <th scope="row" class="num">{status}</th>
              <td>
                <code class="break-words">{type}</code>
              </td>
              <td class="text-muted">{description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
