//! Words that announce a name.

use regex::Regex;

/// After these stands a name, even in small letters.
pub(super) const STRONG: &str = concat!(
    r"(?:\b(?:(?:my|his|her|their|full|first|last|family|sur|given|customer|account|recipient'?s?|holder'?s?|contact|maiden) ?names?(?: is| was|'s|:| are)|names? (?:is|are)(?: called)?|name ?[:=]|named (?:him|her|them|me)|named|i am called|they call me|calls? me|called|what(?:'s| is) your (?:full )?name ?\?",
    r"|ich hei(?:ss|ß)e|mein name ist|mein name lautet|(?:vor|nach|familien)name(?: ist|:)|name (?:ist|lautet)|je m'appelle|mon (?:pre)?nom est|(?:pre)?nom ?:|me llamo|mi nombre es|nombre ?:|apellidos? ?:|mi chiamo|il mio nome e|nome ?:|cognome ?:|ik heet|mijn naam is|naam ?:|voornaam ?:|achternaam ?:",
    r")|اسمي|الاسم|السيد|السيده|الدكتور|استاذ|انا)\s{0,2}:?\s{0,2}"
);
/// Titles: the name behind one is written with a capital.
pub(super) const TITLE: &str = r"\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|herrn?|frau|fraulein|monsieur|madame|mme|mlle|senora?|senorita|sra?|srta|don|dona|signora?|sig|sigra|dott|dottoressa|heer|meneer|mevrouw|dhr|mevr|ing|dipl)\b\.?\s{0,2}";
/// Greetings, endings and introductions, after which often stands a name, also one that is an everyday word: "Hi Mark".
pub(super) const GREETING: &str = concat!(
    r"\b(?:dear|hi|hello|hey|good (?:morning|evening|afternoon)|hallo|guten (?:tag|morgen)|liebe[rs]?|sehr geehrte[rs]?|moin|cher|chere|bonjour|bonsoir|salut|hola|querid[oa]|estimad[oa]|buenos dias|ciao|gentile|car[oa]|buongiorno|salve|beste|geachte|goedemorgen|goedendag",
    r"|thanks|thank you|thx|cheers|regards|sincerely|yours|love|best|wishes|grusse?|gru(?:ss|ß)e?|cordialement|merci|saludos|gracias|saluti|grazie|groet(?:en)?|bedankt|danke|viele",
    r"|i am|i'm|im|this is|here is|ich bin|hier ist|hier spricht|je suis|soy|sono|ik ben|met|told|emailed|spoke (?:to|with)|talked to)[ ,!:.\n\r\t-]{1,6}"
);
/// After these may stand a name: it must be nothing else.
pub(super) const WEAK: &str = r"\b(?:for|from|to|by|with|contact|ask|meet|called|starring|featuring|von|mit|an|fur|para|con|per|voor|pour|avec|chez|it is|it's) ";

/// What announces the word that stands at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    None,
    Weak,
    Greeting,
    /// A title: with a capital behind it as strong as [`Cue::Strong`].
    Title,
    Strong,
}

/// Where the announcements end.
pub(super) fn ends(pattern: &Regex, text: &str) -> Vec<usize> {
    pattern.find_iter(text).map(|found| found.end()).collect()
}

/// The announcement that ends right before `start`.
pub(super) fn before(strong: &[usize], title: &[usize], greeting: &[usize], weak: &[usize], start: usize) -> Cue {
    if strong.binary_search(&start).is_ok() {
        Cue::Strong
    } else if title.binary_search(&start).is_ok() {
        Cue::Title
    } else if greeting.binary_search(&start).is_ok() {
        Cue::Greeting
    } else if weak.binary_search(&start).is_ok() {
        Cue::Weak
    } else {
        Cue::None
    }
}
