//! Every letter of every kind in every language says what the law wants, and nothing is left unfilled.

use super::*;

fn about(locale: Locale, kind: Kind, regime: Regime) -> About {
    About {
        locale,
        organisation: "Nadel & Faden".into(),
        kind,
        regime,
        reference: "req_1".into(),
        link: "https://desk.example/privacy/request/req_1".into(),
        received_at: Moment::from_millis(1_800_000_000_000),
        due_at: Moment::from_millis(1_802_592_000_000),
    }
}

fn outcome() -> Outcome {
    Outcome {
        found: true,
        archive_until: Some(Moment::from_millis(1_803_000_000_000)),
        recipients: vec!["Example Models".into(), "Silent Ltd".into()],
        told: vec!["Example Models".into()],
        receipts: vec!["https://desk.example/v1/erasures/era_1/receipt".into()],
        kept: Vec::new(),
        staff_says: vec!["We agree {organisation} with you.".into()],
        keep_days: 30,
    }
}

#[test]
fn no_blank_is_left_in_any_letter() {
    let outcome = Outcome {
        kept: vec![Kept {
            what: "Invoice 7".into(),
            ground: Ground::LegalObligation,
            until: Some(Moment::from_millis(1_900_000_000_000)),
        }],
        ..outcome()
    };
    for locale in Locale::ALL {
        for kind in Kind::ALL {
            for regime in Regime::ALL {
                let about = about(locale, *kind, *regime);
                let letters = [
                    Letter::Code { code: "1234 5678", minutes: 30 },
                    Letter::Acknowledgement,
                    Letter::Extension { reason: "many conversations" },
                    Letter::Question { question: "Which shop?" },
                    Letter::Refusal { ground: Ground::Excessive, reason: "the tenth time today" },
                    Letter::Answer(&outcome),
                ];
                for letter in &letters {
                    let text = write(&about, letter);
                    let all = format!("{}\n{}", text.subject, text.body());
                    let ours = all.replace("We agree {organisation} with you.", "");
                    assert!(!ours.contains('{') && !ours.contains('}'), "{} {kind:?}: {all}", locale.tag());
                    assert!(
                        all.contains("Nadel & Faden") && text.paragraphs.iter().all(|line| !line.trim().is_empty())
                    );
                }
            }
        }
    }
}

#[test]
fn an_answer_about_access_names_the_nine_things_of_the_law() {
    for locale in Locale::ALL {
        let text = write(&about(locale, Kind::Access, Regime::Gdpr), &Letter::Answer(&outcome())).body();
        let words = &words(locale).access;
        for sentence in [words.rights, words.complaint, words.source, words.decisions, words.transfers] {
            assert!(text.contains(sentence), "{sentence}");
        }
        for start in [words.purposes, words.categories, words.recipients, words.period] {
            assert!(text.contains(start.split('{').next().unwrap()), "{start}");
        }
        assert!(text.contains("Example Models") && text.contains("30"));
    }
}

#[test]
fn a_refusal_gives_ground_reason_and_remedies() {
    for (regime, remedy) in
        [(Regime::Gdpr, "go to court"), (Regime::UkGdpr, "ico.org.uk"), (Regime::Ccpa, "Attorney General")]
    {
        let letter = Letter::Refusal { ground: Ground::Claims, reason: "A case is pending." };
        let text = write(&about(Locale::En, Kind::Erasure, regime), &letter).body();
        for part in ["legal claims", "Art. 17(3)(e)", "A case is pending.", remedy] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}

#[test]
fn what_is_not_done_is_not_claimed() {
    let told = write(&about(Locale::En, Kind::Erasure, Regime::Gdpr), &Letter::Answer(&outcome())).body();
    assert!(told.contains("We have told those who had received something about you: Example Models."));
    assert!(told.contains("have not confirmed yet; we go on asking: Silent Ltd."));
    let nobody = Outcome {
        found: false,
        recipients: Vec::new(),
        told: Vec::new(),
        receipts: Vec::new(),
        archive_until: None,
        ..outcome()
    };
    let text = write(&about(Locale::En, Kind::Erasure, Regime::Gdpr), &Letter::Answer(&nobody)).body();
    assert!(text.contains("found nothing about you") && !text.contains("We have erased"));
    let kept = Outcome {
        receipts: Vec::new(),
        kept: vec![Kept { what: "The conversation of 3 May".into(), ground: Ground::LegalHold, until: None }],
        ..outcome()
    };
    let text = write(&about(Locale::En, Kind::Erasure, Regime::Gdpr), &Letter::Answer(&kept)).body();
    assert!(text.contains("The conversation of 3 May stays for the time being") && !text.contains("We have erased"));
}

#[test]
fn words_of_the_staff_are_words_and_no_template() {
    let text = write(&about(Locale::En, Kind::HumanReview, Regime::Gdpr), &Letter::Answer(&outcome())).body();
    assert!(text.contains("We agree {organisation} with you."));
}
