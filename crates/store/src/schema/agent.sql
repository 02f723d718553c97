-- Authorised agents (Data Rights Protocol 1.0): who may ask for people, what they asked, and which messages were heard already.

CREATE TABLE authorised_agent (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    network_id    {text} NOT NULL,
    name          {text} NOT NULL,
    verify_key    {bytes} NOT NULL,
    callback      {text} NOT NULL,
    token_hash    {bytes} UNIQUE,
    token_at      {integer},
    created_by    {text} NOT NULL,
    created_at    {integer} NOT NULL,
    revoked_at    {integer},
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, created_by) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};
CREATE UNIQUE INDEX authorised_agent_by_name ON authorised_agent (organisation, network_id) WHERE revoked_at IS NULL;

-- Beside the request itself: through which agent it came, what it is called there, and what the agent was told last.
CREATE TABLE agent_request (
    id               {text} NOT NULL,
    organisation     {text} NOT NULL,
    request          {text} NOT NULL,
    asked_by         {text} NOT NULL,
    exercise         {text} NOT NULL,
    reference        {text},
    callback_sealed  {bytes} NOT NULL,
    told             {text} NOT NULL,
    created_at       {integer} NOT NULL,
    expires_at       {integer},
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, request),
    FOREIGN KEY (organisation, request) REFERENCES request (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, asked_by) REFERENCES authorised_agent (organisation, id) ON DELETE RESTRICT
){strict};

-- A signed message is heard once. Kept only until the message itself expires.
CREATE TABLE used_signature (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    expires_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id)
){strict};
