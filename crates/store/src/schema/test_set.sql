-- Questions by which the staff tries the assistant out, masked before they are kept, and how it fared with them.

CREATE TABLE test_set (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    name          {text} NOT NULL,
    cases         {text} NOT NULL,
    created_at    {integer} NOT NULL,
    updated_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id)
){strict};

CREATE TABLE test_run (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    test_set      {text} NOT NULL,
    answerer      {text} NOT NULL,
    label         {text} NOT NULL,
    state         {text} NOT NULL,
    done          {integer} NOT NULL,
    total         {integer} NOT NULL,
    cases         {text} NOT NULL,
    results       {text} NOT NULL,
    created_at    {integer} NOT NULL,
    finished_at   {integer},
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, test_set) REFERENCES test_set (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX test_run_by_set ON test_run (organisation, test_set, created_at);
