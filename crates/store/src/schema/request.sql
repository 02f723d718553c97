-- Requests about one's own data. `request` and `request_step` are the evidence: who asked for what is an id that an erasure
-- replaces, so they have no foreign key to the person. Words and archives lie beside them, sealed with the requester's key.

CREATE TABLE request (
    id               {text} NOT NULL UNIQUE,
    organisation     {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    person           {text} NOT NULL,
    kind             {text} NOT NULL,
    regime           {text} NOT NULL,
    channel          {text} NOT NULL,
    locale           {text} NOT NULL,
    state            {text} NOT NULL,
    identity         {text} NOT NULL,
    assignee         {text},
    message          {text},
    received_at      {integer} NOT NULL,
    verified_at      {integer},
    paused_since     {integer},
    paused_ms        {integer} NOT NULL,
    acknowledge_by   {integer},
    acknowledged_at  {integer},
    due_at           {integer} NOT NULL,
    extended_at      {integer},
    answered_at      {integer},
    closed_at        {integer},
    ground           {text},
    code_index       {bytes},
    code_tries       {integer} NOT NULL,
    codes_sent       {integer} NOT NULL,
    code_until       {integer},
    reminded         {integer} NOT NULL,
    expires_at       {integer},
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, assignee) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX request_by_due ON request (organisation, closed_at, due_at);
CREATE INDEX request_by_person ON request (organisation, person);

CREATE TABLE request_step (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    request       {text} NOT NULL,
    subject       {text},
    position      {integer} NOT NULL,
    act           {text} NOT NULL,
    recipient     {text},
    transfers     {integer},
    first_at      {integer},
    last_at       {integer},
    state         {text} NOT NULL,
    ground        {text},
    kept_until    {integer},
    erasure       {text},
    attempts      {integer} NOT NULL,
    next_at       {integer},
    error_code    {text},
    done_by       {text},
    done_at       {integer},
    created_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, request, position),
    FOREIGN KEY (organisation, request) REFERENCES request (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, done_by) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX request_step_by_subject ON request_step (organisation, subject);

CREATE TABLE request_words (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    request       {text} NOT NULL,
    person        {text} NOT NULL,
    kind          {text} NOT NULL,
    step          {text},
    author        {text},
    body_sealed   {bytes} NOT NULL,
    sent_at       {integer},
    created_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, request) REFERENCES request (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, author) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX request_words_by_person ON request_words (organisation, person);
CREATE INDEX request_words_by_request ON request_words (organisation, request);

CREATE TABLE request_file (
    id              {text} NOT NULL,
    organisation    {text} NOT NULL,
    request         {text} NOT NULL,
    person          {text} NOT NULL,
    step            {text} NOT NULL,
    bytes           {integer} NOT NULL,
    content_hash    {bytes} NOT NULL,
    content_sealed  {bytes} NOT NULL,
    created_at      {integer} NOT NULL,
    expires_at      {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, request, step),
    FOREIGN KEY (organisation, request) REFERENCES request (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX request_file_by_person ON request_file (organisation, person);
