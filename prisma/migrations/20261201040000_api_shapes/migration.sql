-- The wire shapes a provider may speak are a closed set of the code (API_SHAPES in lib/records/vocabulary.ts), by the
-- names of their folders in lib/shapes; the enum held two older names.
ALTER TABLE provider ALTER COLUMN api_shape TYPE text USING CASE api_shape
  WHEN 'openai' THEN 'openai-chat'
  WHEN 'anthropic' THEN 'anthropic-messages'
END;
DROP TYPE api_shape;
