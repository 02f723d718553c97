//! Who receives something from us: every foreign system states this as a constant, or it does not compile.

use std::borrow::Cow;

/// A third party that receives something through the door. Printed in the record of processing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The name of the company.
    pub name: Cow<'static, str>,
    /// Where it handles what it receives, as a person would write it.
    pub country: Cow<'static, str>,
    /// What for.
    pub purpose: Cow<'static, str>,
    /// What makes a transfer to that country lawful (GDPR Art. 44 ff.), or that none is needed.
    pub transfer: Cow<'static, str>,
    /// Where the contract (GDPR Art. 28) is to be found.
    pub contract: Cow<'static, str>,
}

/// A foreign system. Its constant is what makes a new one show up in the record of processing.
pub trait Foreign {
    /// Who it is, before the operator's config says more.
    const RECIPIENT: Recipient;
}
