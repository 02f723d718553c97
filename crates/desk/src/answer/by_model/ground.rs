//! Whether a passage supports a sentence, decided by code: the model's own citation is a hint and no proof.
//!
//! A sentence is supported by a passage when two neighbouring sentences of the passage have its numbers and most of its telling
//! words (those of the headings above count too), its names and links stand in the passage, and it neither denies what the passage says nor the other way round. Where the passage is in another
//! language than the answer, words cannot be compared: then the model must cite it, and numbers, names and links still count.

use std::collections::HashSet;

use knowledge::{Hit, Language};

use super::sentence::Sentences;
use super::words::{Said, alike};

/// How many of a sentence's telling words must stand in the passage it rests on.
const COVERED: f64 = 0.6;
/// The same for a passage that the model does not cite itself.
const COVERED_UNCITED: f64 = 0.75;

/// How many neighbouring sentences of a passage may support one sentence together.
const NEIGHBOURS: usize = 2;

/// What was found about a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    /// The passage with this place among the hits says so.
    Supported { hit: usize, score: f64 },
    /// It is not said, for this reason.
    Withheld(&'static str),
}

/// The passages of one answer, and who is asking.
pub(super) struct Ground {
    passages: Vec<Passage>,
    /// The shop's own websites.
    hosts: Vec<String>,
    /// The language of the visitor, if it is one whose words are compared.
    language: Language,
}

struct Passage {
    text: String,
    words: Vec<String>,
    numbers: HashSet<String>,
    denies: bool,
    /// The words of title and headings.
    headings: Vec<String>,
    /// Each sentence.
    sentences: Vec<Sentence>,
    language: Language,
    url: Option<String>,
}

struct Sentence {
    words: Vec<String>,
    numbers: HashSet<String>,
    denies: bool,
}

impl From<Said> for Sentence {
    fn from(said: Said) -> Self {
        Self { words: said.all, numbers: said.numbers, denies: said.denies }
    }
}

impl Passage {
    /// The largest share of the telling words that stand near each other, together with all the numbers; nothing where the
    /// numbers stand nowhere together.
    fn covers(&self, said: &Said) -> Option<f64> {
        let near = |place: usize| {
            self.sentences.get(place..(place + NEIGHBOURS).min(self.sentences.len())).unwrap_or_default()
        };
        let share = |near: &[Sentence]| {
            let has = |number: &String| near.iter().any(|sentence| sentence.numbers.contains(number));
            if !said.numbers.iter().all(has) {
                return None;
            }
            let known = |word: &&String| {
                let mut words = near.iter().flat_map(|sentence| &sentence.words).chain(&self.headings);
                words.any(|other| alike(word, other))
            };
            #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
            let share = match said.telling.len() {
                0 => 1.0,
                all => said.telling.iter().filter(known).count() as f64 / all as f64,
            };
            Some(share)
        };
        (0..self.sentences.len()).filter_map(|place| share(near(place))).reduce(f64::max)
    }

    /// Whether the sentence of this passage that is nearest to what was said says that it is not so.
    fn closest_denies(&self, said: &Said) -> bool {
        let shared =
            |words: &[String]| said.telling.iter().filter(|word| words.iter().any(|other| alike(word, other))).count();
        let most = self.sentences.iter().map(|sentence| shared(&sentence.words)).max().unwrap_or(0);
        let nearest = || self.sentences.iter().filter(|sentence| shared(&sentence.words) == most);
        most > 0 && nearest().all(|sentence| sentence.denies)
    }
}

impl Ground {
    /// No passages yet. `hosts` are the shop's websites.
    pub(super) fn new(hosts: Vec<String>, language: Language) -> Self {
        Self { passages: Vec::new(), hosts, language }
    }

    /// Another passage that the model was given.
    pub(super) fn add(&mut self, hit: &Hit) {
        let text = format!("{}\n{}\n{}", hit.title, hit.heading, hit.text);
        let said = Said::read(&text);
        let mut cut = Sentences::default();
        let mut sentences = cut.push(&hit.text);
        sentences.extend(cut.finish());
        self.passages.push(Passage {
            sentences: sentences.iter().map(|sentence| Said::read(sentence).into()).collect(),
            headings: Said::read(&format!("{} {}", hit.title, hit.heading)).all,
            words: said.all,
            numbers: said.numbers,
            denies: said.denies,
            language: hit.language,
            url: hit.url.clone(),
            text: text.to_lowercase(),
        });
    }

    /// How many passages there are.
    pub(super) fn len(&self) -> usize {
        self.passages.len()
    }

    /// Judges a sentence in plain words; `cited` are the places of the passages the model names behind it.
    pub(super) fn judge(&self, sentence: &str, cited: &[usize]) -> Verdict {
        let said = Said::read(sentence);
        if said.first_person {
            return Verdict::Withheld("speaks of itself or claims a deed");
        }
        if said.telling.is_empty() && said.numbers.is_empty() {
            return Verdict::Withheld("says nothing that can be checked");
        }
        let mut best = Verdict::Withheld("no passage supports it");
        let order = cited.iter().copied().chain((0..self.len()).filter(|place| !cited.contains(place)));
        for place in order {
            let Some(passage) = self.passages.get(place) else { continue };
            match self.weigh(&said, passage, cited.contains(&place)) {
                Ok(score) => {
                    let better = !matches!(best, Verdict::Supported { score: known, .. } if known >= score);
                    if better {
                        best = Verdict::Supported { hit: place, score };
                    }
                }
                Err(reason) if matches!(best, Verdict::Withheld(known) if known == "no passage supports it") => {
                    best = Verdict::Withheld(reason);
                }
                Err(_) => {}
            }
        }
        best
    }

    /// How well this passage supports what was said, or why it does not.
    fn weigh(&self, said: &Said, passage: &Passage, cited: bool) -> Result<f64, &'static str> {
        if !said.numbers.is_subset(&passage.numbers) {
            return Err("has a number that the passage does not have");
        }
        if said.links.iter().any(|link| !self.is_listed(link, passage)) {
            return Err("has a link that the passage does not have");
        }
        let known = |word: &String| passage.words.iter().any(|other| alike(word, other));
        let covered = said.telling.iter().filter(|word| known(word)).count();
        if passage.language != self.language {
            // Words of two languages are seldom alike: the model must say itself what it rests on, and one thing must meet.
            let meets = covered > 0 || !said.numbers.is_empty();
            return if cited && meets { Ok(0.5) } else { Err("no passage supports it") };
        }
        let capitals = said.capitals.iter().filter(|_| self.language != Language::De);
        if said.names.iter().chain(capitals).any(|name| !known(name)) {
            return Err("has a name that the passage does not have");
        }
        if said.denies && !passage.denies {
            return Err("denies what the passage says");
        }
        if !said.denies && passage.closest_denies(said) {
            return Err("leaves out that the passage denies it");
        }
        let Some(share) = passage.covers(said) else {
            return Err("has numbers that the passage does not have together");
        };
        let least = if cited { COVERED } else { COVERED_UNCITED };
        if share < least {
            return Err("no passage supports it");
        }
        Ok(share)
    }

    /// A link of the passage, of its page, or of the shop.
    fn is_listed(&self, link: &str, passage: &Passage) -> bool {
        if passage.text.contains(link) {
            return true;
        }
        if !link.starts_with("http://") && !link.starts_with("https://") {
            return false;
        }
        if passage
            .url
            .as_deref()
            .is_some_and(|url| url.to_lowercase().trim_end_matches('/') == link.trim_end_matches('/'))
        {
            return true;
        }
        // Of the shop's websites, the front page only: any other address could carry something out.
        self.hosts.iter().any(|host| link.trim_end_matches('/') == host.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use knowledge::Weights;
    use model::{Moment, PageId, PassageId, SnapshotId};

    use super::*;

    fn hit(text: &str, language: Language) -> Hit {
        let world = testkit::world();
        Hit {
            passage_id: PassageId::new(&world),
            page_id: PageId::new(&world),
            snapshot_id: SnapshotId::new(&world),
            title: "Returns and shipping".into(),
            url: Some("https://shop.example/returns".into()),
            heading: "Returns".into(),
            text: text.into(),
            score: 1.0,
            fetched_at: Moment::from_millis(0),
            language,
            weights: Arc::new(Weights::default()),
        }
    }

    const RETURNS: &str = "You can return unworn shoes within 60 days of delivery. The return is free of charge. Write to help@shop.example.";
    const SHIPPING: &str =
        "Shipping within Germany costs 4.90 euros and takes two to three working days. We do not ship to islands.";

    fn ground() -> Ground {
        let mut ground = Ground::new(vec!["https://shop.example".into()], Language::En);
        ground.add(&hit(RETURNS, Language::En));
        ground.add(&hit(SHIPPING, Language::En));
        ground
    }

    fn supported(sentence: &str, cited: &[usize]) -> Option<usize> {
        match ground().judge(sentence, cited) {
            Verdict::Supported { hit, .. } => Some(hit),
            Verdict::Withheld(_) => None,
        }
    }

    #[test]
    fn what_the_passage_says_is_supported_in_other_words_too() {
        for (sentence, cited, wanted) in [
            ("You have sixty days to return your shoes.", vec![0], 0),
            ("Returning them is free of charge.", vec![0], 0),
            ("Shipping costs 4,90 euros.", vec![1], 1),
            ("Delivery within Germany takes 2 to 3 working days.", vec![1], 1),
            ("We do not ship to islands.", vec![1], 1),
            ("You can write to help@shop.example.", vec![0], 0),
            ("You can return unworn shoes within 60 days, see https://shop.example/returns", vec![0], 0),
        ] {
            assert_eq!(supported(sentence, &cited), Some(wanted), "{sentence}");
        }
    }

    #[test]
    fn a_wrong_citation_is_put_right_and_a_missing_one_is_found() {
        assert_eq!(supported("Shipping within Germany costs 4.90 euros.", &[0]), Some(1));
        assert_eq!(supported("Shipping within Germany costs 4.90 euros.", &[]), Some(1));
        assert_eq!(supported("Shipping within Germany costs 4.90 euros.", &[17]), Some(1));
    }

    #[test]
    fn what_the_passage_does_not_say_is_withheld() {
        for sentence in [
            "You have ninety days to return your shoes.",
            "You have 90 days to return your shoes.",
            "Shipping within Germany costs 9.40 euros.",
            "You cannot return shoes free of charge.",
            "Marta Weber returns your shoes free of charge within 60 days.",
            "Return shoes within 60 days at https://evil.example/return",
            "Return shoes within 60 days at evil.example",
            "Write to help@evil.example within 60 days of delivery.",
            "Return shoes within 60 days at https://shop.example/returns?who=1",
            "The moon is made of cheese.",
            "I have returned your shoes free of charge.",
            "We ship to islands.",
            "Shipping within Germany takes 60 days.",
            "Yes!",
            "",
        ] {
            assert_eq!(supported(sentence, &[0, 1]), None, "{sentence}");
        }
    }

    #[test]
    fn from_a_page_in_another_language_only_what_is_cited_and_meets_in_something() {
        let mut ground = Ground::new(Vec::new(), Language::De);
        ground.add(&hit(RETURNS, Language::En));
        let said = |sentence: &str, cited: &[usize]| matches!(ground.judge(sentence, cited), Verdict::Supported { .. });
        assert!(said("Sie können ungetragene Schuhe innerhalb von 60 Tagen zurückgeben.", &[0]));
        assert!(!said("Sie können ungetragene Schuhe innerhalb von 60 Tagen zurückgeben.", &[]));
        assert!(!said("Sie können Schuhe innerhalb von 90 Tagen zurückgeben.", &[0]));
        assert!(!said("Alles wird Ihnen geschenkt.", &[0]));
    }
}
