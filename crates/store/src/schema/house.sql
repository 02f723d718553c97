-- The staff's side of the house: organisations, members and what lets them in. Every row belongs to one organisation.

CREATE TABLE meta (
    version {integer} NOT NULL
){strict};

CREATE TABLE organisation (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    widget_key  TEXT NOT NULL UNIQUE,
    settings    TEXT NOT NULL,
    created_at  {integer} NOT NULL
){strict};

CREATE TABLE member (
    id             TEXT NOT NULL,
    organisation   TEXT NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    email_sealed   {bytes} NOT NULL,
    email_index    {bytes} NOT NULL,
    name_sealed    {bytes} NOT NULL,
    password_hash  TEXT NOT NULL,
    role           TEXT NOT NULL,
    disabled_at    {integer},
    created_at     {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, email_index)
){strict};

CREATE TABLE session (
    id            TEXT NOT NULL,
    organisation  TEXT NOT NULL,
    member        TEXT NOT NULL,
    token_hash    {bytes} NOT NULL UNIQUE,
    created_at    {integer} NOT NULL,
    expires_at    {integer} NOT NULL,
    last_seen_at  {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, member) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};

CREATE TABLE invitation (
    id            TEXT NOT NULL,
    organisation  TEXT NOT NULL,
    role          TEXT NOT NULL,
    token_hash    {bytes} NOT NULL UNIQUE,
    invited_by    TEXT NOT NULL,
    created_at    {integer} NOT NULL,
    expires_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, invited_by) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};

CREATE TABLE api_key (
    id            TEXT NOT NULL,
    organisation  TEXT NOT NULL,
    name          TEXT NOT NULL,
    token_hash    {bytes} NOT NULL UNIQUE,
    scopes        TEXT NOT NULL,
    created_by    TEXT NOT NULL,
    created_at    {integer} NOT NULL,
    last_used_at  {integer},
    revoked_at    {integer},
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, created_by) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};

CREATE TABLE sighting (
    id             TEXT NOT NULL,
    organisation   TEXT NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    host           TEXT NOT NULL,
    first_seen_at  {integer} NOT NULL,
    last_seen_at   {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, host)
){strict};

-- A job carries ids only. One job per thing: asking twice is asking once.
CREATE TABLE job (
    id            TEXT NOT NULL UNIQUE,
    organisation  TEXT NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    kind          TEXT NOT NULL,
    subject       TEXT NOT NULL,
    state         TEXT NOT NULL,
    attempts      {integer} NOT NULL,
    run_at        {integer} NOT NULL,
    claimed_at    {integer},
    done_steps    {integer} NOT NULL,
    total_steps   {integer} NOT NULL,
    error_code    TEXT,
    created_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, kind, subject)
){strict};
CREATE INDEX job_by_run_at ON job (state, run_at);

CREATE TABLE audit (
    id            TEXT NOT NULL,
    organisation  TEXT NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    actor_kind    TEXT NOT NULL,
    actor         TEXT NOT NULL,
    action        TEXT NOT NULL,
    object_kind   TEXT NOT NULL,
    object        TEXT NOT NULL,
    created_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id)
){strict};
