-- An organisation's own rules for masking: what its staff found to be missed, and brands that are no people.

CREATE TABLE mask_rule (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    text_sealed   {bytes} NOT NULL,
    effect        {text} NOT NULL,
    category      {text} NOT NULL,
    created_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id)
){strict};
