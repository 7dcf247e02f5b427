-- Alone in its file: it can't run in a transaction.
create index concurrently open_delivery_company on open_delivery (company_id, due_at);
