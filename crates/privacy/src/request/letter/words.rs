//! The sentences of the letters. Blanks: `{organisation}`, `{kind}`, `{received}`, `{due}`, `{reference}`, `{link}`, `{source}`,
//! `{text}`, `{law}`, `{until}`, `{code}`, `{minutes}`, `{names}`, `{days}`, `{many}`.

/// The sentences in one language.
pub(super) struct Words {
    /// The kinds, in the order of `Kind::ALL`.
    pub(super) kinds: [&'static str; 15],
    /// The grounds, in the order of `Ground::ALL`.
    pub(super) grounds: [&'static str; 14],
    pub(super) subject: &'static str,
    pub(super) hello: &'static str,
    pub(super) regards: &'static str,
    pub(super) reference: &'static str,
    pub(super) code_subject: &'static str,
    pub(super) code: &'static [&'static str],
    pub(super) acknowledged: &'static [&'static str],
    pub(super) extended: &'static [&'static str],
    pub(super) question: &'static [&'static str],
    pub(super) refused: &'static [&'static str],
    pub(super) nothing_held: &'static str,
    pub(super) confirmed: &'static str,
    pub(super) archive: &'static str,
    pub(super) access: Access,
    pub(super) ported: &'static str,
    pub(super) corrected: &'static str,
    pub(super) not_corrected: &'static str,
    pub(super) erased: &'static [&'static str],
    pub(super) restricted: &'static str,
    pub(super) objected: &'static str,
    pub(super) objection_overruled: &'static str,
    pub(super) ai_off: &'static str,
    pub(super) limited: &'static str,
    pub(super) reviewed: &'static str,
    pub(super) withdrawn: &'static str,
    pub(super) opted_out: &'static [&'static str],
    pub(super) complaint: &'static str,
    pub(super) staff_says: &'static str,
    /// What stays, where nobody named it.
    pub(super) your_data: &'static str,
    pub(super) kept: &'static str,
    pub(super) kept_open: &'static str,
    pub(super) told: &'static str,
    pub(super) untold: &'static str,
    pub(super) remedy_eu: &'static str,
    pub(super) remedy_uk: &'static str,
    pub(super) remedy_california: &'static str,
    pub(super) no_worse: &'static str,
}

/// The nine things that Art. 15(1) and (2) want to be told, each as one sentence.
pub(super) struct Access {
    pub(super) purposes: &'static str,
    pub(super) categories: &'static str,
    pub(super) recipients: &'static str,
    pub(super) no_recipients: &'static str,
    pub(super) period: &'static str,
    pub(super) rights: &'static str,
    pub(super) complaint: &'static str,
    pub(super) source: &'static str,
    pub(super) decisions: &'static str,
    pub(super) transfers: &'static str,
    pub(super) no_transfers: &'static str,
}
