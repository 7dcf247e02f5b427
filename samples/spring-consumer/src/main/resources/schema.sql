create table if not exists customer (
  company_id bigint not null,
  customer_id bigint not null,
  name varchar(1000) not null,
  status varchar(20),
  primary key (company_id, customer_id));

-- One row for each change. It has no key that would hide a webhook that was handled twice.
create table if not exists status_change (
  company_id bigint not null,
  customer_id bigint not null,
  status varchar(20) not null,
  occurred_at varchar(30) not null);

create index if not exists status_change_customer on status_change (company_id, customer_id);

create table if not exists job (
  company_id bigint not null,
  job_id bigint not null,
  title varchar(1000) not null,
  technician varchar(1000),
  route varchar(1000),
  primary key (company_id, job_id));
