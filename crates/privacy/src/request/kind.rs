//! What a person may ask for, under which law, and by which way it reached us. Closed lists: each word is stored and counted.

/// An enum whose variants have one stable word each, in the database, the API and the forms.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$inner])* $variant,)* }

        impl $name {
            /// Every one of them, in the order of the forms.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The word in the column and the API.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = model::Refusal;
            fn from_str(word: &str) -> Result<Self, model::Refusal> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
                    .ok_or_else(|| model::Refusal::invalid(concat!("This is no ", stringify!($name), " that we know.")))
            }
        }
    )*};
}
pub(crate) use words;

words! {
    /// What is asked for.
    Kind {
        /// What do you hold about me (GDPR Art. 15)?
        Access = "access",
        /// Give me what I gave you, to take it elsewhere (Art. 20).
        Portability = "portability",
        /// Correct it (Art. 16).
        Rectification = "rectification",
        /// Erase it (Art. 17).
        Erasure = "erasure",
        /// Keep it, but do not use it (Art. 18).
        Restriction = "restriction",
        /// I object to its use (Art. 21).
        Objection = "objection",
        /// No automatic answers for me.
        AiOptOut = "ai_opt_out",
        /// A person shall look at an automatic answer (Art. 22(3)).
        HumanReview = "human_review",
        /// I take my consent back (Art. 7(3)).
        ConsentWithdrawal = "consent_withdrawal",
        /// A complaint about the use of my data (Art. 77; UK: DPA 2018 s.164A).
        Complaint = "complaint",
        /// California: know (Civ. Code 1798.110).
        Know = "know",
        /// California: delete (1798.105).
        Delete = "delete",
        /// California: correct (1798.106).
        Correct = "correct",
        /// California: no sale, no sharing (1798.120).
        OptOut = "opt_out",
        /// California: limit the use of sensitive data (1798.121).
        Limit = "limit",
    }

    /// Under which law: it decides the clocks and the words of the letters.
    Regime {
        /// The European Union and the EEA.
        Gdpr = "gdpr",
        /// The United Kingdom.
        UkGdpr = "uk_gdpr",
        /// California.
        Ccpa = "ccpa",
        /// Anywhere else: treated as in the European Union, because nobody shall have less.
        Voluntary = "voluntary",
    }

    /// By which way it came.
    Channel {
        /// The chat panel.
        Widget = "widget",
        /// The public form.
        Form = "form",
        /// A member of the staff wrote it down.
        Staff = "staff",
        /// A program with a key.
        Api = "api",
        /// An authorised agent, by the Data Rights Protocol.
        Agent = "agent",
    }

    /// How we know who asks.
    Identity {
        /// Not at all yet: a code is on its way.
        Pending = "pending",
        /// She has the session of the chat in which the data arose.
        Session = "session",
        /// She typed the code that was sent to her address.
        Code = "code",
        /// A member of the staff or a program of the organisation vouches for her.
        Vouched = "vouched",
        /// A registered agent signed for her.
        Signed = "signed",
        /// Her shop signed for her address: she is signed in to her account there.
        Shop = "shop",
        /// Nothing is disclosed or changed, so nothing needs to be proved.
        NotNeeded = "not_needed",
    }
}

impl Kind {
    /// Is it a right of California, with its own name there?
    pub const fn californian(self) -> bool {
        matches!(self, Kind::Know | Kind::Delete | Kind::Correct | Kind::OptOut | Kind::Limit)
    }

    /// The European right that does the same work.
    pub const fn like(self) -> Kind {
        match self {
            Kind::Know => Kind::Access,
            Kind::Delete => Kind::Erasure,
            Kind::Correct => Kind::Rectification,
            other => other,
        }
    }

    /// Nothing about anybody is disclosed or destroyed, so nobody has to prove who she is: complaints, and opting out in
    /// California (11 CCR 7026(d): not a verifiable request).
    pub const fn needs_identity(self) -> bool {
        !matches!(self, Kind::Complaint | Kind::OptOut | Kind::Limit)
    }

    /// Does something happen to her data that those who received it must hear of (Art. 19)?
    pub const fn tells_recipients(self) -> bool {
        matches!(self.like(), Kind::Erasure | Kind::Rectification | Kind::Restriction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.word().parse::<Kind>(), Ok(*kind));
        }
        assert_eq!((Kind::ALL.len(), Regime::ALL.len()), (15, 4));
        assert!("everything".parse::<Kind>().is_err());
    }

    #[test]
    fn only_what_discloses_nothing_needs_no_proof() {
        let free: Vec<_> = Kind::ALL.iter().filter(|kind| !kind.needs_identity()).collect();
        assert_eq!(free, [&Kind::Complaint, &Kind::OptOut, &Kind::Limit]);
    }
}
