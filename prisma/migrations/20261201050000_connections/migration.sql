-- How a provider is asked is data of its connection, and what a model can do is data of its endpoint. ---------------

ALTER TABLE provider
  -- How its key is shown to it; null = as its wire shape has it.
  ADD COLUMN auth_scheme   text,
  ADD COLUMN region        text,
  ADD COLUMN api_version   text,
  -- Sent with every request: name to value, never a credential.
  ADD COLUMN extra_headers jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN extra_query   jsonb NOT NULL DEFAULT '{}';

-- Null and empty = not said.
ALTER TABLE endpoint
  ADD COLUMN input_modalities           text[] NOT NULL DEFAULT '{}',
  ADD COLUMN output_modalities          text[] NOT NULL DEFAULT '{}',
  ADD COLUMN supports_reasoning         boolean,
  ADD COLUMN supports_structured_output boolean,
  ADD COLUMN max_completion_tokens      integer;
