-- What is learned from people who talked with the assistant: answers that a person was asked to check, and knowledge that was
-- taken from a conversation. Both go with her; a page stays, without what repeats her words.

-- `request` has no foreign key: its record ends by a term of its own. `page` has none, as pages are never deleted.
CREATE TABLE review (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    request       {text} NOT NULL,
    person        {text} NOT NULL,
    conversation  {text} NOT NULL,
    message       {text} NOT NULL,
    due_at        {integer} NOT NULL,
    outcome       {text},
    words_sealed  {bytes},
    page          {text},
    decided_by    {text},
    decided_at    {integer},
    created_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, request),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, conversation) REFERENCES conversation (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, message) REFERENCES message (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, decided_by) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX review_by_due ON review (organisation, decided_at, due_at);
CREATE INDEX review_by_person ON review (organisation, person);
CREATE INDEX review_by_conversation ON review (organisation, conversation);
CREATE INDEX review_by_message ON review (organisation, message);

CREATE TABLE lineage (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    page          {text} NOT NULL,
    person        {text} NOT NULL,
    conversation  {text} NOT NULL,
    message       {text} NOT NULL,
    part          {text} NOT NULL,
    created_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, conversation) REFERENCES conversation (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, message) REFERENCES message (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX lineage_by_page ON lineage (organisation, page);
CREATE INDEX lineage_by_person ON lineage (organisation, person);
CREATE INDEX lineage_by_conversation ON lineage (organisation, conversation);
CREATE INDEX lineage_by_message ON lineage (organisation, message);
