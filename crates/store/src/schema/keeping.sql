-- The books of retention. A hold that is over keeps nothing: the round that finds it past its end lifts it.

CREATE TABLE legal_hold (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    person        {text} NOT NULL,
    conversation  {text},
    reason        {text} NOT NULL,
    placed_by     {text},
    placed_at     {integer} NOT NULL,
    ends_at       {integer} NOT NULL,
    lifted_at     {integer},
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, conversation) REFERENCES conversation (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, placed_by) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX legal_hold_by_person ON legal_hold (organisation, person);
CREATE INDEX legal_hold_by_conversation ON legal_hold (organisation, conversation);

CREATE TABLE retention_run (
    organisation  {text} NOT NULL PRIMARY KEY REFERENCES organisation (id) ON DELETE RESTRICT,
    began_at      {integer} NOT NULL,
    finished_at   {integer},
    purged        {integer} NOT NULL
){strict};
