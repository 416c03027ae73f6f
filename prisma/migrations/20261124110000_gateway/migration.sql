-- Connections: what turns a provider seen in logs into one that the gateway calls. ---------------------------------
-- base_url null = not connected. The secret is AES-256-GCM sealed (lib/catalog/sealed-secret.server.ts) and never read
-- back by anything but the gateway.

CREATE TYPE api_shape AS ENUM ('openai', 'anthropic');

ALTER TABLE provider
  ADD COLUMN name                  text,
  ADD COLUMN base_url              text,
  ADD COLUMN api_shape             api_shape,
  ADD COLUMN sealed_secret         text,
  ADD COLUMN allow_private_network boolean NOT NULL DEFAULT false,
  -- Null = not said, which counts as collecting.
  ADD COLUMN collects_data         boolean,
  ADD COLUMN enabled               boolean NOT NULL DEFAULT true,
  ADD COLUMN updated_at            timestamptz(3) NOT NULL DEFAULT now();

-- Prices are integer micro-USD per million tokens; null = not known. An endpoint that only logs name is not enabled.
ALTER TABLE endpoint
  ADD COLUMN upstream_model                text,
  ADD COLUMN prompt_micro_usd_per_mtok     bigint,
  ADD COLUMN cached_micro_usd_per_mtok     bigint,
  ADD COLUMN completion_micro_usd_per_mtok bigint,
  ADD COLUMN context_length                integer,
  ADD COLUMN quantization                  text,
  ADD COLUMN supports_tools                boolean,
  ADD COLUMN enabled                       boolean NOT NULL DEFAULT false,
  ADD COLUMN updated_at                    timestamptz(3) NOT NULL DEFAULT now();

-- Null = no limit.
ALTER TABLE api_key ADD COLUMN requests_per_minute integer;

-- Presets: a slug, and immutable versions of what it stands for. ---------------------------------------------------

CREATE TYPE preset_status AS ENUM ('active', 'disabled', 'archived');

CREATE TABLE preset (
  id                    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  slug                  text NOT NULL UNIQUE,
  name                  text NOT NULL,
  description           text,
  status                preset_status NOT NULL DEFAULT 'active',
  designated_version_id uuid,
  creator               text NOT NULL,
  created_at            timestamptz(3) NOT NULL DEFAULT now(),
  updated_at            timestamptz(3) NOT NULL DEFAULT now(),
  status_updated_at     timestamptz(3)
);

CREATE TABLE preset_version (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  preset_id     uuid NOT NULL REFERENCES preset (id) ON DELETE CASCADE,
  version       integer NOT NULL,
  system_prompt text,
  -- json, not jsonb: tool schemas reach models with their keys in the order in which people wrote them.
  config        json NOT NULL,
  creator       text NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (preset_id, version)
);

ALTER TABLE preset ADD CONSTRAINT preset_designated_version_fkey
  FOREIGN KEY (designated_version_id) REFERENCES preset_version (id) ON DELETE SET NULL;

-- Trials: a run of real tool-calling requests through the gateway, and each of its calls. --------------------------

CREATE TYPE trial_status AS ENUM ('running', 'finished', 'stopped', 'failed');

CREATE TABLE trial (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  preset         text NOT NULL,
  preset_version integer,
  status         trial_status NOT NULL DEFAULT 'running',
  -- 'page' or 'command'.
  origin         text NOT NULL,
  calls          integer NOT NULL,
  concurrency    integer NOT NULL,
  seconds        integer NOT NULL,
  stream         boolean NOT NULL,
  seed           integer NOT NULL,
  creator        text NOT NULL,
  started_at     timestamptz(3) NOT NULL DEFAULT now(),
  -- Moves while the runner is alive; a running trial without a recent sign of life has lost its runner.
  seen_at        timestamptz(3) NOT NULL DEFAULT now(),
  ended_at       timestamptz(3),
  problem        text
);

CREATE INDEX ON trial (started_at DESC);

CREATE TABLE trial_call (
  trial_id       uuid NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  call_index     integer NOT NULL,
  started_at     timestamptz(3) NOT NULL,
  duration_ms    integer NOT NULL,
  scenario       text NOT NULL,
  generation_id  text,
  provider       text,
  model          text,
  http_status    integer,
  error_class    error_class,
  error_message  text,
  finish_reason  text,
  preset_version integer,
  -- [{name, arguments, schema, verdict, detail}]; the schema stands only beside a bad call.
  tool_calls     jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (trial_id, call_index)
);

-- Why a request's endpoints were tried in this order, as the gateway decided: [{model, provider, reasons}]. Null for
-- requests that other gateways logged.
ALTER TABLE request_log ADD COLUMN plan jsonb;
