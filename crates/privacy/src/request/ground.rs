//! The grounds on which a request may be refused in whole or in part: a closed list, so that they can be counted and checked.

use super::kind::words;

words! {
    /// Why not.
    Ground {
        /// We could not find out who asks.
        NotIdentified = "not_identified",
        /// Manifestly unfounded.
        Unfounded = "manifestly_unfounded",
        /// Manifestly excessive, above all because it repeats itself.
        Excessive = "manifestly_excessive",
        /// Freedom of expression and information.
        Expression = "exemption_17_3_a",
        /// A law obliges us to keep it.
        LegalObligation = "exemption_17_3_b",
        /// Public health.
        PublicHealth = "exemption_17_3_c",
        /// Archiving, research, statistics.
        Research = "exemption_17_3_d",
        /// Legal claims.
        Claims = "exemption_17_3_e",
        /// It would harm the rights of others.
        RightsOfOthers = "rights_of_others_15_4",
        /// Compelling reasons outweigh the objection.
        Compelling = "compelling_grounds_21_1",
        /// Somebody else decides about these data.
        NotController = "not_controller",
        /// We hold nothing about this person.
        NoneHeld = "no_data_held",
        /// A court or an authority ordered that it be kept.
        LegalHold = "legal_hold",
        /// An exception of the California law.
        California = "ccpa_exception",
    }
}

impl Ground {
    /// Where the ground is written.
    pub const fn law(self) -> &'static str {
        match self {
            Ground::NotIdentified => "Art. 12(2) and 11(2) GDPR; 11 CCR 7021(b)",
            Ground::Unfounded | Ground::Excessive => "Art. 12(5)(b) GDPR",
            Ground::Expression => "Art. 17(3)(a) GDPR",
            Ground::LegalObligation => "Art. 17(3)(b) GDPR",
            Ground::PublicHealth => "Art. 17(3)(c) GDPR",
            Ground::Research => "Art. 17(3)(d) GDPR",
            Ground::Claims => "Art. 17(3)(e) GDPR",
            Ground::RightsOfOthers => "Art. 15(4) GDPR",
            Ground::Compelling => "Art. 21(1) GDPR",
            Ground::NotController => "Art. 4(7) GDPR",
            Ground::NoneHeld => "Art. 15(1) GDPR",
            Ground::LegalHold => "Art. 17(3)(b), (e) GDPR",
            Ground::California => "Cal. Civ. Code 1798.105(d), 1798.145",
        }
    }
}
