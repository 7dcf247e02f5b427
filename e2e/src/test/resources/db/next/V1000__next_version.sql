-- What a next version might add: expand only, with short locks.
set local lock_timeout = '6s';

alter table event add column source text;

alter table open_delivery add column priority integer not null default 0;

create table note (
  id uuid primary key,
  company_id bigint not null,
  text text not null
);
