-- Events, their deliveries, and the attempts made.
--
-- A delivery that has not ended is a row of open_delivery alone. It is inserted into delivery once,
-- when it ends. A redelivery of an ended delivery is in both tables, with trigger 'manual', until its
-- attempt has ended. An open delivery is pending while schedule_step is 0, otherwise retrying. A
-- background job moves an ended delivery back to open_delivery, or makes one later; job_id is the last
-- job that did.
--
-- These tables have no foreign keys to the configuration and take no locks on it: configuration rows
-- are never deleted. Partitioned tables have one partition per day (UTC) of their partition key. The
-- service creates partitions ahead of time. There is no default partition.
-- Columns are ordered by alignment, so that rows contain no padding.

-- Live nodes. A node whose row is gone is dead. Every transaction that makes deliveries a node's own
-- locks this row first, so a dead node can't take ownership. Deleting the row waits for such
-- transactions to end, so everything that a dead node stored is visible afterwards.
create table node (
  incarnation uuid primary key,
  started_at timestamptz not null default now(),
  lease_until timestamptz not null
);

-- Dead nodes that may still own deliveries.
create table dead_node (
  incarnation uuid primary key,
  died_at timestamptz not null default now()
);

-- erased_at is set when content of the data was erased; an erased item is null.
create table event (
  company_id bigint not null,
  occurred_at timestamptz not null,
  erased_at timestamptz,
  config_version bigint not null,
  items integer not null check (items > 0),
  id uuid not null,
  type text not null,
  data bytea not null,
  primary key (id)
) partition by range (id);

create table open_delivery (
  company_id bigint not null,
  due_at timestamptz not null,
  schedule_step integer not null check (schedule_step >= 0),
  attempt_count integer not null check (attempt_count >= 0),
  id uuid not null,
  event_id uuid not null,
  endpoint_id uuid not null,
  owner uuid,
  job_id uuid,
  event_name text not null,
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

-- Contains only deliveries that can be claimed. A delivery that is stored with an owner and ended by
-- that owner never enters this index.
create index open_delivery_unowned on open_delivery (endpoint_id, due_at, id) where owner is null;

-- Deliveries of background jobs.
create index open_delivery_job on open_delivery (job_id) where job_id is not null;

-- Ended deliveries. If a delivery ended with its first attempt, and no details of the attempt are
-- kept, it is inline in the columns started_at, duration_us, status_code, attempt_id, trigger, error and response_body. All other
-- attempts are rows of attempt. schedule_step counts the automatic attempts since the schedule last
-- began; null is what the inline attempt tells, so that most rows don't store it.
create table delivery (
  company_id bigint not null,
  ended_at timestamptz not null,
  started_at timestamptz,
  attempt_count integer not null check (attempt_count >= 0),
  schedule_step integer check (schedule_step >= 0),
  duration_us integer,
  status_code integer,
  test boolean not null,
  id uuid not null,
  event_id uuid not null,
  endpoint_id uuid not null,
  attempt_id uuid,
  job_id uuid,
  event_name text not null,
  status text not null check (status in ('delivered', 'permanently_failed', 'skipped')),
  skip_reason text
    check (skip_reason in ('cancelled', 'webhooks_off', 'endpoint_paused', 'unsubscribed')),
  trigger text check (trigger in ('automatic', 'manual', 'test')),
  error text check (error in (
    'dns', 'connect_refused', 'connect_timeout', 'tls_untrusted', 'tls_expired', 'tls_hostname',
    'tls_other', 'response_timeout', 'connection_reset', 'redirect', 'client_error',
    'unauthorized', 'gone', 'payload_too_large', 'rate_limited', 'server_error',
    'blocked_address', 'proxy', 'invalid_response')),
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
    'blocked_address', 'proxy', 'invalid_response')),
  response_body text,
  -- Details of failed, manual and test attempts; null in others.
  url text,
  planned_at timestamptz,
  address text,
  detail text,
  response_headers text,
  response_bytes integer,
  actor text,
  -- Status of the delivery before the result; null if the claim of the attempt tells it.
  previous_status text check (previous_status in (
    'pending', 'retrying', 'delivered', 'permanently_failed', 'skipped')),
  primary key (delivery_id, id)
) partition by range (delivery_id);

-- Search references of an event (customer id, job id, job number), stored with the event.
create table event_ref (
  company_id bigint not null,
  event_id uuid not null,
  ref text not null,
  primary key (company_id, ref, event_id)
) partition by range (event_id);

-- Stored responses of publish requests with an idempotency key. day is the UTC day of created_at.
create table idempotency (
  created_at timestamptz not null default now(),
  day date not null,
  scope text not null,
  key text not null,
  fingerprint bytea not null,
  receipts bytea not null,
  primary key (day, scope, key)
) partition by range (day);

-- Health of endpoints by their latest attempts. Written when the status or the certificate changes,
-- and at most once a minute for last_delivery_at. certificate_shown_at is the time of the handshake in
-- which the certificate was seen first. latest_at and latest_ok are the latest attempts, the latest first.
create table endpoint_health (
  company_id bigint not null,
  since timestamptz not null,
  last_delivery_at timestamptz,
  certificate_expires_at timestamptz,
  certificate_shown_at timestamptz,
  endpoint_id uuid primary key,
  has_failed_delivery boolean not null default false, -- permanently, since it was healthy
  status text not null check (status in ('never_delivered', 'healthy', 'degraded', 'failing')),
  latest_at timestamptz[] not null,
  latest_ok boolean[] not null,
  check ((certificate_expires_at is null) = (certificate_shown_at is null))
) with (fillfactor = 70);

create index endpoint_health_company on endpoint_health (company_id);

-- The latest notice of each kind about an endpoint. delivery_id, error and status_code are those of a
-- failed attempt, expires_at is the one of a certificate.
create table notice (
  company_id bigint not null,
  at timestamptz not null,
  expires_at timestamptz,
  endpoint_id uuid not null,
  delivery_id uuid,
  status_code integer,
  kind text not null check (kind in (
    'delivery_failed', 'failing', 'still_failing', 'recovered', 'secret_revealed', 'secret_rolled',
    'certificate_expires', 'event_type_changed')),
  error text,
  actor text,
  sentences text[] not null default '{}',
  primary key (endpoint_id, kind)
);

create index notice_company on notice (company_id);

-- Outbox of the mails of notices. A row is taken for a mail ('sending', sent_at is set) before the
-- mail server gets it, so that no mail is sent twice. sent_at stays for the limits of mails.
create table notice_mail (
  company_id bigint not null,
  noticed_at timestamptz not null,
  due_at timestamptz not null,
  sent_at timestamptz,
  endpoint_id uuid not null,
  attempts integer not null default 0,
  kind text not null,
  state text not null check (state in ('waiting', 'sending', 'done')),
  address text not null,
  primary key (endpoint_id, kind, address)
);

create index notice_mail_waiting on notice_mail (due_at) where state = 'waiting';
create index notice_mail_address on notice_mail (address, sent_at);
create index notice_mail_company on notice_mail (company_id);

-- The node that sends the mails.
create table notice_sender (
  singleton boolean primary key default true check (singleton),
  owner uuid
);

insert into notice_sender default values;

-- Counts of deliveries by the five minutes in which they were accepted, or after two days by the
-- hour. Each run of a node adds to rows of its own, so nodes never wait for each other. Rows of hours
-- have the writer 0. The row with empty event_name and result has the response times of all events
-- and results: time_counts[i] of them are in bucket time_buckets[i].
create table delivery_statistics (
  company_id bigint not null,
  slot timestamptz not null,
  attempts integer not null,
  failed_attempts integer not null,
  delivered integer not null,
  after_retry integer not null,
  permanently_failed integer not null,
  skipped integer not null,
  items bigint not null,
  endpoint_id uuid not null,
  writer uuid not null,
  event_name text not null,
  result text not null,
  time_buckets smallint[],
  time_counts integer[],
  primary key (endpoint_id, slot, event_name, result, writer)
) with (fillfactor = 70);

create index delivery_statistics_company on delivery_statistics (company_id, slot);
create index delivery_statistics_slots on delivery_statistics (slot)
  where writer <> '00000000-0000-0000-0000-000000000000';
create index delivery_statistics_hours on delivery_statistics (slot)
  where writer = '00000000-0000-0000-0000-000000000000';

-- The last batch of counts that each run of a node added, so that none is added twice.
create table statistics_writer (
  last_batch bigint not null,
  written_at timestamptz not null,
  writer uuid primary key
);
