-- What was accepted, what is still to be delivered, and what became of it.
--
-- An open delivery lives in due alone. It is inserted into delivery once, when it ends; a delivery
-- that somebody sends again by hand after that is in both, as due.trigger 'manual', until the
-- attempt has ended. An open delivery is pending while step is 0, else retrying.
--
-- No foreign keys and no locks between these tables and the configuration: its rows are never
-- deleted. Partitioned tables have one partition for each day (UTC) of the UUIDv7 they are
-- partitioned by, which are made ahead by the service; there is no default partition.
-- Columns are ordered by alignment, so that rows hold no padding.

-- Who may own open deliveries. A node whose row is gone is dead: it can't store anything that would
-- be its own, because everything that does so locks this row. Deleting it waits for such
-- transactions that are under way, so whatever a dead node stored is visible from then on.
create table node (
  incarnation uuid primary key,
  started_at timestamptz not null default now(),
  lease_until timestamptz not null
);

-- Dead nodes whose deliveries may not all have been freed yet.
create table dead_node (
  incarnation uuid primary key,
  died_at timestamptz not null default now()
);

create table event (
  company_id bigint not null,
  occurred_at timestamptz not null,
  config_version bigint not null,
  items integer not null check (items > 0),
  id uuid not null,
  type text not null,
  data bytea not null,
  primary key (id)
) partition by range (id);

create table due (
  company_id bigint not null,
  due_at timestamptz not null,
  step integer not null check (step >= 0),
  attempts integer not null check (attempts >= 0),
  id uuid not null,
  event_id uuid not null,
  endpoint_id uuid not null,
  owner uuid,
  name text not null,
  trigger text not null check (trigger in ('automatic', 'manual', 'test')),
  primary key (company_id, id)
) with (
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 20000,
  autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_vacuum_insert_threshold = 20000,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 20000,
  autovacuum_vacuum_cost_delay = 0
);

-- Holds only what can be claimed: a delivery that is born owned and ends with its owner never
-- enters it.
create index due_unowned on due (endpoint_id, due_at, id) where owner is null;

-- attempt_id to response_body: the attempt of a delivery that ended with its first one. All other
-- attempts are rows of attempt.
create table delivery (
  company_id bigint not null,
  ended_at timestamptz not null,
  started_at timestamptz,
  attempt_count integer not null check (attempt_count >= 0),
  duration_us integer,
  status_code integer,
  test boolean not null,
  id uuid not null,
  event_id uuid not null,
  endpoint_id uuid not null,
  attempt_id uuid,
  name text not null,
  status text not null check (status in ('delivered', 'permanently_failed', 'skipped')),
  skip_reason text
    check (skip_reason in ('cancelled', 'webhooks_off', 'endpoint_paused', 'unsubscribed')),
  trigger text check (trigger in ('automatic', 'manual', 'test')),
  error text check (error in (
    'dns', 'connect_refused', 'connect_timeout', 'tls_untrusted', 'tls_expired', 'tls_hostname',
    'tls_other', 'response_timeout', 'connection_reset', 'redirect', 'client_error',
    'unauthorized', 'gone', 'payload_too_large', 'rate_limited', 'server_error',
    'blocked_address', 'invalid_response')),
  response_body text,
  primary key (company_id, id),
  check ((status = 'skipped') = (skip_reason is not null))
) partition by range (id);

create table attempt (
  company_id bigint not null,
  started_at timestamptz not null,
  number integer not null check (number > 0),
  duration_us integer not null,
  status_code integer,
  late boolean not null,
  delivery_id uuid not null,
  id uuid not null,
  trigger text not null check (trigger in ('automatic', 'manual', 'test')),
  error text check (error in (
    'dns', 'connect_refused', 'connect_timeout', 'tls_untrusted', 'tls_expired', 'tls_hostname',
    'tls_other', 'response_timeout', 'connection_reset', 'redirect', 'client_error',
    'unauthorized', 'gone', 'payload_too_large', 'rate_limited', 'server_error',
    'blocked_address', 'invalid_response')),
  response_body text,
  primary key (delivery_id, id)
) partition by range (delivery_id);

-- What people search for (customer id, job id, job number), filled soon after the event.
create table event_ref (
  company_id bigint not null,
  event_id uuid not null,
  ref text not null,
  primary key (company_id, ref, event_id)
) partition by range (event_id);

-- What was answered to publishes that brought a key. Partitioned by the day of created_at.
create table idempotency (
  created_at timestamptz not null default now(),
  day date not null,
  scope text not null,
  key text not null,
  fingerprint bytea not null,
  receipts bytea not null,
  primary key (day, scope, key)
) partition by range (day);
