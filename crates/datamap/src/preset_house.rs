//! The named presets about the staff, the organisation and the house itself.

use crate::preset::SILENT;
use crate::{Basis, Erasure, Export, Keep, Preset, WORDS, Who};

/// The account of a member of the staff: needed to work here, Art. 6(1)(b).
pub const ACCOUNT: Preset = Preset {
    name: "account",
    who: Who::Staff,
    category: "user.account",
    purpose: "essential.service.authentication",
    keep: Keep::WhileEmployed,
    plain: SILENT,
    ..WORDS
};

/// The name of a member of the staff; customers see it. Sealed with the member's key.
pub const ACCOUNT_NAME: Preset = Preset { name: "account name", category: "user.name", ..ACCOUNT };

/// The sign-in address of a member of the staff. Sealed with the member's key.
pub const ACCOUNT_EMAIL: Preset = Preset { name: "account e-mail", category: "user.contact.email", ..ACCOUNT };

/// Password hashes, token fingerprints and blind indexes of the staff. Never printed.
pub const ACCOUNT_SECRET: Preset = Preset {
    name: "account secret",
    category: "user.authorization.credentials",
    purpose: "essential.service.security",
    export: Export::Described,
    ..ACCOUNT
};

/// Ids, counters and times without which the house does not hold together.
pub const PLUMBING: Preset = Preset {
    name: "plumbing",
    who: Who::Nobody,
    category: "system.operations",
    purpose: "essential.service",
    basis: Basis::NotPersonal,
    export: Export::Value,
    erasure: Erasure::DeleteRow,
    keep: Keep::WithOrganisation,
    plain: SILENT,
};

/// Plumbing that ends at a moment of its own.
pub const FLEETING: Preset = Preset { name: "fleeting", keep: Keep::Until("expires_at"), ..PLUMBING };

/// What proves a promise: a check's finding or who vouches for it until when. Kept as long as the audit log, so that a claim
/// made in public can be shown to have been true at its time (Art. 5(2)).
pub const PROOF: Preset = Preset { name: "proof", keep: Keep::Months(24), ..PLUMBING };

/// That an organisation ended here: the itemised legal record. It stays for two years after the end, so that a restored backup
/// cannot bring the organisation back and the end can be proved (Art. 28(3)(g), Art. 5(2)).
pub const TOMBSTONE: Preset = Preset {
    name: "tombstone",
    purpose: "essential.legal_obligation",
    erasure: Erasure::Stays,
    export: Export::Described,
    keep: Keep::Months(24),
    ..PLUMBING
};

/// What the organisation published on its website or wrote for its customers, and its own settings.
pub const CONTENT: Preset = Preset { name: "content", erasure: Erasure::Stays, ..PLUMBING };

/// A secret of the organisation, such as the key of a model provider: sealed with the organisation's key, printed nowhere.
pub const SECRET: Preset =
    Preset { name: "secret", category: "system.authentication", export: Export::Described, ..PLUMBING };
