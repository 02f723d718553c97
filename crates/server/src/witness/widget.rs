//! Reads the chat window as it is served: what it can keep in a browser, and whether it labels what a machine wrote.

use std::collections::BTreeSet;

use datamap::{BROWSER, Place};
use privacy::promise::Finding;

use crate::http::compressed::Built;

/// Where the served chat lies among the embedded files.
const WIDGET: &str = "widget/";
/// What every name the product gives in a browser begins with.
const OURS: &str = "confidante";
/// Names that are no storage: the chat's element, and the file a visitor saves.
const NO_STORAGE: [&str; 2] = ["confidante-chat", "confidante-my-data.zip"];
/// Ways to keep something in a browser, each with the place on the list that allows it.
const WAYS: [(&str, Option<Place>); 5] = [
    ("document.cookie", Some(Place::Cookie)),
    ("localStorage", Some(Place::LocalStorage)),
    ("sessionStorage", Some(Place::SessionStorage)),
    ("indexedDB", None),
    ("serviceWorker", None),
];
/// The marks of an automatic message: one for people's programs, one for search engines (IPTC digital source type).
const LABELS: [&str; 2] = ["data-ai", "digitalsourcetype/"];

/// That the assistant can be wrong, in each language of the chat.
const WARNINGS: [&str; 3] = ["It can be wrong.", "Er kann sich irren.", "وقد يخطئ"];

/// The scripts and pages of the chat, uncompressed.
fn served() -> Vec<String> {
    let text = |name: &str| [".js", ".html"].iter().any(|ending| name.ends_with(ending));
    let names = Built::iter().filter(|name| name.starts_with(WIDGET) && text(name));
    names.filter_map(|name| Built::get(&name)).map(|file| String::from_utf8_lossy(&file.data).into_owned()).collect()
}

/// Everything the chat can keep is on the list.
pub(super) fn browser_listed() -> Finding {
    listed(&served())
}

fn listed(texts: &[String]) -> Finding {
    let allowed: BTreeSet<&str> = BROWSER.iter().filter(|key| key.of_visitors).map(|key| key.name).collect();
    let mut unlisted = BTreeSet::new();
    let mut names = BTreeSet::new();
    for text in texts {
        for (way, place) in WAYS {
            let on_list = BROWSER.iter().any(|key| key.of_visitors && Some(key.place) == place);
            if text.contains(way) && !on_list {
                unlisted.insert(way.to_owned());
            }
        }
        for name in quoted(text).filter(|name| !NO_STORAGE.contains(name)) {
            names.insert(name.to_owned());
            if !allowed.contains(name) {
                unlisted.insert(name.to_owned());
            }
        }
    }
    let list = unlisted.iter().cloned().collect::<Vec<_>>().join(", ");
    let (files, known) = (texts.len(), names.len());
    let says =
        format!("{files} served files read, {known} storage keys found, {} not on the list. {list}", unlisted.len());
    Finding {
        holds: unlisted.is_empty() && files > 0,
        figure: i64::try_from(unlisted.len()).unwrap_or(i64::MAX),
        says: says.trim_end().to_owned(),
    }
}

/// Quoted names that begin like ours and look like a key: `confidante.visitor`, `confidante-on`.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices(OURS).map(|(at, _)| at);
    starts.filter_map(|at| {
        let before = text.get(..at)?.chars().next_back()?;
        let rest = text.get(at..)?;
        let end = rest.find(['"', '\'', '`'])?;
        let name = rest.get(..end)?;
        let separator = name.get(OURS.len()..)?.starts_with(['.', '-', '_', ':']);
        let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-_:".contains(letter));
        (['"', '\'', '`'].contains(&before) && separator && plain).then_some(name)
    })
}

/// How many of the labels are in the served chat.
pub(super) fn labels() -> usize {
    let texts = served();
    LABELS.iter().filter(|label| texts.iter().any(|text| text.contains(**label))).count()
}

/// The served chat warns in every language that the assistant can be wrong.
pub(super) fn warned_wrong() -> Finding {
    warned(&served())
}

fn warned(texts: &[String]) -> Finding {
    let silent = WARNINGS.iter().filter(|warning| !texts.iter().any(|text| text.contains(**warning))).count();
    let (files, languages) = (texts.len(), WARNINGS.len());
    let says =
        format!("{files} served files read for the warning in {languages} languages, in {silent} it is missing.");
    Finding::none_of(silent, says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_the_warning_is_found() {
        let all = WARNINGS.map(|warning| format!("notice:`{warning}`"));
        assert!(warned(&all).holds);
        let seen = warned(&all[..2]);
        assert_eq!((seen.holds, seen.figure), (false, 1), "not in Arabic");
        assert!(!warned(&[]).holds, "a chat that is not there warns nobody");
    }

    fn told(script: &str) -> Finding {
        listed(&[script.to_owned()])
    }

    #[test]
    fn what_is_on_the_list_passes_and_a_new_key_or_place_is_found() {
        assert!(told("sessionStorage.setItem(`confidante.visitor`,x)").holds);
        assert!(told("customElements.define('confidante-chat',C)").holds);
        assert!(!told("sessionStorage.setItem('confidante.follow',1)").holds, "a key that is not on the list");
        assert!(!told("document.cookie='a=b'").holds, "visitors have no cookie");
        assert!(!told("localStorage.x=1").holds);
        assert!(!told("indexedDB.open('x')").holds);
        assert!(!listed(&[]).holds, "a chat that is not there proves nothing");
    }
}
