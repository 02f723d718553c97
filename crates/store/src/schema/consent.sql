-- The consent book: what people were asked, word for word, and what each of them decided, one line a decision and never changed.

-- A wording is written once. There is no statement that changes its words: another wording is another version.
CREATE TABLE consent_text (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    purpose       {text} NOT NULL,
    version       {integer} NOT NULL,
    language      {text} NOT NULL,
    body          {text} NOT NULL,
    body_hash     {bytes} NOT NULL,
    created_at    {integer} NOT NULL,
    retired_at    {integer},
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, purpose, version, language)
){strict};

-- `seq` counts the decisions of a person about a purpose: two at once cannot both be the next.
CREATE TABLE consent (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    person        {text} NOT NULL,
    purpose       {text} NOT NULL,
    seq           {integer} NOT NULL,
    wording       {text} NOT NULL,
    wording_hash  {bytes} NOT NULL,
    state         {text} NOT NULL,
    shown_in      {text} NOT NULL,
    act           {text} NOT NULL,
    language      {text} NOT NULL,
    gpc           {integer} NOT NULL,
    dnt           {integer} NOT NULL,
    decided_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, person, purpose, seq),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, wording) REFERENCES consent_text (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX consent_by_wording ON consent (organisation, wording);
-- What was agreed to so long ago that it no longer counts.
CREATE INDEX consent_by_moment ON consent (organisation, decided_at);

-- What somebody answered before the chat. What rests on a consent names the decision, and without one it cannot be kept.
CREATE TABLE survey_answer (
    id                {text} NOT NULL,
    organisation      {text} NOT NULL,
    person            {text} NOT NULL,
    field             {text} NOT NULL,
    question          {text} NOT NULL,
    purpose           {text},
    consent           {text},
    asked_sealed      {bytes},
    consented_sealed  {bytes},
    created_at        {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, person, field),
    CHECK ((purpose IS NULL) = (consent IS NULL)),
    CHECK (consent IS NOT NULL OR consented_sealed IS NULL),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, consent) REFERENCES consent (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX survey_answer_by_consent ON survey_answer (organisation, consent);
