//! The language models an organisation has registered, and what they cost: companies and counts, no person.

use crate::{CONTENT, Field as F, PLUMBING, SECRET, Table};

pub(crate) const PROVIDER: Table = Table {
    name: "provider",
    rows: "model providers",
    says: "A language model the organisation has registered: who receives masked words there, and under which contract.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the provider"),
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("dialect", &CONTENT, "Protocol"),
        F::new("name", &CONTENT, "Name"),
        F::new("base_url", &CONTENT, "Address"),
        F::new("model", &CONTENT, "Name of the model"),
        F::new("key_sealed", &SECRET, "The provider's key"),
        F::new("recipient", &CONTENT, "Company that receives what is sent"),
        F::new("country", &CONTENT, "Where it works on it"),
        F::new("mechanism", &CONTENT, "What makes the transfer lawful"),
        F::new("contract", &CONTENT, "Reference of the contract"),
        F::new("retention", &CONTENT, "How long the recipient keeps it"),
        F::new("price_in", &CONTENT, "Price of what is sent"),
        F::new("price_out", &CONTENT, "Price of what comes back"),
        F::new("active", &CONTENT, "Whether anything may be sent there"),
        F::new("position", &PLUMBING, "Place in the order"),
        F::new("created_at", &PLUMBING, "Added"),
        F::new("updated_at", &PLUMBING, "Changed"),
    ],
};

pub(crate) const SPENDING: Table = Table {
    name: "spending",
    rows: "days of spending",
    says: "What one provider has cost on one day: counts and sums.",
    fields: &[
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("provider", &PLUMBING, "With which provider"),
        F::new("day", &PLUMBING, "Day"),
        F::new("calls", &PLUMBING, "Count"),
        F::new("tokens_in", &PLUMBING, "Sum"),
        F::new("tokens_out", &PLUMBING, "Sum"),
        F::new("cost", &PLUMBING, "Sum"),
    ],
};

pub(crate) const SPENDING_LIMIT: Table = Table {
    name: "spending_limit",
    rows: "spending limits",
    says: "How much the language models may cost.",
    fields: &[
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("currency", &CONTENT, "Currency"),
        F::new("tokens_day", &CONTENT, "Limit"),
        F::new("tokens_month", &CONTENT, "Limit"),
        F::new("money_day", &CONTENT, "Limit"),
        F::new("money_month", &CONTENT, "Limit"),
    ],
};
