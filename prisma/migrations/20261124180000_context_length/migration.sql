-- Apart from the next migration: Postgres uses a new enum value only after the transaction that added it.
ALTER TYPE usage_subject ADD VALUE 'context_length';
