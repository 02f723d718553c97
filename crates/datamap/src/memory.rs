//! Copies outside the tables: files on disk, indexes and caches in memory, and the fields of the log.

/// One kind of copy.
#[derive(Clone, Copy, Debug)]
pub struct Copy {
    /// Its name; for a file, its name on disk.
    pub name: &'static str,
    /// Can words or ids of a visitor be in it? Then erasing her must reach it.
    pub of_visitors: bool,
    /// What it is and why it may exist.
    pub says: &'static str,
    /// How long something stays in it.
    pub until: &'static str,
}

/// Files in the data folder and the key folder (embedded store). There are no others.
pub const FILES: &[Copy] = &[
    Copy {
        name: "confidante.db",
        of_visitors: true,
        says: "All tables, encrypted as a whole (AES-256) besides the seals.",
        until: "as the tables",
    },
    Copy {
        name: "confidante.db-wal",
        of_visitors: true,
        says: "Changes not yet folded into the file, encrypted alike.",
        until: "the next fold; emptied when an erasure ends",
    },
    Copy {
        name: "confidante.db-shm",
        of_visitors: false,
        says: "Page numbers, no contents.",
        until: "while the server runs",
    },
    Copy {
        name: "keys.db",
        of_visitors: true,
        says: "Wrapped keys and the ledger of erasures, encrypted as a whole, apart from the tables.",
        until: "as the tables",
    },
    Copy {
        name: "keys.db-wal",
        of_visitors: true,
        says: "Changes not yet folded into the key file, encrypted alike.",
        until: "the next fold; emptied when an erasure ends",
    },
    Copy {
        name: "keys.db-shm",
        of_visitors: false,
        says: "Page numbers, no contents.",
        until: "while the server runs",
    },
    Copy {
        name: "confidante.lock",
        of_visitors: false,
        says: "Keeps a second server out of the folder.",
        until: "while the server runs",
    },
    Copy {
        name: "keys.lock",
        of_visitors: false,
        says: "Keeps a second server out of the folder of the keys.",
        until: "while the server runs",
    },
    Copy {
        name: "data-*.cfd",
        of_visitors: true,
        says: "A backup of the tables without any key, sealed as a whole besides the seals, but for when it was made, how many lines the ledger of erasures had and a fingerprint of the newest; in the folder of the backups and in the bucket.",
        until: "30 days at most; what was erased cannot be opened, and is erased again when it is restored",
    },
    Copy {
        name: "keys-*.cfd",
        of_visitors: true,
        says: "The one copy of the wrapped keys and of the ledgers, sealed; in a folder of its own.",
        until: "the next erasure or backup, which writes it anew",
    },
    Copy {
        name: "*.piece, whole.cfd",
        of_visitors: true,
        says: "An export of the whole organisation, sealed, until the owner fetches it.",
        until: "7 days",
    },
    Copy {
        name: "master.key",
        of_visitors: false,
        says: "The master key, readable by the server's user only.",
        until: "as the installation",
    },
    Copy {
        name: "confidante.toml",
        of_visitors: false,
        says: "The operator's settings.",
        until: "as the installation",
    },
];

/// Search indexes.
pub const INDEXES: &[Copy] = &[Copy {
    name: "knowledge index",
    of_visitors: true,
    says: "Words of the organisation's published pages and, where an encoder is configured, their vectors, in memory only; built from \
           the store, dropped with it. The title of an answer that the staff wrote for somebody may repeat her question, masked; it \
           is written anew when she is erased.",
    until: "the process ends or the knowledge changes, or her erasure",
}];

/// Caches in memory. One that can hold words or ids of a visitor has to be told when she is erased.
pub const CACHES: &[Copy] = &[
    Copy {
        name: "keys",
        of_visitors: true,
        says: "Opened keys of people who are talking now.",
        until: "pushed out by others, or her erasure",
    },
    Copy {
        name: "live",
        of_visitors: true,
        says: "Open streams and answers that are being written.",
        until: "the answer is done, or her erasure",
    },
    Copy {
        name: "recognised",
        of_visitors: true,
        says: "Fingerprints of tokens of visitors who are here now, with the ids they lead to.",
        until: "a few minutes without a request, or her erasure",
    },
    Copy {
        name: "gone",
        of_visitors: false,
        says: "Fingerprints of tokens of visitors who were erased, so that their tab is told; they lead to nobody.",
        until: "half an hour",
    },
    Copy {
        name: "limits",
        of_visitors: false,
        says: "Counters that keep one network from asking too often: a keyed hash of the shortened network address (/24 or /48), never the address.",
        until: "a few minutes, or the process ends",
    },
];

/// A field of the log: kept as long as the operator keeps the log.
const fn logged(name: &'static str, says: &'static str) -> Copy {
    Copy { name, of_visitors: false, says, until: "as the operator keeps the log" }
}

/// What one line of the log may contain besides its time, level and fixed sentence. No address, no name, no words, no id of a
/// person. A rule of the house reads every line of the program that logs, and a test the log of a running server.
pub const LOG: &[Copy] = &[
    logged("request_id", "Random number of the request, to find the line again."),
    logged("method", "The verb of the request."),
    logged("route", "Template of the address, without the ids in it."),
    logged("status", "Outcome."),
    logged("duration", "How long it took."),
    logged("cause", "What broke, only where something did: a place in the program, no words of anybody."),
    logged("fault", "The kind of a fault, as this program or an engine names it."),
    logged("error", "The same, of a job or of a database."),
    logged("what", "What did not go on, with the id of the work, never of a person."),
    logged("reason", "Why the listener ended."),
    logged("flaw", "Where the chain of the audit log is broken: a number."),
    logged("check", "The name of a check."),
    logged("kind", "The kind of a job."),
    logged("job", "The id of a job."),
    logged("attempts", "How often a job was tried."),
    logged("organisation", "The id of an organisation."),
    logged("place", "File and line of a panic in the program."),
    logged("file", "The path of a file of the operator's."),
    logged("name", "The name of a backup, which is its time."),
    logged("rows", "How many rows a backup has."),
    logged("bytes", "How large it is."),
    logged("missing", "Whether a backup is overdue."),
    logged("people", "How many erased people came back with a restored backup."),
];
