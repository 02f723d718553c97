//! Row-level security: `PostgreSQL` repeats the tenant's fence, so that a statement with a hole in it finds nothing.

/// Raises the fence until the end of the transaction.
pub(crate) const RAISE: &str = "SELECT set_config('confidante.org', $1, true)";

/// Raises the fence on a reader's connection until the next reader raises its own, and sets how long one statement may take.
pub(crate) const RAISE_FOR_SESSION: &str =
    "SELECT set_config('confidante.org', $1, false), set_config('statement_timeout', '60s', false)";

/// The same for a statement that looks through everything, however much there is.
pub(crate) const RAISE_PATIENTLY: &str =
    "SELECT set_config('confidante.org', $1, false), set_config('statement_timeout', '0', false)";

/// Puts the fence around every table that has an `organisation`, and around the organisations themselves.
/// `FORCE` binds the owner of the tables too, which is the role that we connect with.
pub(crate) const BUILD: &str = "DO $fence$
DECLARE fenced record;
BEGIN
    FOR fenced IN
        SELECT table_schema AS area, table_name AS name, column_name AS field
        FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema IN ('public', 'keyring') AND table_type = 'BASE TABLE'
        AND (column_name = 'organisation' OR (table_name = 'organisation' AND column_name = 'id'))
    LOOP
        EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', fenced.area, fenced.name);
        EXECUTE format('ALTER TABLE %I.%I FORCE ROW LEVEL SECURITY', fenced.area, fenced.name);
        EXECUTE format('CREATE POLICY fence ON %I.%I USING (current_setting(''confidante.org'', true) IN (''*'', %I))',
            fenced.area, fenced.name, fenced.field);
    END LOOP;
END $fence$;";

/// A role that row-level security does not bind: worth a warning, the first fence still stands.
pub(crate) const UNBOUND: &str =
    "SELECT CAST(rolsuper OR rolbypassrls AS INTEGER) AS unbound FROM pg_roles WHERE rolname = current_user";

/// The role that the assistant reads as: it can see the views of its lane and nothing else.
pub(crate) const ASSISTANT: &str = "confidante_answer";

/// Raises the fence on a reader's connection and becomes the assistant, for one read.
pub(crate) const RAISE_AS_ASSISTANT: &str = "SELECT set_config('confidante.org', $1, false), set_config('statement_timeout', '60s', false), \
     set_config('role', 'confidante_answer', false)";

/// Is oneself again.
pub(crate) const AS_ONESELF: &str = "SELECT set_config('role', 'none', false)";

/// Makes the assistant's role where it is missing (roles belong to the whole server, so another database's start may be
/// quicker), and makes sure that we may become it.
pub(crate) const ASSISTANT_ROLE: &str = "DO $role$ BEGIN
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'confidante_answer') THEN
            CREATE ROLE confidante_answer NOLOGIN;
        END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    BEGIN
        SET LOCAL ROLE confidante_answer;
        RESET ROLE;
    EXCEPTION WHEN insufficient_privilege THEN
        EXECUTE format('GRANT confidante_answer TO %I', current_user);
    END;
END $role$;";

/// What the role may: read three views.
pub(crate) const ASSISTANT_RIGHTS: &str =
    "GRANT SELECT ON answerable_conversation, answerable_message, answerable_person TO confidante_answer;";
