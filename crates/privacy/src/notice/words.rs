//! The sentences of the notice that do not come from the map. Blanks: `{organisation}`, `{days}`, `{recipient}`, `{country}`.

/// The sentences in one language.
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) intro: &'static str,
    pub(super) until: &'static str,
    pub(super) assistant_heading: &'static str,
    pub(super) assistant: &'static [&'static str],
    pub(super) keep_heading: &'static str,
    pub(super) keep: &'static [&'static str],
    pub(super) long_heading: &'static str,
    pub(super) long: &'static [&'static str],
    pub(super) subscription: &'static str,
    pub(super) else_heading: &'static str,
    pub(super) nobody: &'static [&'static str],
    pub(super) model: &'static [&'static str],
    pub(super) browser_heading: &'static str,
    pub(super) browser: &'static [&'static str],
    pub(super) rights_heading: &'static str,
    pub(super) rights: &'static [&'static str],
    pub(super) safety_heading: &'static str,
    pub(super) safety: &'static [&'static str],
}
