-- The staff's side of the house: organisations, members and what lets them in. Every row belongs to one organisation.

CREATE TABLE meta (
    version {integer} NOT NULL
){strict};

CREATE TABLE organisation (
    id          {text} NOT NULL PRIMARY KEY,
    name        {text} NOT NULL,
    widget_key  {text} NOT NULL UNIQUE,
    settings    {text} NOT NULL,
    created_at  {integer} NOT NULL
){strict};

CREATE TABLE member (
    id             {text} NOT NULL,
    organisation   {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    email_sealed   {bytes} NOT NULL,
    email_index    {bytes} NOT NULL,
    name_sealed    {bytes} NOT NULL,
    password_hash  {text} NOT NULL,
    role           {text} NOT NULL,
    disabled_at    {integer},
    created_at     {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, email_index)
){strict};

CREATE TABLE session (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    member        {text} NOT NULL,
    token_hash    {bytes} NOT NULL UNIQUE,
    created_at    {integer} NOT NULL,
    expires_at    {integer} NOT NULL,
    last_seen_at  {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, member) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};

CREATE TABLE invitation (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    role          {text} NOT NULL,
    token_hash    {bytes} NOT NULL UNIQUE,
    invited_by    {text} NOT NULL,
    created_at    {integer} NOT NULL,
    expires_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, invited_by) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};

CREATE TABLE api_key (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    name          {text} NOT NULL,
    token_hash    {bytes} NOT NULL UNIQUE,
    scopes        {text} NOT NULL,
    created_by    {text} NOT NULL,
    created_at    {integer} NOT NULL,
    last_used_at  {integer},
    revoked_at    {integer},
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, created_by) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};

CREATE TABLE sighting (
    id             {text} NOT NULL,
    organisation   {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    host           {text} NOT NULL,
    first_seen_at  {integer} NOT NULL,
    last_seen_at   {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, host)
){strict};

-- A job carries ids only. One job per thing: asking twice is asking once.
CREATE TABLE job (
    id            {text} NOT NULL UNIQUE,
    organisation  {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    kind          {text} NOT NULL,
    subject       {text} NOT NULL,
    state         {text} NOT NULL,
    attempts      {integer} NOT NULL,
    run_at        {integer} NOT NULL,
    claimed_at    {integer},
    done_steps    {integer} NOT NULL,
    total_steps   {integer} NOT NULL,
    error_code    {text},
    created_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, kind, subject)
){strict};
CREATE INDEX job_by_run_at ON job (state, run_at);

-- Written outside the chain and sealed a moment later: no work waits for the chain's head.
CREATE TABLE audit (
    id                 {text} NOT NULL,
    organisation       {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    actor_kind         {text} NOT NULL,
    actor              {text} NOT NULL,
    actor_salt         {bytes},
    actor_commitment   {bytes} NOT NULL,
    action             {text} NOT NULL,
    reason             {text} NOT NULL,
    object_kind        {text} NOT NULL,
    object             {text} NOT NULL,
    object_salt        {bytes},
    object_commitment  {bytes} NOT NULL,
    request            {text} NOT NULL,
    created_at         {integer} NOT NULL,
    seq                {integer},
    hash               {bytes},
    PRIMARY KEY (organisation, id)
){strict};
-- Each line is in one of these two: waiting for the sealer, or in the chain. By the ids, because an erasure replaces them.
CREATE INDEX audit_unsealed ON audit (organisation, id) WHERE seq IS NULL;
CREATE UNIQUE INDEX audit_by_seq ON audit (organisation, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_by_actor ON audit (organisation, actor);
CREATE INDEX audit_by_object ON audit (organisation, object);

-- An export of everything an organisation has; its pieces lie sealed in a folder until it expires.
CREATE TABLE tenant_export (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    state         {text} NOT NULL,
    done_tables   {integer} NOT NULL,
    total_tables  {integer} NOT NULL,
    rows_written  {integer} NOT NULL,
    bytes         {integer},
    created_at    {integer} NOT NULL,
    finished_at   {integer},
    expires_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id)
){strict};
