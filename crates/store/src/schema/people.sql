-- Everything about a person. Each table but the person's own carries `person`, so that export and erasure follow from the data map alone,
-- and refers to it with RESTRICT, so that an erasure that forgets a table fails loudly instead of leaving rows behind.

CREATE TABLE person (
    id            TEXT NOT NULL,
    organisation  TEXT NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    name_sealed   {bytes},
    email_sealed  {bytes},
    email_index   {bytes},
    locale        TEXT NOT NULL,
    created_at    {integer} NOT NULL,
    last_seen_at  {integer} NOT NULL,
    PRIMARY KEY (organisation, id)
){strict};
CREATE INDEX person_by_email ON person (organisation, email_index);

CREATE TABLE conversation (
    id                TEXT NOT NULL,
    organisation      TEXT NOT NULL,
    person            TEXT NOT NULL,
    state             TEXT NOT NULL,
    lane              TEXT NOT NULL,
    epoch             {integer} NOT NULL,
    assignee          TEXT,
    locale            TEXT NOT NULL,
    page_host         TEXT,
    last_seq          {integer} NOT NULL,
    last_activity_at  {integer} NOT NULL,
    waiting_since     {integer},
    created_at        {integer} NOT NULL,
    closed_at         {integer},
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, assignee) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX conversation_by_person ON conversation (organisation, person);
CREATE INDEX conversation_by_activity ON conversation (organisation, state, last_activity_at);

CREATE TABLE visitor_session (
    id            TEXT NOT NULL,
    organisation  TEXT NOT NULL,
    person        TEXT NOT NULL,
    token_hash    {bytes} NOT NULL UNIQUE,
    conversation  TEXT NOT NULL,
    created_at    {integer} NOT NULL,
    expires_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, conversation) REFERENCES conversation (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX visitor_session_by_person ON visitor_session (organisation, person);
CREATE INDEX visitor_session_by_conversation ON visitor_session (organisation, conversation);

CREATE TABLE message (
    id            TEXT NOT NULL,
    organisation  TEXT NOT NULL,
    conversation  TEXT NOT NULL,
    person        TEXT NOT NULL,
    seq           {integer} NOT NULL,
    kind          TEXT NOT NULL,
    author        TEXT,
    body_sealed   {bytes} NOT NULL,
    client_id     TEXT,
    created_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, conversation, seq),
    UNIQUE (organisation, conversation, client_id),
    FOREIGN KEY (organisation, conversation) REFERENCES conversation (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, author) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX message_by_person ON message (organisation, person);

-- Refers to the person only: an index per word for the message as well would double the price of writing a message.
CREATE TABLE message_word (
    organisation  TEXT NOT NULL,
    word_index    {bytes} NOT NULL,
    message       TEXT NOT NULL,
    person        TEXT NOT NULL,
    PRIMARY KEY (organisation, word_index, message),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX message_word_by_person ON message_word (organisation, person, message);

CREATE TABLE file (
    id              TEXT NOT NULL,
    organisation    TEXT NOT NULL,
    conversation    TEXT NOT NULL,
    person          TEXT NOT NULL,
    message         TEXT,
    name_sealed     {bytes} NOT NULL,
    mime            TEXT NOT NULL,
    bytes           {integer} NOT NULL,
    content_sealed  {bytes} NOT NULL,
    created_at      {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, conversation) REFERENCES conversation (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, message) REFERENCES message (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX file_by_person ON file (organisation, person);
CREATE INDEX file_by_conversation ON file (organisation, conversation);
CREATE INDEX file_by_message ON file (organisation, message);

CREATE TABLE answer (
    id            TEXT NOT NULL,
    organisation  TEXT NOT NULL,
    conversation  TEXT NOT NULL,
    person        TEXT NOT NULL,
    message       TEXT,
    outcome       TEXT NOT NULL,
    trace_sealed  {bytes} NOT NULL,
    took_ms       {integer} NOT NULL,
    created_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, conversation) REFERENCES conversation (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, message) REFERENCES message (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX answer_by_person ON answer (organisation, person);
CREATE INDEX answer_by_conversation ON answer (organisation, conversation);
CREATE INDEX answer_by_message ON answer (organisation, message);

-- Written before anything leaves, so `answer` names a row that may not exist yet and has no foreign key.
-- Without a person: the staff tried the assistant out.
CREATE TABLE disclosure (
    id                   TEXT NOT NULL,
    organisation         TEXT NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    conversation         TEXT,
    person               TEXT,
    answer               TEXT,
    recipient            TEXT NOT NULL,
    purpose              TEXT NOT NULL,
    categories_sent      TEXT NOT NULL,
    categories_withheld  TEXT NOT NULL,
    content_hash         {bytes} NOT NULL,
    content_sealed       {bytes} NOT NULL,
    bytes                {integer} NOT NULL,
    created_at           {integer} NOT NULL,
    expires_at           {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, conversation) REFERENCES conversation (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX disclosure_by_person ON disclosure (organisation, person);
CREATE INDEX disclosure_by_conversation ON disclosure (organisation, conversation);
CREATE INDEX disclosure_by_answer ON disclosure (organisation, answer);
