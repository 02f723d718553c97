//! What the log learns of a panic: where it happened, never its words. They may quote a person's text.

use std::panic::PanicHookInfo;

/// From now on a panic is one line in the log with nothing but its place.
pub fn log_only_the_place() {
    std::panic::set_hook(Box::new(only_the_place));
}

fn only_the_place(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    tracing::error!(place, "a panic; its words are left out, they may quote a person");
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::config::Server;

    /// Set in the child, which panics instead of looking on.
    const CHILD: &str = "CONFIDANTE_TEST_PANICS";

    #[test]
    fn a_panic_is_logged_with_its_place_and_without_its_words() {
        if std::env::var_os(CHILD).is_some() {
            crate::log::begin(&Server::default());
            log_only_the_place();
            let caught = std::panic::catch_unwind(|| panic!("my card is {}", "4111 1111 1111 1111"));
            assert!(caught.is_err());
            return;
        }
        let program = std::env::current_exe().unwrap();
        let name = "panics::tests::a_panic_is_logged_with_its_place_and_without_its_words";
        let child = Command::new(program).args(["--exact", name, "--nocapture"]).env(CHILD, "1").output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&child.stdout), String::from_utf8_lossy(&child.stderr));
        assert!(child.status.success() && said.contains("panics.rs:"), "{said}");
        assert!(!said.contains("4111") && !said.contains("my card"), "{said}");
    }
}
