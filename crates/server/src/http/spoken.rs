//! In which language a public page is shown, and how it writes a moment.

use axum::http::{HeaderMap, header};
use maud::{Markup, html};
use model::{Locale, Moment};
use serde::Deserialize;

/// In which language, from the address.
#[derive(Deserialize)]
pub struct Language {
    /// A language tag.
    pub lang: Option<String>,
}

/// The language asked for, else the first one of the browser that we speak, else English.
pub fn chosen(asked: Option<&str>, headers: &HeaderMap) -> Locale {
    if let Some(tag) = asked {
        return Locale::nearest(tag);
    }
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tags = wanted.split(',').map(|word| word.split(';').next().unwrap_or_default().trim());
    let spoken = |tag: &str| {
        Locale::ALL
            .into_iter()
            .find(|locale| Locale::nearest(tag) == *locale && tag.to_ascii_lowercase().starts_with(locale.tag()))
    };
    tags.into_iter().find_map(spoken).unwrap_or_default()
}

/// The links to the same page in every language.
pub fn languages(here: Locale) -> Markup {
    html! {
        nav aria-label="Language" {
            @for locale in Locale::ALL {
                @let current = (locale == here).then_some("true");
                a href={ "?lang=" (locale.tag()) } hreflang=(locale.tag()) lang=(locale.tag()) aria-current=[current] {
                    (own_name(locale))
                } " "
            }
        }
    }
}

/// What a language calls itself.
pub fn own_name(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "English",
        Locale::De => "Deutsch",
        Locale::Ar => "العربية",
    }
}

/// The day in ISO 8601 (the algorithm of civil days from a count of days, proleptic Gregorian), UTC.
pub fn day(moment: Moment) -> String {
    let days = moment.millis().div_euclid(86_400_000) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Day and minute in UTC: `2027-01-15 08:00`.
pub fn minute(moment: Moment) -> String {
    let minutes = moment.millis().rem_euclid(86_400_000) / 60_000;
    format!("{} {:02}:{:02}", day(moment), minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_people_in_archives_do() {
        for (millis, written) in [
            (0, "1970-01-01 00:00"),
            (951_782_400_000, "2000-02-29 00:00"),
            (1_800_000_000_000, "2027-01-15 08:00"),
            (-1, "1969-12-31 23:59"),
        ] {
            assert_eq!(minute(Moment::from_millis(millis)), written);
        }
    }
}
