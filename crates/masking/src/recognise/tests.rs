//! What is recognised and, as important, what is left alone.

use crate::{Category, Known, LONGEST_TEXT, MaskFault, Masker, Placeholders};

fn masked(text: &str, known: &[Known]) -> String {
    let mut placeholders = Placeholders::new();
    let masked = Masker::new().mask(&mut placeholders, text, known).expect("maskable");
    assert_eq!(placeholders.restore(masked.as_text()), text, "what was masked comes back");
    for span in masked.spans() {
        assert!(masked.as_text()[span.start..span.end].starts_with('['), "spans point at placeholders");
    }
    masked.as_text().to_owned()
}

fn all_masked(category: Category, values: &[&str]) {
    for value in values {
        let text = format!("Hello, {value}, thanks");
        let word = category.placeholder_word();
        assert_eq!(masked(&text, &[]), format!("Hello, [{word}_1], thanks"), "{value}");
    }
}

fn none_masked(texts: &[&str]) {
    for text in texts {
        assert_eq!(masked(text, &[]), *text);
    }
}

#[test]
fn emails() {
    all_masked(
        Category::Email,
        &[
            "ada@example.org",
            "Ada.Lovelace+shop@mail.example.co.uk",
            "ada＠example．org",
            "a\u{200b}da@exam\u{ad}ple.org",
            "иван@почта.рф",
            "ada (at) example (dot) org",
            "ada[at]example.org",
            "ada @ example.org",
            "o'neil@x.io",
            "ada@[192.0.2.1]",
        ],
    );
    none_masked(&["5 @ 3 pieces", "user@localhost is ours", "@handle", "look at example. Good"]);
    assert_eq!(masked("Mail ada@example.org.", &[]), "Mail [EMAIL_1].");
    assert_eq!(masked("mailto:ada@example.org?x", &[]), "mailto:[EMAIL_1]?x");
}

#[test]
fn phones() {
    all_masked(
        Category::Phone,
        &[
            "+49 151 23456789",
            "+4915123456789",
            "0049 151 23456789",
            "+49 (0)151 234 567 89",
            "0151 23456789",
            "0151/23456789",
            "030 1234567",
            "(030) 123 45 67",
            "01512345678",
            "06 12 34 56 78",
            "020 7946 0958",
            "07700 900123",
            "(555) 234-5678",
            "555-234-5678",
            "1-800-555-0199",
            "+1 555.234.5678",
            "٠١٥١ ٢٣٤٥٦٧٨٩",
            "＋４９ １５１ ２３４５６７８９",
        ],
    );
    assert_eq!(masked("Tel.: 4711 815", &[]), "Tel.: [PHONE_1]");
    assert_eq!(masked("call me at 234 5678", &[]), "call me at [PHONE_1]");
}

#[test]
fn order_numbers_dates_and_prices_stay() {
    none_masked(&[
        "order 100234567",
        "Order #4711",
        "order no. 0151234567",
        "Bestellnummer: 0301234567",
        "ORD-2024-000123",
        "12345678901",
        "INV/2024/0001",
        "302-1234567-1234567",
        "on 05.12.2024 10:30",
        "2024-01-15 10:30",
        "between 09:00 and 17:30",
        "49,90 €",
        "size 38/40",
        "EAN 4006381333931",
        "tracking 00340434161094042557",
        "v1.2.3",
        "4711 0815",
        "10 000 000",
    ]);
}

#[test]
fn cards() {
    all_masked(
        Category::Card,
        &[
            "4111 1111 1111 1111",
            "4111111111111111",
            "5500-0000-0000-0004",
            "3782 822463 10005",
            "６０１１ 1111 1111 1117",
        ],
    );
    assert_eq!(masked("4111 1111 1111 1111 12/27 123", &[]), "[CARD_1] 12/27 123");
    none_masked(&["4111 1111 1111 1112", "1234567890123456"]);
}

#[test]
fn ibans() {
    all_masked(
        Category::Iban,
        &[
            "DE89 3704 0044 0532 0130 00",
            "DE89370400440532013000",
            "gb82 west 1234 5698 7654 32",
            "NO9386011117947",
            "FR14 2004 1010 0505 0001 3M02 606",
        ],
    );
    assert_eq!(masked("IBAN DE89370400440532013000 is mine", &[]), "IBAN [IBAN_1] is mine");
    none_masked(&["GB83 WEST 1234 5698 7654 32"]);
}

#[test]
fn addresses_of_machines() {
    all_masked(
        Category::Ip,
        &["192.168.1.10", "2001:db8::8a2e:370:7334", "fe80::1", "::ffff:192.0.2.1", "2001:DB8:0:0:0:0:0:1"],
    );
    assert_eq!(masked("from 192.0.2.7:443.", &[]), "from [IP_1]:443.");
    none_masked(&["at 12:30:45", "std::vec", "256.1.1.1", "1.2.3", "nothing :: here"]);
}

#[test]
fn everything_known_about_this_person() {
    let known = [
        Known::new(Category::Name, "José Müller-Lüdenscheidt"),
        Known::new(Category::Email, "jose.m@example.org"),
        Known::new(Category::Phone, "+49 151 2345678"),
    ];
    assert_eq!(masked("I am jose MÜLLER", &known), "I am [NAME_1] [NAME_2]");
    assert_eq!(masked("JOSE\u{301} and Josés dog", &known), "[NAME_1] and [NAME_1_2]s dog");
    assert_eq!(masked("JoséMüllerLüdenscheidt", &known), "[NAME_1]");
    assert_eq!(masked("mail me: jose.m @ example org", &known), "mail me: [EMAIL_1]");
    assert_eq!(masked("my login is jose.m", &known), "my login is [EMAIL_1]");
    assert_eq!(masked("it is 1512345678", &known), "it is [PHONE_1]");
    assert_eq!(masked("0049-151-2345678 / 0151.2345678", &known), "[PHONE_1] / [PHONE_2]");
    assert_eq!(masked("Müllerei and josephinisch stay", &known), "Müllerei and josephinisch stay");
    let arabic = [Known::new(Category::Name, "أحمد علي")];
    assert_eq!(masked("السلام، أنا احمد", &arabic), "السلام، أنا [NAME_1]");
    assert_eq!(masked("لأحمد", &arabic), "ل[NAME_1]");
    let chinese = [Known::new(Category::Name, "田中")];
    assert_eq!(masked("私は田中です", &chinese), "私は[NAME_1]です");
    let short = [Known::new(Category::Name, "Li von A"), Known::new(Category::Email, "info@li.org")];
    assert_eq!(masked("Li likes info von a shop", &short), "[NAME_1] likes info von a shop");
}

#[test]
fn same_value_same_placeholder_across_messages() {
    let mut placeholders = Placeholders::new();
    let masker = Masker::new();
    let first = masker.mask(&mut placeholders, "ada@x.org or bob@x.org", &[]).unwrap();
    let second = masker.mask(&mut placeholders, "again: ada@x.org", &[]).unwrap();
    assert_eq!(first.as_text(), "[EMAIL_1] or [EMAIL_2]");
    assert_eq!(second.as_text(), "again: [EMAIL_1]");
    assert_eq!(placeholders.restore("Write to [EMAIL_2], not [EMAIL_7]."), "Write to bob@x.org, not [EMAIL_7].");
}

#[test]
fn a_text_that_plays_placeholder_means_only_itself() {
    let text = "ada@x.org says [EMAIL_1] and [email_2]";
    assert_eq!(masked(text, &[]), "[EMAIL_1] says [TEXT_1] and [TEXT_2]");
}

#[test]
fn no_masked_text_without_masking() {
    let mask = |text: &str, known: &[Known]| Masker::new().mask(&mut Placeholders::new(), text, known).err();
    assert_eq!(mask(&"x".repeat(LONGEST_TEXT + 1), &[]), Some(MaskFault::TooLong));
    assert_eq!(mask("x", &[Known::new(Category::Name, "n".repeat(600))]), Some(MaskFault::Known));
    assert_eq!(mask(&"x".repeat(LONGEST_TEXT), &[]), None);
    assert_eq!(mask("", &[Known::new(Category::Name, " ")]), None);
}

#[test]
fn hostile_lengths_are_looked_at_in_time() {
    for piece in ["1 ", "a@", "de89", "1:", "0151 ", "1.", "(0", "[email_1", "x@y.", "ada "] {
        let text = piece.repeat(32 * 1024 / piece.len());
        let known = [Known::new(Category::Name, "Ada Ada Ada"), Known::new(Category::Phone, "1111111")];
        let _ = Masker::new().mask(&mut Placeholders::new(), &text, &known);
    }
}

#[test]
fn two_hundred_kilobytes_are_masked_to_the_end() {
    let text = format!("{}ada@example.org", "The boots are fine, and the laces too. ".repeat(5_300));
    assert!(text.len() > 200_000);
    assert!(masked(&text, &[]).ends_with("The boots are fine, and the laces too. [EMAIL_1]"));
}

#[test]
fn what_is_personal_is_found_in_disguise() {
    let mut placeholders = Placeholders::new();
    let masker = Masker::new();
    for (text, left) in [
        ("my mail: a\u{200b}d\u{200b}a@exa\u{2060}mple.org", "my mail: "),
        ("my mail: \u{202e}ada@example.org", "my mail: "),
        ("my mail: \u{430}d\u{430}@ex\u{430}mple.org", "my mail: "),
        ("my name is \u{395}\u{3bb}ena K\u{200d}ovacs", "my name is "),
        ("I live at \u{ff11}\u{ff12} Willow Road", "I live at "),
        ("call zero one five one, two three four five six seven eight", "call "),
        ("karte ４１１１ １１１１ １１１１ １１１１", "karte "),
        ("write to ada dot l at example dot org", "write to "),
        ("IBAN D\u{415}89 3704 0044 0532 0130 00", "IBAN "),
    ] {
        let masked = masker.mask(&mut placeholders, text, &[]).unwrap();
        let rest = masked.as_text();
        assert!(rest.starts_with(left) && rest[left.len()..].starts_with(['[', '\u{202e}']), "{text:?}: {rest:?}");
        assert!(rest.ends_with(']'), "{text:?}: {rest:?}");
    }
}

#[test]
fn a_list_of_names_ends_where_the_sentence_goes_on() {
    assert_eq!(masked("I am Martha Okonkwo, My card is lost", &[]), "I am [NAME_1], My card is lost");
    assert_eq!(masked("Hollmann, Becker and Vasquez ordered it", &[]), "[NAME_1], [NAME_2] and [NAME_3] ordered it");
}

#[test]
fn what_belongs_to_the_shop_stays() {
    none_masked(&[
        "SKU FJ-2291-XL in blue",
        "Do you have the Fjell jacket in size XL?",
        "https://shop.example/boots/trail-runner?size=42&color=blue",
        "The total was 1,249.00 EUR on 2024-03-12",
        "order 550e8400-e29b-41d4-a716-446655440000 is late",
        "Artikelnummer 4006381333931, Menge 12",
        "It says version 2.14.0.1 in the app",
        "We are two adults and three children",
        "My password does not work",
        "The licence plate holder is broken",
    ]);
}
