//! The rights of the protocol as our kinds, and its regimes as ours.

use crate::request::{Kind, Regime};

/// The regime named in a request; nothing where the protocol does not know it. Leaving it out asks for a voluntary answer, which
/// the reference implementation says in words.
pub fn regime(word: Option<&str>) -> Option<Regime> {
    match word {
        None | Some("voluntary") => Some(Regime::Voluntary),
        Some("ccpa") => Some(Regime::Ccpa),
        Some(_) => None,
    }
}

/// What a right asks for; nothing for what we do not do: nothing is sold here, so nobody can opt in to it. Ours bear a prefix,
/// because the protocol keeps further rights for later versions.
pub fn kind(right: &str, regime: Regime) -> Option<Kind> {
    let californian = regime == Regime::Ccpa;
    match right {
        "sale:opt-out" | "sale:opt_out" => Some(Kind::OptOut),
        "deletion" if californian => Some(Kind::Delete),
        "deletion" => Some(Kind::Erasure),
        "access" | "access:categories" | "access:specific" if californian => Some(Kind::Know),
        "access" | "access:categories" | "access:specific" => Some(Kind::Access),
        "confidante:portability" => Some(Kind::Portability),
        "confidante:restriction" => Some(Kind::Restriction),
        "confidante:objection" => Some(Kind::Objection),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_right_is_a_kind_under_each_regime_or_none() {
        let kinds = |right| [regime(Some("ccpa")), regime(None)].map(|regime| kind(right, regime.unwrap()));
        assert_eq!(kinds("deletion"), [Some(Kind::Delete), Some(Kind::Erasure)]);
        for right in ["access", "access:categories", "access:specific"] {
            assert_eq!(kinds(right), [Some(Kind::Know), Some(Kind::Access)], "{right}");
        }
        for right in ["sale:opt-out", "sale:opt_out"] {
            assert_eq!(kinds(right), [Some(Kind::OptOut); 2], "{right}");
        }
        for right in ["sale:opt-in", "", "everything", "confidante:rectification"] {
            assert_eq!(kinds(right), [None; 2], "{right}");
        }
        assert_eq!((regime(Some("voluntary")), regime(Some("gdpr"))), (Some(Regime::Voluntary), None));
    }
}
