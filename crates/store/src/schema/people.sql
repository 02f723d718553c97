-- Everything about a person. Each table but the person's own carries `person`, so that export and erasure follow from the data map alone,
-- and refers to it with RESTRICT, so that an erasure that forgets a table fails loudly instead of leaving rows behind.

CREATE TABLE person (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    name_sealed   {bytes},
    email_sealed  {bytes},
    email_index   {bytes},
    locale        {text} NOT NULL,
    created_at    {integer} NOT NULL,
    last_seen_at  {integer} NOT NULL,
    surveyed_at   {integer},
    ai_off_at          {integer},
    ai_off_reasons     {text},
    restricted_at      {integer},
    restricted_ground  {text},
    lift_told_at       {integer},
    PRIMARY KEY (organisation, id)
){strict};
CREATE INDEX person_by_email ON person (organisation, email_index);

CREATE TABLE conversation (
    id                {text} NOT NULL,
    organisation      {text} NOT NULL,
    person            {text} NOT NULL,
    state             {text} NOT NULL,
    lane              {text} NOT NULL,
    epoch             {integer} NOT NULL,
    assignee          {text},
    locale            {text} NOT NULL,
    page_host         {text},
    last_seq          {integer} NOT NULL,
    words_seq         {integer} NOT NULL,
    last_activity_at  {integer} NOT NULL,
    waiting_since     {integer},
    created_at        {integer} NOT NULL,
    closed_at         {integer},
    ai_off_at          {integer},
    ai_off_reasons     {text},
    restricted_at      {integer},
    restricted_ground  {text},
    lift_told_at       {integer},
    deleted_at         {integer},
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, person, id),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, assignee) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};

CREATE TABLE visitor_session (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    person        {text} NOT NULL,
    token_hash    {bytes} NOT NULL UNIQUE,
    conversation  {text} NOT NULL,
    created_at    {integer} NOT NULL,
    expires_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, conversation) REFERENCES conversation (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX visitor_session_by_person ON visitor_session (organisation, person);
CREATE INDEX visitor_session_by_conversation ON visitor_session (organisation, conversation);

-- The busiest table: each index more is one page more to encrypt and log for every message. `person` comes before `conversation`,
-- so that one index serves the log of a conversation, the erasure of a person and the foreign key; ids and client ids begin with
-- the time, so that their indexes grow at one end.
CREATE TABLE message (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    conversation  {text} NOT NULL,
    person        {text} NOT NULL,
    seq           {integer} NOT NULL,
    kind          {text} NOT NULL,
    author        {text},
    body_sealed   {bytes} NOT NULL,
    client_id     {text},
    created_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, person, conversation, seq),
    FOREIGN KEY (organisation, person, conversation) REFERENCES conversation (organisation, person, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, author) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};
CREATE UNIQUE INDEX message_by_client_id ON message (organisation, client_id, conversation) WHERE client_id IS NOT NULL;

-- Which words were said in a conversation, each once. Written by a job a moment after the message, up to `conversation.words_seq`.
CREATE TABLE conversation_word (
    organisation  {text} NOT NULL,
    person        {text} NOT NULL,
    conversation  {text} NOT NULL,
    word_index    {bytes} NOT NULL,
    PRIMARY KEY (organisation, person, conversation, word_index),
    FOREIGN KEY (organisation, person, conversation) REFERENCES conversation (organisation, person, id) ON DELETE RESTRICT
){strict};
CREATE INDEX conversation_word_by_word ON conversation_word (organisation, word_index, conversation);

CREATE TABLE file (
    id              {text} NOT NULL,
    organisation    {text} NOT NULL,
    conversation    {text} NOT NULL,
    person          {text} NOT NULL,
    message         {text},
    name_sealed     {bytes} NOT NULL,
    mime            {text} NOT NULL,
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
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    conversation  {text} NOT NULL,
    person        {text} NOT NULL,
    message       {text},
    outcome       {text} NOT NULL,
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
    id                   {text} NOT NULL,
    organisation         {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    conversation         {text},
    person               {text},
    answer               {text},
    recipient            {text} NOT NULL,
    purpose              {text} NOT NULL,
    categories_sent      {text} NOT NULL,
    categories_withheld  {text} NOT NULL,
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
