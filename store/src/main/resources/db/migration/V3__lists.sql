-- What lists of deliveries go by, beside the primary keys. The first one costs every delivery that
-- was tried some 130 bytes of log; the other two hold only what did not go well or was not sent.

-- An endpoint's own deliveries, its health, and what can be recovered.
create index delivery_tried on delivery (endpoint_id, id) where status <> 'skipped' and not test;

create index delivery_untried on delivery (endpoint_id, id) where status = 'skipped' or test;

create index delivery_unsuccessful on delivery (company_id, id) where status <> 'delivered';
