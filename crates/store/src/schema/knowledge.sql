-- What the assistant may quote: sources, pages, their frozen versions and the passages cut from them. Nothing about a person.

CREATE TABLE source (
    id               {text} NOT NULL,
    organisation     {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    url              {text} NOT NULL,
    kind             {text} NOT NULL,
    state            {text} NOT NULL,
    max_pages        {integer} NOT NULL,
    max_depth        {integer} NOT NULL,
    created_at       {integer} NOT NULL,
    last_crawled_at  {integer},
    PRIMARY KEY (organisation, id)
){strict};

CREATE TABLE crawl (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    source        {text} NOT NULL,
    state         {text} NOT NULL,
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
    organisation  {text} NOT NULL,
    crawl         {text} NOT NULL,
    url           {text} NOT NULL,
    depth         {integer} NOT NULL,
    state         {text} NOT NULL,
    reason        {text},
    PRIMARY KEY (organisation, crawl, url),
    FOREIGN KEY (organisation, crawl) REFERENCES crawl (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX crawl_url_by_state ON crawl_url (organisation, crawl, state, depth);

-- `snapshot` names the version in force; it has no foreign key because snapshots refer to their page.
CREATE TABLE page (
    id             {text} NOT NULL,
    organisation   {text} NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
    source         {text},
    url            {text},
    kind           {text} NOT NULL,
    title          {text} NOT NULL,
    state          {text} NOT NULL,
    snapshot       {text},
    etag           {text},
    last_modified  {text},
    created_at     {integer} NOT NULL,
    updated_at     {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, url),
    FOREIGN KEY (organisation, source) REFERENCES source (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX page_by_source ON page (organisation, source);

-- The id alone finds a snapshot: citations open it without a session.
CREATE TABLE snapshot (
    id            {text} NOT NULL UNIQUE,
    organisation  {text} NOT NULL,
    page          {text} NOT NULL,
    hash          {bytes} NOT NULL,
    title         {text} NOT NULL,
    content       {text} NOT NULL,
    language      {text},
    fetched_at    {integer} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, page) REFERENCES page (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX snapshot_by_page ON snapshot (organisation, page, fetched_at);

CREATE TABLE passage (
    id            {text} NOT NULL,
    organisation  {text} NOT NULL,
    page          {text} NOT NULL,
    snapshot      {text} NOT NULL,
    position      {integer} NOT NULL,
    heading       {text} NOT NULL,
    content       {text} NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, page) REFERENCES page (organisation, id) ON DELETE RESTRICT,
    FOREIGN KEY (organisation, snapshot) REFERENCES snapshot (organisation, id) ON DELETE RESTRICT
){strict};
CREATE INDEX passage_by_page ON passage (organisation, page);
CREATE INDEX passage_by_snapshot ON passage (organisation, snapshot, position);
