//! Row-level security: `PostgreSQL` repeats the tenant's fence, so that a statement with a hole in it finds nothing.

/// Raises the fence until the end of the transaction.
pub(crate) const RAISE: &str = "SELECT set_config('confidante.org', $1, true)";

/// Raises the fence on a reader's connection until the next reader raises its own.
pub(crate) const RAISE_FOR_SESSION: &str = "SELECT set_config('confidante.org', $1, false)";

/// Puts the fence around every table that has an `organisation`, and around the organisations themselves.
/// `FORCE` binds the owner of the tables too, which is the role that we connect with.
pub(crate) const BUILD: &str = "DO $fence$
DECLARE fenced record;
BEGIN
    FOR fenced IN
        SELECT table_schema AS area, table_name AS name, column_name AS field FROM information_schema.columns
        WHERE table_schema IN ('public', 'keyring')
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
