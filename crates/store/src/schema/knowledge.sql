-- What the assistant may quote: sources, pages, their frozen versions and the passages cut from them. Nothing about a person.

CREATE TABLE source (
    id               TEXT NOT NULL,
    organisation     TEXT NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    url              TEXT NOT NULL,
    kind             TEXT NOT NULL,
    state            TEXT NOT NULL,
    max_pages        {integer} NOT NULL,
    max_depth        {integer} NOT NULL,
    created_at       {integer} NOT NULL,
    last_crawled_at  {integer},
    PRIMARY KEY (organisation, id)
){strict};

CREATE TABLE crawl (
    id            TEXT NOT NULL,
    organisation  TEXT NOT NULL,
    source        TEXT NOT NULL,
    state         TEXT NOT NULL,
    started_at    {integer} NOT NULL,
    finished_at   {integer},
    found         {integer} NOT NULL,
    added         {integer} NOT NULL,
    changed       {integer} NOT NULL,
    same          {integer} NOT NULL,
    skipped       {integer} NOT NULL,
    errors        {integer} NOT NULL,
    done          {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, source) REFERENCES source (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX crawl_by_source ON crawl (organisation, source, started_at);

CREATE TABLE crawl_url (
    organisation  TEXT NOT NULL,
    crawl         TEXT NOT NULL,
    url           TEXT NOT NULL,
    depth         {integer} NOT NULL,
    state         TEXT NOT NULL,
    reason        TEXT,
    PRIMARY KEY (organisation, crawl, url),
    FOREIGN KEY (organisation, crawl) REFERENCES crawl (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX crawl_url_by_state ON crawl_url (organisation, crawl, state, depth);

-- `snapshot` names the version in force; it has no foreign key because snapshots refer to their page.
CREATE TABLE page (
    id             TEXT NOT NULL,
    organisation   TEXT NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    source         TEXT,
    url            TEXT,
    kind           TEXT NOT NULL,
    title          TEXT NOT NULL,
    state          TEXT NOT NULL,
    snapshot       TEXT,
    etag           TEXT,
    last_modified  TEXT,
    created_at     {integer} NOT NULL,
    updated_at     {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, url),
    FOREIGN KEY (organisation, source) REFERENCES source (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX page_by_source ON page (organisation, source);

-- The id alone finds a snapshot: citations open it without a session.
CREATE TABLE snapshot (
    id            TEXT NOT NULL UNIQUE,
    organisation  TEXT NOT NULL,
    page          TEXT NOT NULL,
    hash          {bytes} NOT NULL,
    title         TEXT NOT NULL,
    content       TEXT NOT NULL,
    language      TEXT,
    fetched_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, page) REFERENCES page (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX snapshot_by_page ON snapshot (organisation, page, fetched_at);

CREATE TABLE passage (
    id            TEXT NOT NULL,
    organisation  TEXT NOT NULL,
    page          TEXT NOT NULL,
    snapshot      TEXT NOT NULL,
    position      {integer} NOT NULL,
    heading       TEXT NOT NULL,
    content       TEXT NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, page) REFERENCES page (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, snapshot) REFERENCES snapshot (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX passage_by_page ON passage (organisation, page);
CREATE INDEX passage_by_snapshot ON passage (organisation, snapshot, position);
