-- Alone in its file: it can't run in a transaction.
create index concurrently due_company on due (company_id, due_at);
