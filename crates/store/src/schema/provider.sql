-- The language models an organisation has registered, and what they cost. The limits are one row an organisation.

CREATE TABLE provider (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    dialect       {text} NOT NULL,
    name          {text} NOT NULL,
    base_url      {text} NOT NULL,
    model         {text} NOT NULL,
    key_sealed    {bytes} NOT NULL,
    recipient     {text} NOT NULL,
    country       {text} NOT NULL,
    mechanism     {text} NOT NULL,
    contract      {text} NOT NULL,
    retention     {text} NOT NULL,
    price_in      {integer} NOT NULL,
    price_out     {integer} NOT NULL,
    active        {integer} NOT NULL,
    position      {integer} NOT NULL,
    created_at    {integer} NOT NULL,
    updated_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id)
){strict};

-- One row a provider and day (days since 1970, UTC): counts and sums only.
CREATE TABLE spending (
    organisation  {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    provider      {text} NOT NULL,
    day           {integer} NOT NULL,
    calls         {integer} NOT NULL,
    tokens_in     {integer} NOT NULL,
    tokens_out    {integer} NOT NULL,
    cost          {integer} NOT NULL,
    PRIMARY KEY (organisation, provider, day)
){strict};

-- Nothing is spent beyond these; no row and no value mean no limit.
CREATE TABLE spending_limit (
    organisation  {text} NOT NULL PRIMARY KEY REFERENCES organisation (id) ON DELETE RESTRICT,
    currency      {text} NOT NULL,
    tokens_day    {integer},
    tokens_month  {integer},
    money_day     {integer},
    money_month   {integer}
){strict};
