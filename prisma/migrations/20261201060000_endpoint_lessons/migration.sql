-- What endpoints taught by refusing parameters: how requests are changed for them, for some hours. -------------------

CREATE TABLE endpoint_lesson (
  endpoint_id integer        NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
  -- What the edit is about (keyOfEdit in lib/shapes/rules/describe-edit.ts).
  key         text           NOT NULL,
  -- An Edit of lib/shapes/rules/schema.ts.
  edit        jsonb          NOT NULL,
  -- The provider's words.
  said        text           NOT NULL,
  learned_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (endpoint_id, key)
);
