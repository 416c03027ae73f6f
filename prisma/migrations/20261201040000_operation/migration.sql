-- Operation: what a request asks a model to do. All that was recorded before had none and was a chat. ----------------
-- A constant default fills rows without rewriting them; new ones always say theirs.

CREATE TYPE operation AS ENUM ('chat', 'completion', 'embedding', 'rerank', 'image', 'audio', 'moderation', 'other');

ALTER TABLE request_log ADD COLUMN operation operation NOT NULL DEFAULT 'chat';
ALTER TABLE request_log ALTER COLUMN operation DROP DEFAULT;

-- Usage: requests of each operation have rows of their own, so that a sum over some operations is as exact as one over
-- all. What was summed up before stays as it is, whether or not its facts are still there.
DO $$
DECLARE
  level text;
BEGIN
  FOREACH level IN ARRAY ARRAY['inbox', 'minute', 'hour', 'day'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN operation operation NOT NULL DEFAULT ''chat''', 'usage_' || level);
    EXECUTE format('ALTER TABLE %I ALTER COLUMN operation DROP DEFAULT', 'usage_' || level);
    CONTINUE WHEN level = 'inbox';
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', 'usage_' || level, 'usage_' || level || '_pkey');
    EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (subject, bucket, key_id, operation)', 'usage_' || level);
  END LOOP;
END $$;

-- Sessions: a turn is a chat or a completion, other operations only lengthen a session. newest_at is when the request
-- started that app_id and model_id are of.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['session', 'session_inbox'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN newest_at timestamptz(3)', name);
    EXECUTE format('UPDATE %I SET newest_at = last_at', name);
    EXECUTE format('ALTER TABLE %I ALTER COLUMN newest_at SET NOT NULL', name);
  END LOOP;
END $$;
