-- Indexes for lists of deliveries, beside the primary keys. The first costs about 130 bytes of WAL per
-- attempted delivery. The other two contain only deliveries that were not attempted or not delivered.

-- Attempted deliveries of an endpoint: its list, its health, and recovery.
create index delivery_attempted on delivery (endpoint_id, id) where status <> 'skipped' and not test;

create index delivery_not_attempted on delivery (endpoint_id, id) where status = 'skipped' or test;

create index delivery_not_delivered on delivery (company_id, id) where status <> 'delivered';

-- Events of a company by the time of the business event, for support. A summary of four pages each,
-- written by vacuum: inserting an event writes nothing to it.
create index event_occurred on event
  using brin (company_id int8_bloom_ops, occurred_at timestamptz_minmax_ops)
  with (pages_per_range = 4);
