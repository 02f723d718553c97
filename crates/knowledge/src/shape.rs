//! The form of a question beside what it asks for: a figure, a definition, a way to do something, something that is left out.

use crate::words::fold;

/// What the form of a question says about the form of its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The answer has a number in it.
    pub(crate) figure: bool,
    /// Units of which one must stand in the answer, if the question is about weight, length or speed.
    pub(crate) units: &'static [&'static str],
    /// What is counted, folded: "columns" in "how many columns".
    pub(crate) counted: Option<String>,
    /// The answer says what something is or does.
    pub(crate) definition: bool,
    /// The answer says how something is done.
    pub(crate) way: bool,
    /// Something is asked for that lacks something.
    pub(crate) without: bool,
    /// Which of several figures is asked for, folded: "default", "maximum".
    pub(crate) which: Vec<String>,
}

const FIGURE: &[&str] = &[
    "how many ",
    "how large",
    "how big",
    "how wide",
    "how deep",
    "how tall",
    "how heavy",
    "how far",
    "how high",
    "how old",
    "how much ",
    "maximum",
    "minimum",
    "largest",
    "smallest",
    "upper limit",
    "range of",
    "which port",
    "what port",
    "what size",
    "what percentage",
    " rate ",
    " apy ",
    "apr ",
    " limit",
    " balance ",
    " discount",
    " score ",
    " markup",
    " weight ",
    " height ",
    " length ",
    " width ",
    " capacity ",
    "how often",
    "number of",
    " speed ",
    " interval",
    "wie viele ",
    "wie gross",
    "wie schwer",
    "wie hoch",
    "wie weit",
    "maximal",
    "mindest",
    "höchst",
    "كم ",
];
/// What is asked for, and the units in which it is told.
const UNITS: &[(&[&str], &[&str])] = &[
    (
        &["how heavy", "weigh", "wie schwer", "wiegt"],
        &["kg", "g", "gram", "grams", "kilo", "kilos", "lb", "lbs", "oz", "gramm", "كغ"],
    ),
    (
        &["how tall", "how wide", "how deep", "how high is the", "wie gross", "wie breit", "wie tief"],
        &["m", "cm", "mm", "inch", "inches", "feet", "ft", "metres", "meter", "metre", "px", "سم"],
    ),
];
const DEFINITION: &[&str] = &[
    "what is ",
    "what are ",
    "what's ",
    "what does ",
    "what do ",
    "was ist ",
    "was sind ",
    "was bedeutet ",
    "was macht ",
    "ما هو ",
    "ما هي ",
];
const WAY: &[&str] = &[
    "how do ",
    "how can ",
    "how to ",
    "how does one ",
    "how should ",
    "how would ",
    "wie kann ",
    "wie mache ",
    "wie stelle ",
    "wie geht ",
    "wie muss ",
    "كيف ",
];
/// Words that say which figure or setting is meant; a sentence about another one does not answer.
const WHICH: &[&str] = &[
    "default",
    "maximum",
    "minimum",
    "daily",
    "monthly",
    "weekly",
    "yearly",
    "annual",
    "first",
    "maximal",
    "minimal",
    "täglich",
    "monatlich",
];
/// Words by which a text says what something is or is for.
const TELLS: &[&str] = &[
    "purpose",
    "called",
    "means",
    "lets",
    "allows",
    "provides",
    "utility",
    "feature",
    "bedeutet",
    "ermöglicht",
    "dient",
];
const WITHOUT: &[&str] = &["without", "not", "no", "never", "except", "ohne", "nicht", "kein", "keine", "بدون", "دون"];

/// Words by which a text tells how something is done.
const DOING: &[&str] = &[
    "use",
    "using",
    "run",
    "by",
    "via",
    "set",
    "select",
    "choose",
    "click",
    "enter",
    "open",
    "press",
    "call",
    "invoke",
    "specify",
    "command",
    "send",
    "write",
    "verwenden",
    "wählen",
    "klicken",
    "nutzen",
    "öffnen",
    "استخدم",
    "اختر",
];
/// A number behind one of these is an address in the text, not a figure.
const PLACES: &[&str] = &[
    "section",
    "chapter",
    "table",
    "figure",
    "appendix",
    "part",
    "step",
    "example",
    "version",
    "abschnitt",
    "kapitel",
    "tabelle",
];

impl Shape {
    /// The form of a question.
    pub(crate) fn of(question: &str) -> Shape {
        let folded = format!("{} ", question.split_whitespace().map(fold).collect::<Vec<_>>().join(" "));
        let folded = folded.as_str();
        let has = |cues: &[&str]| cues.iter().any(|cue| folded.contains(cue));
        let begins = |cues: &[&str]| cues.iter().any(|cue| folded.starts_with(cue));
        let counted = ["how many ", "wie viele "].iter().find_map(|cue| {
            let after = folded.split_once(cue)?.1;
            after.split(|letter: char| !letter.is_alphanumeric()).next().map(str::to_owned)
        });
        let mut words = folded.split(|letter: char| !letter.is_alphanumeric());
        Shape {
            figure: has(FIGURE),
            units: UNITS.iter().find(|(cues, _)| has(cues)).map_or(&[][..], |(_, units)| units),
            counted: counted.filter(|word| !word.is_empty()),
            definition: begins(DEFINITION),
            way: begins(WAY),
            which: words.clone().filter(|word| WHICH.contains(word)).map(str::to_owned).collect(),
            without: words.any(|word| WITHOUT.contains(&word)),
        }
    }

    /// Whether it takes the spelling of a sentence, and not only its marks, to tell if it has this form.
    pub(crate) fn needs_spelling(&self) -> bool {
        !self.which.is_empty() || self.figure && (self.counted.is_some() || !self.units.is_empty())
    }

    /// Words by which pages name such a thing; they help to find it.
    pub(crate) fn hints(&self) -> &'static str {
        if self.figure { "limit maximum number" } else { "" }
    }
}

/// The plain marks of a text that need no question.
#[derive(Clone, Copy, Default)]
pub(crate) struct Looks {
    /// A row of a table or a list: a name, a colon, a value.
    pub(crate) row: bool,
    /// Holds a figure, and not only the number of a section.
    pub(crate) figure: bool,
    /// Says that something is not, or does without.
    pub(crate) without: bool,
    /// Tells how something is done.
    pub(crate) doing: bool,
    /// Tells what something is or is for.
    pub(crate) tells: bool,
    /// Is a line of a program, a signature or a caption rather than a sentence.
    pub(crate) formal: bool,
}

impl Looks {
    /// Looks at a sentence; `stops` tells how many of its words carry grammar.
    pub(crate) fn of(text: &str, stops: usize) -> Looks {
        let words = spelled(text);
        let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let place = |at: usize| {
            let before = |back: usize| at.checked_sub(back).and_then(|at| words.get(at));
            [1, 2, 3].iter().filter_map(|back| before(*back)).any(|word| PLACES.contains(&word.as_str()))
        };
        // "1. Open the page" counts the steps.
        let counted =
            text.split(['.', ')']).next().is_some_and(|start| start.bytes().all(|byte| byte.is_ascii_digit()));
        let figure = words
            .iter()
            .enumerate()
            .skip(usize::from(counted))
            .any(|(at, word)| word.starts_with(|first: char| first.is_ascii_digit()) && !place(at));
        let caption = words.len() < 12
            && ["table", "figure", "example"].iter().any(|kind| words.first().is_some_and(|first| first == kind))
            && words.get(1).is_some_and(|second| {
                second.bytes().all(|byte| byte.is_ascii_alphanumeric() && !byte.is_ascii_lowercase())
            });
        let marks = text.chars().filter(|letter| "(){}[]=<>|;_$\\".contains(*letter)).count();
        let program = text.ends_with(';') || text.starts_with(['$', '[', '\\']) || marks * 8 > text.chars().count();
        let bare = stops == 0 && !text.contains(':') && !text.ends_with(['.', '!']);
        Looks {
            figure,
            without: any(WITHOUT),
            doing: any(DOING),
            tells: any(TELLS)
                || [" is a ", " is an ", " ist ein", " is used to ", "—"].iter().any(|cue| text.contains(cue)),
            formal: caption || program || bare && words.len() > 3,
            row: words.len() < 32 && text.contains(": "),
        }
    }
}

/// The words of a text as they are spelled, folded.
pub(crate) fn spelled(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect()
}

/// Whether a text says that something is not, or does without.
pub(crate) fn is_without(text: &str) -> bool {
    spelled(text).iter().any(|word| WITHOUT.contains(&word.as_str()))
}

/// Whether a sentence of these words counts this: "8 bytes", or the row "columns per table: 1,600".
pub(crate) fn counts(words: &[String], looks: Looks, folded: &str) -> bool {
    let stem = folded.trim_end_matches('s');
    let is_figure = |word: &String| word.starts_with(|first: char| first.is_ascii_digit());
    let counted = |at: usize| {
        let before = words.iter().take(at).rev().take(2).any(is_figure);
        before || looks.row && words.iter().skip(at).any(is_figure)
    };
    words.iter().enumerate().any(|(at, word)| word.trim_end_matches('s') == stem && counted(at))
}

/// "How much wind", not "how much is it" or "how much does it cost".
pub(crate) fn is_how_much_of(folded: &str) -> bool {
    const OF_MONEY: [&str; 14] =
        ["is", "are", "does", "do", "did", "for", "will", "would", "to", "it", "the", "can", "must", "should"];
    let after = folded.split_once("how much ").and_then(|(_, after)| after.split_whitespace().next());
    after.is_some_and(|word| !OF_MONEY.contains(&word))
}

/// Whether a sentence hangs on the one before it ("This method …").
pub(crate) fn leans(text: &str) -> bool {
    const BACK: [&str; 14] = [
        "This ",
        "These ",
        "That ",
        "It ",
        "They ",
        "Such ",
        "Then ",
        "To do this",
        "In this case",
        "Dies",
        "Diese ",
        "Das ",
        "Dazu ",
        "Dabei ",
    ];
    BACK.iter().any(|begin| text.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_question_is_seen() {
        let shape = Shape::of("How many columns can a table have?");
        assert!(shape.figure && shape.counted.as_deref() == Some("columns") && !shape.definition);
        assert!(Shape::of("What is a partial index?").definition);
        let shape = Shape::of("How do I create an index without locking writes?");
        assert!(shape.way && shape.without && !shape.figure);
        assert!(Shape::of("What is the maximum size of a table?").figure);
        assert_eq!(Shape::of("Do you ship to Norway?"), Shape::default());
    }

    #[test]
    fn a_figure_is_no_section_and_a_program_no_sentence() {
        assert!(Looks::of("The default is typically 128 megabytes.", 3).figure);
        assert!(!Looks::of("See Section 5.14 for more.", 2).figure);
        assert!(Looks::of("ALTER TABLE products RENAME COLUMN product_no TO product_number;", 1).formal);
        assert!(Looks::of("Table 37.49. sql_sizing Columns", 0).formal);
        assert!(!Looks::of("Weight: 1.35 kg", 0).formal);
        assert!(!Looks::of("1. Open the page.", 1).figure);
        let counts = |text: &str, what: &str| counts(&spelled(text), Looks::of(text, 1), what);
        assert!(!counts("Column numbers start at 0, but table columns do not.", "columns"));
        assert!(counts("Item columns per table: Upper Limit 1,600", "columns"));
        assert!(counts("Name bigint: Storage Size 8 bytes, Range large", "bytes"));
        assert!(leans("This method is invoked by the option CONCURRENTLY.") && !leans("Thistles grow."));
    }
}
