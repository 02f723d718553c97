-- Kept apart from everything above (a file of its own, or a schema of its own), so that a backup of the data holds no key.
-- No foreign keys: a reference cannot cross from one file to another.

CREATE TABLE keyring.wrapped_key (
    organisation  {text} NOT NULL,
    subject       {text} NOT NULL,
    wrapped       {bytes} NOT NULL,
    PRIMARY KEY (organisation, subject)
){strict};

-- The ledger of erasures outlives the person without naming her: `subject_mac` is keyed, `person` is emptied at the end.
CREATE TABLE keyring.erasure (
    id            {text} NOT NULL UNIQUE,
    organisation  {text} NOT NULL,
    subject_mac   {bytes} NOT NULL,
    person        {text},
    state         {text} NOT NULL,
    steps         {text} NOT NULL,
    requested_by  {text} NOT NULL,
    receipt       {text},
    created_at    {integer} NOT NULL,
    finished_at   {integer},
    PRIMARY KEY (organisation, id),
    -- One open line a person, however many ask at the same moment; a line that is done names nobody.
    UNIQUE (organisation, person)
){strict};

-- Checkpoints of the audit log lie apart from the log: a log that was shortened, or came back with an older backup, ends
-- before its last checkpoint.
CREATE TABLE keyring.audit_checkpoint (
    organisation  {text} NOT NULL,
    seq           {integer} NOT NULL,
    kind          {text} NOT NULL,
    hash          {bytes} NOT NULL,
    signed        {text} NOT NULL,
    created_at    {integer} NOT NULL,
    verified_at   {integer},
    verdict       {text},
    PRIMARY KEY (organisation, seq, kind, created_at)
){strict};

-- The end of an organisation. It outlives the organisation without saying more than its id, so that no backup brings it back.
CREATE TABLE keyring.departure (
    id            {text} NOT NULL UNIQUE,
    organisation  {text} NOT NULL,
    state         {text} NOT NULL,
    steps         {text} NOT NULL,
    certificate   {text},
    created_at    {integer} NOT NULL,
    finished_at   {integer},
    PRIMARY KEY (organisation, id)
){strict};
