-- Configuration: companies, endpoints, secrets, API keys, the history and audit of their changes, and
-- background jobs.
--
-- Every change first increments config.version, which locks the single row of config. So the order
-- of versions is the order of commits. The change then writes its version into each row it touches.

create table config (
  singleton boolean primary key default true check (singleton),
  version bigint not null
);

insert into config (version) values (0);

-- Is emptied and filled again to find out whether the disk has space. Its rows mean nothing.
create table write_probe (
  filler text not null
);

create table company (
  id bigint primary key check (id between 1 and 9007199254740991),
  name text not null,
  webhooks_enabled boolean not null default false,
  created_at timestamptz not null,
  deleted_at timestamptz, -- set while a job removes the company
  version bigint not null
);

create index company_version on company (version);

-- Endpoints are soft-deleted: deliveries and attempts refer to them until the retention ends.
create table endpoint (
  id uuid primary key,
  company_id bigint not null references company (id),
  url text not null,
  subscribed_events text[] not null,
  description text not null default '',
  paused boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null,
  timeout_ms integer check (timeout_ms > 0),
  max_concurrency integer check (max_concurrency > 0),
  rate_per_second double precision check (rate_per_second > 0),
  standard_webhooks boolean not null default false,
  trace_context boolean not null default false,
  alert_emails text[] not null default '{}',
  version bigint not null
);

create index endpoint_company on endpoint (company_id, created_at, id);
create index endpoint_version on endpoint (version);

create table endpoint_secret (
  endpoint_id uuid not null references endpoint (id),
  company_id bigint not null,
  role text not null check (role in ('active', 'next', 'previous')),
  key_id text not null,
  ciphertext bytea not null,
  expires_at timestamptz check (role = 'previous' or expires_at is null),
  primary key (endpoint_id, role)
);

create index endpoint_secret_key on endpoint_secret (key_id);

-- State of companies and endpoints after each change. Rows are appended and never updated.
create table company_history (
  company_id bigint not null,
  version bigint not null,
  valid_from timestamptz not null,
  actor text not null,
  name text not null,
  webhooks_enabled boolean not null,
  primary key (company_id, version)
);

create table endpoint_history (
  endpoint_id uuid not null,
  company_id bigint not null,
  version bigint not null,
  valid_from timestamptz not null,
  actor text not null,
  url text not null,
  subscribed_events text[] not null,
  description text not null,
  paused boolean not null,
  deleted_at timestamptz,
  timeout_ms integer,
  max_concurrency integer,
  rate_per_second double precision,
  standard_webhooks boolean not null,
  trace_context boolean not null,
  alert_emails text[] not null,
  primary key (endpoint_id, version)
);

create index endpoint_history_company on endpoint_history (company_id, valid_from);
create index endpoint_history_url on endpoint_history (lower(rtrim(url, '/')));

-- Event types that operators added. They are never deleted: deliveries have their names. Schema and
-- samples are JSON text.
create table event_type (
  name text primary key,
  description text not null,
  category text not null,
  may_be_grouped boolean not null,
  schema text not null,
  samples text[] not null,
  searchable text[] not null,
  created_at timestamptz not null,
  version bigint not null
);

create index event_type_version on event_type (version);

-- Notices of the changes of an event type, for its subscribers.
create table event_type_change (
  name text not null references event_type (name),
  version bigint not null,
  at timestamptz not null,
  notices text[] not null,
  primary key (name, version)
);

-- company_id is null for keys that may access every company. Keys that operators chose have no check
-- sum; each node keeps their hashes in memory.
create table api_key (
  id uuid primary key,
  name text not null,
  hash bytea not null unique check (octet_length(hash) = 32),
  has_checksum boolean not null,
  scopes text[] not null check (scopes <@ array['publish', 'manage', 'read', 'operator']),
  company_id bigint references company (id),
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- What was done by whom. before and after hold the changed fields, never a secret. One partition per
-- month (UTC) of the id.
create table audit (
  at timestamptz not null,
  company_id bigint,
  id uuid not null,
  endpoint_id uuid,
  delivery_id uuid,
  actor text not null,
  from_address text,
  action text not null,
  before jsonb,
  after jsonb,
  primary key (id)
) partition by range (id);

create index audit_company on audit (company_id, id);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'entries of the audit are never changed or deleted';
end
$$;

create trigger audit_is_append_only before update or delete on audit
  for each row execute function refuse_audit_change();

create trigger audit_is_not_truncated before truncate on audit
  for each statement execute function refuse_audit_change();

-- Background jobs. A running job belongs to the node that claimed it, while that node is alive. Only one
-- job of a kind runs for each endpoint, company, or the whole service. since, until and rate_per_second
-- are the parameters of jobs that deliver, customer_id is the one of an erasure.
create table job (
  company_id bigint,
  total bigint not null,
  done bigint not null default 0,
  created_at timestamptz not null,
  finished_at timestamptz,
  since timestamptz,
  until timestamptz,
  rate_per_second double precision check (rate_per_second > 0),
  id uuid primary key,
  endpoint_id uuid,
  owner uuid,
  kind text not null check (kind in (
    'recover', 'replay_missing', 'erase', 'delete_company', 'rotate_keys')),
  status text not null check (status in ('running', 'done', 'cancelled', 'failed')),
  actor text not null,
  from_address text,
  customer_id text,
  position text,
  detail text,
  check ((since is not null) = (kind in ('recover', 'replay_missing'))),
  check ((until is not null) = (since is not null)),
  check ((rate_per_second is not null) = (since is not null)),
  check ((customer_id is not null) = (kind = 'erase'))
);

create unique index job_running on job (kind, company_id, endpoint_id) nulls not distinct
  where status = 'running';
create index job_company on job (company_id, id);

-- Links that open a session of the page once, and sessions. Only the SHA-256 of their 256 random bits is
-- stored. The session of an operator belongs to no company.
create table portal_link (
  company_id bigint not null references company (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  id uuid primary key,
  key_id uuid not null references api_key (id),
  hash bytea not null unique check (octet_length(hash) = 32),
  role text not null check (role in ('viewer', 'manager')),
  user_name text not null
);

create index portal_link_expiry on portal_link (expires_at);

create table session (
  company_id bigint references company (id) on delete cascade,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  id uuid primary key,
  key_id uuid not null references api_key (id),
  hash bytea not null unique check (octet_length(hash) = 32),
  role text not null check (role in ('viewer', 'manager', 'operator')),
  user_name text,
  check ((company_id is null) = (role = 'operator'))
);
