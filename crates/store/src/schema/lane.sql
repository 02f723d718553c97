-- What the assistant may see, and nothing else: conversations that are its own, open, not restricted (GDPR Art. 18) and not taken
-- from it (opted out, under age, special category). Its job reads these three views only; on PostgreSQL it reads them as a role
-- that has no right to anything else.

CREATE VIEW answerable_conversation{barrier} AS
    SELECT c.id, c.organisation, c.person, c.state, c.lane, c.epoch, c.assignee, c.locale, c.page_host, c.last_seq,
           c.last_activity_at, c.waiting_since, c.created_at, c.closed_at
    FROM conversation c JOIN person p ON p.organisation = c.organisation AND p.id = c.person
    WHERE c.lane = 'ai' AND c.state = 'open' AND c.deleted_at IS NULL AND c.ai_off_at IS NULL AND c.restricted_at IS NULL
    AND p.ai_off_at IS NULL AND p.restricted_at IS NULL;

CREATE VIEW answerable_message{barrier} AS
    SELECT m.id, m.organisation, m.conversation, m.person, m.seq, m.kind, m.author, m.body_sealed, m.client_id, m.created_at
    FROM message m JOIN conversation c ON c.organisation = m.organisation AND c.person = m.person AND c.id = m.conversation
    JOIN person p ON p.organisation = c.organisation AND p.id = c.person
    WHERE c.lane = 'ai' AND c.state = 'open' AND c.deleted_at IS NULL AND c.ai_off_at IS NULL AND c.restricted_at IS NULL
    AND p.ai_off_at IS NULL AND p.restricted_at IS NULL AND m.kind IN ('visitor', 'ai', 'agent', 'system');

CREATE VIEW answerable_person{barrier} AS
    SELECT p.id, p.organisation, p.name_sealed, p.email_sealed, p.locale, p.created_at, p.last_seen_at
    FROM person p WHERE p.ai_off_at IS NULL AND p.restricted_at IS NULL;
