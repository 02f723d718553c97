//! Whether a number written in groups is one that a numbering plan gives: asked of the published plans, country by country.

use phonenumber::country::Id;

/// The countries in which callers write national numbers, as far as we claim them.
const COUNTRIES: [Id; 12] =
    [Id::US, Id::GB, Id::DE, Id::FR, Id::ES, Id::IT, Id::NL, Id::AT, Id::CH, Id::BE, Id::DK, Id::PT];

/// True if some country's plan has this number with its national prefix left out. Fewer than eight digits are too many things.
pub(super) fn is_given(number: &str) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if !(8..=11).contains(&digits) || number.split([' ', '-', '.', '/']).count() < 3 {
        return false;
    }
    if is_amount(number) {
        return false;
    }
    COUNTRIES
        .iter()
        .any(|country| phonenumber::parse(Some(*country), number).is_ok_and(|number| phonenumber::is_valid(&number)))
}

/// `10 000 000` and `12.345.678`: thousands.
fn is_amount(number: &str) -> bool {
    let mut groups = number.split([' ', '.']);
    let short = groups.next().is_some_and(|first| first.len() < 3);
    groups.all(|group| group.len() == 3) && (short || number.ends_with("000"))
}
