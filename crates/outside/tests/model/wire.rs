//! Bytes on the wire: a thousand conversations with personal words in every claimed format, to every provider. Of the words
//! that were planted, not one may be found in what a provider received.

use std::fmt::Write as _;
use std::sync::Arc;

use futures::StreamExt;
use masking::{Category, Known, Masked, Masker, Placeholders, Prompt, PromptRole, Turn};
use outside::model::{Ask, Dialect};

use crate::scene::{ok, scripted};

/// How many conversations.
const MANY: u64 = 1_000;

/// Numbers that repeat themselves.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn digits(&mut self, many: usize) -> String {
        (0..many).map(|_| char::from(b'0' + u8::try_from(self.roll(10)).unwrap())).collect()
    }
}

/// Appends the digit that makes the sum of Luhn right.
fn luhn(mut digits: String) -> String {
    let sum: u32 = digits
        .chars()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = digit.to_digit(10).unwrap() * if place % 2 == 0 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    write!(digits, "{}", (10 - sum % 10) % 10).unwrap();
    digits
}

/// A German account number with its check digits (ISO 7064, mod 97-10).
fn iban(account: &str) -> String {
    let number = format!("{account}131400");
    let rest = number.chars().fold(0u64, |rest, digit| (rest * 10 + u64::from(digit.to_digit(10).unwrap())) % 97);
    format!("DE{:02}{account}", 98 - rest)
}

/// A sentence with something personal in it, and the words that must not be found.
fn planted(dice: &mut Dice, kind: u64) -> (String, Vec<String>) {
    let tag = dice.digits(5);
    let one = |text: String, secret: String| (text, vec![secret]);
    match kind {
        0 => {
            let mail = format!("quill{tag}@person{}.example.org", dice.digits(2));
            one(format!("You can reach me at {mail} any time."), mail)
        }
        1 => {
            let phone = format!("+49 151 {}", dice.digits(8));
            one(format!("Please call me: {phone}"), phone)
        }
        2 => {
            let phone = format!("0171 {}", dice.digits(7));
            one(format!("Meine Handynummer ist {phone}."), phone)
        }
        3 => {
            let number = luhn(format!("4{}", dice.digits(14)));
            let spaced = format!("{} {} {} {}", &number[..4], &number[4..8], &number[8..12], &number[12..]);
            (format!("I paid with card {spaced}, thanks."), vec![spaced, number])
        }
        4 => {
            let number = iban(&dice.digits(18));
            one(format!("My IBAN is {number}."), number)
        }
        5 => {
            let address =
                format!("{}.{}.{}.{}", 11 + dice.roll(200), dice.roll(250), dice.roll(250), 1 + dice.roll(250));
            one(format!("It happened from the IP address {address}."), address)
        }
        6 => {
            let date = format!("{:02}.{:02}.19{}", 1 + dice.roll(28), 1 + dice.roll(12), 50 + dice.roll(49));
            one(format!("Mein Geburtsdatum ist der {date}."), date)
        }
        7 => {
            let date = format!("{:02}/{:02}/19{}", 1 + dice.roll(28), 1 + dice.roll(12), 50 + dice.roll(49));
            one(format!("My date of birth is {date}."), date)
        }
        8 => {
            let street = format!("Lindenstraße {}", 1 + dice.roll(199));
            let code = format!("1{}", dice.digits(4));
            (format!("Ich wohne in der {street}, {code} Berlin."), vec![street, code])
        }
        9 => {
            let key = format!("sk-proj-{}aBcDeFgHiJkL{}", dice.digits(8), dice.digits(12));
            one(format!("Here is my api key {key}"), key)
        }
        10 => {
            let word = format!("Tr0ub4dor{tag}");
            one(format!("My password is {word}"), word)
        }
        _ => {
            let name = format!("Quillhart{}", ["son", "berg", "mann", "ova"][usize::try_from(dice.roll(4)).unwrap()]);
            one(format!("My name is Ada {name} and I have a question."), name)
        }
    }
}

/// One conversation of three turns of hers, with three kinds of personal words, and what must not be found.
fn conversation(number: u64, masker: &Masker) -> (Masked<Prompt>, Vec<String>) {
    let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1);
    let mut placeholders = Placeholders::new();
    let known = [
        Known::new(Category::Name, format!("Ottilie Brandvold{number}")),
        Known::new(Category::Email, format!("otti{number}@known.example.org")),
    ];
    let mut secrets = vec![format!("Brandvold{number}"), format!("otti{number}@known.example.org")];
    let mut turns = Vec::new();
    for turn in 0..3 {
        let (mut text, found) = planted(&mut dice, (number + turn * 5) % 12);
        secrets.extend(found);
        if turn == 1 {
            write!(text, " Ottilie Brandvold{number}, otti{number}@known.example.org").unwrap();
        }
        let text = masker.mask(&mut placeholders, &text, &known).unwrap();
        turns.push(Turn { role: PromptRole::Visitor, text });
        turns.push(Turn { role: PromptRole::Assistant, text: Masked::own("Thank you.") });
    }
    turns.pop();
    (Prompt::compose(Masked::own("Be brief."), turns), secrets)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_thousand_conversations_no_provider_receives_one_personal_word() {
    let masker = Arc::new(Masker::new());
    let mut tasks = Vec::new();
    for dialect in Dialect::ALL {
        let masker = Arc::clone(&masker);
        tasks.push(tokio::spawn(async move {
            let scene = scripted(dialect, vec![ok("data: [DONE]\n\n")]).await;
            let mut leaks = Vec::new();
            for number in 0..MANY {
                let (prompt, secrets) = conversation(number, &masker);
                if let Ok(answer) = scene.client.stream(&Ask::new(prompt), &scene.book).await {
                    let _: Vec<_> = answer.collect().await;
                }
                let arrived = scene.seen.requests.lock().unwrap().pop().expect("it was sent");
                let head: String = arrived.headers.values().map(|value| value.to_str().unwrap_or_default()).collect();
                let wire = format!("{}{head}{}", arrived.address, arrived.body);
                leaks.extend(secrets.into_iter().filter(|secret| wire.contains(secret.as_str())));
            }
            (dialect, leaks)
        }));
    }
    for task in tasks {
        let (dialect, leaks) = task.await.unwrap();
        assert!(leaks.is_empty(), "{dialect:?}: {} leaks, such as {:?}", leaks.len(), &leaks[..leaks.len().min(12)]);
    }
}
