-- What the promise ledger found, one line for each check and run, and what somebody vouches for because no check can see it.

CREATE TABLE proof (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    examined      {text} NOT NULL,
    holds         {integer} NOT NULL,
    figure        {integer} NOT NULL,
    says          {text} NOT NULL,
    checked_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id)
){strict};
CREATE INDEX proof_by_time ON proof (organisation, checked_at);

CREATE TABLE attestation (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    promise       {text} NOT NULL,
    member        {text} NOT NULL,
    statement     {text} NOT NULL,
    made_at       {integer} NOT NULL,
    valid_until   {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, member) REFERENCES member (organisation, id) ON DELETE RESTRICT
){strict};
