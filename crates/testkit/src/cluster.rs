//! A throw-away PostgreSQL cluster from the system's packages, shared by every test that runs at the same time.
//!
//! Tests hold a shared lock while they run; a small watcher owns the server, waits until nobody holds the lock any more
//! (also when a test was killed), then stops the server and removes its files.

use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

/// Set to `1` where a missing PostgreSQL is a failure, as in continuous integration.
const REQUIRE: &str = "REQUIRE_POSTGRES";

/// The role of the tests: no superuser, so that row-level security binds it.
const ROLE: &str = "confidante";

/// How long a server waits for the next test before it ends: beginning anew takes seconds, and tests come one after the other.
const LINGER_SECONDS: u32 = 5;

/// A database of one's own; dropped with this value.
pub(crate) struct Database {
    cluster: &'static Cluster,
    name: String,
}

impl Database {
    /// How to connect to it.
    pub(crate) fn url(&self) -> String {
        format!("host={} user={ROLE} dbname={}", self.cluster.folder.display(), self.name)
    }

    /// The folder of the whole cluster.
    pub(crate) fn folder(&self) -> &Path {
        &self.cluster.folder
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // Nothing depends on it: the cluster goes away with the last test.
        let _ = self.cluster.sql(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// A fresh database, or nothing where PostgreSQL is not installed.
pub(crate) fn fresh_database() -> Option<Database> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let cluster = CLUSTER.get_or_init(Cluster::join).as_ref()?;
    let count = COUNT.fetch_add(1, Ordering::SeqCst);
    let name = format!("test_{}_{count}", std::process::id());
    // One at a time: PostgreSQL copies a template and refuses while another connection uses it.
    static COPYING: Mutex<()> = Mutex::new(());
    let _copying = COPYING.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = cluster.sql(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    cluster.sql(&format!("CREATE DATABASE {name} OWNER {ROLE} TEMPLATE template0")).expect("a fresh database");
    Some(Database { cluster, name })
}

struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    _user: File,
}

impl Cluster {
    /// Joins the cluster that runs, or starts one.
    fn join() -> Option<Self> {
        let Some(programs) = programs() else {
            let sentence =
                "PostgreSQL IS NOT INSTALLED: every test ran on SQLite only. Debian: apt-get install postgresql";
            assert!(std::env::var(REQUIRE).as_deref() != Ok("1"), "{sentence}");
            eprintln!("\n*** {sentence} ***\n");
            return None;
        };
        let user = std::fs::metadata("/proc/self").map_or(0, |own| own.uid());
        let folder = std::env::temp_dir().join(format!("confidante-postgres-{user}"));
        create(&folder, user);
        let using = lock_file(&folder.join("users.lock"));
        using.lock_shared().expect("the users' lock");
        let cluster = Self { programs, folder, _user: using };
        let starting = lock_file(&cluster.folder.join("start.lock"));
        starting.lock().expect("the starter's lock");
        if !cluster.answers() {
            cluster.start(user);
        }
        Some(cluster)
    }

    fn start(&self, user: u32) {
        let folder = self.folder.display();
        let programs = self.programs.display();
        let script = format!(
            "rm -rf {folder}/data; \
             {programs}/initdb -D {folder}/data -U postgres -A trust -E UTF8 --locale=C --no-sync >{folder}/initdb.log 2>&1 || exit 1; \
             {programs}/postgres -D {folder}/data -c listen_addresses= -c unix_socket_directories={folder} -c fsync=off \
             -c full_page_writes=off -c max_connections=300 -c shared_buffers=32MB -c autovacuum=off >{folder}/server.log 2>&1 & server=$!; \
             while :; do flock {folder}/users.lock true; sleep {LINGER_SECONDS}; flock -n {folder}/users.lock true && break; done; \
             kill -QUIT $server; wait $server; rm -rf {folder}/data"
        );
        let mut command = if user == 0 {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh", "-c", &script]);
            command
        } else {
            let mut command = Command::new("sh");
            command.args(["-c", &script]);
            command
        };
        // A group of its own: an interrupt at the keyboard ends the tests, and their end ends the server.
        let command = command.process_group(0).current_dir(&self.folder);
        let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut watcher = command.spawn().expect("the watcher starts");
        // It outlives this program on purpose; a thread takes note of its end should it come first.
        thread::spawn(move || watcher.wait());
        for _ in 0..1200 {
            if self.answers() {
                // Fails where another process made it a moment ago, which is as good.
                let _ = self.sql(&format!("CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS"));
                let _ = self.sql("CREATE ROLE confidante_answer NOLOGIN");
                let _ = self.sql(&format!("GRANT confidante_answer TO {ROLE}"));
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("PostgreSQL does not start: see {folder}/initdb.log and {folder}/server.log");
    }

    fn answers(&self) -> bool {
        self.sql("SELECT 1").is_ok()
    }

    fn sql(&self, statement: &str) -> Result<(), String> {
        let outcome = Command::new(self.programs.join("psql"))
            .args(["-h", &self.folder.to_string_lossy(), "-U", "postgres", "-d", "postgres", "-qXAt", "-c", statement])
            .current_dir("/")
            .output()
            .map_err(|error| error.to_string())?;
        if outcome.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&outcome.stderr).into_owned()) }
    }
}

/// The newest installed PostgreSQL, where Debian puts it, or on the path.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, programs)| programs.join("initdb").exists())
        .collect();
    found.sort();
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let mut on_path = std::env::split_paths(&on_path).filter(|programs| programs.join("initdb").exists());
    found.pop().map(|(_, programs)| programs).or_else(|| on_path.next())
}

/// PostgreSQL refuses to run as root: then the folder belongs to the system's `postgres`.
fn create(folder: &Path, user: u32) {
    std::fs::create_dir_all(folder).expect("the cluster's folder");
    lock_file(&folder.join("users.lock"));
    if user == 0 {
        let owned = Command::new("chown").arg("postgres").arg(folder).arg(folder.join("users.lock")).status();
        assert!(owned.is_ok_and(|status| status.success()), "the folder can be given to the user postgres");
    }
}

fn lock_file(path: &Path) -> File {
    File::options().create(true).truncate(false).write(true).open(path).expect("a lock file")
}
