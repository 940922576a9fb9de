import { type RawBuilder, sql } from "kysely";

/** Any number that no other advisory lock of ours uses. */
const EVENT_LOCK = 7_310_441;

/**
 * A statement that changes jobs and appends events about them.
 *
 * Events are appended under a lock that lasts until commit, so that `seq` is the order in which events become
 * visible: a reader that has seen 10 will never be shown a 9 later. The lock is taken after the rows', always, so the
 * two cannot deadlock; keep what follows it in the transaction short.
 *
 * @param update An UPDATE or INSERT on `job` with RETURNING, which becomes the answer.
 * @param events Rows `(type, data), ...`, one set per job changed; `changed` is what RETURNING gave.
 */
export const withEvents = <T>(update: RawBuilder<T>, events: RawBuilder<unknown>): RawBuilder<T> =>
  sql<T>`
    with changed as (${update}),
    in_order as materialized (
      select pg_advisory_xact_lock(${
    sql.lit(EVENT_LOCK)
  }) from (select from changed limit 1) as any_change
    ),
    noted as (
      insert into job_event (job_id, type, data)
      select changed.id, event.type, event.data
      from changed cross join in_order cross join lateral (values ${events}) as event (type, data)
    )
    select * from changed`;
