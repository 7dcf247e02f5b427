-- Indexes for lists of deliveries, beside the primary keys. The first costs about 130 bytes of WAL per
-- attempted delivery. The other two contain only deliveries that were not attempted or not delivered.

-- Attempted deliveries of an endpoint: its list, its health, and recovery.
create index delivery_attempted on delivery (endpoint_id, id) where status <> 'skipped' and not test;

create index delivery_not_attempted on delivery (endpoint_id, id) where status = 'skipped' or test;

create index delivery_not_delivered on delivery (company_id, id) where status <> 'delivered';
