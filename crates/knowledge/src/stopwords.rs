//! Words that carry grammar rather than meaning, written by us for each language, already folded.

use crate::language::Language;

pub(crate) fn of(language: Language) -> &'static [&'static str] {
    match language {
        // Product names and other snippets in no language are asked about in English most often.
        Language::En | Language::Other => EN,
        Language::De => DE,
        Language::Ar => AR,
        Language::Fr => FR,
        Language::Es => ES,
        Language::It => IT,
        Language::Nl => NL,
        _ => &[],
    }
}

/// Words that people put around what they ask: they weigh little, whether or not a page has them.
pub(crate) fn is_weak(word: &str) -> bool {
    WEAK.contains(&word)
}

#[rustfmt::skip]
const WEAK: &[&str] = &[
    "policy", "policies", "see", "view", "value", "setting", "information", "detail", "details", "option", "options", "mean", "explain", "show", "find", "work", "works", "use",
    "happen", "happens", "available", "accept", "accepted", "provide", "allow", "allowed", "different", "item", "items", "product", "products",
    "sell", "article", "order", "orders", "parcel", "parcels", "package", "bestellung", "paket", "akzeptieren", "verkaufen", "artikel", "produkt", "produkte", "verschiedene", "منتج", "تقبلون", "offer", "kind", "exactly", "currently", "usually", "number", "customer", "customers", "regelung", "informationen", "details",
    "genau", "eigentlich", "zeigen", "finde", "finden", "funktioniert", "passiert", "anbieten", "sagen", "سياسه", "معلومات", "تفاصيل", "طريقه",
];

#[rustfmt::skip]
const EN: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "anything", "are", "as", "at", "be", "because", "been", "before",
    "being", "but", "by", "can", "cannot", "could", "did", "do", "does", "doing", "don", "down", "each", "else", "ever", "every", "few", "for",
    "from", "further", "get", "gets", "getting", "give", "go", "going", "gonna", "got", "had", "has", "have", "having", "he", "hello", "help",
    "her", "here", "hers", "hey", "hi", "him", "his", "how", "i", "if", "im", "in", "into", "is", "isn", "it", "its", "just", "know", "let",
    "like", "long", "make", "may", "me", "might", "more", "most", "much", "many", "must", "my", "myself", "need", "no", "nor", "not", "now", "of",
    "off", "ok", "on", "once", "one", "only", "or", "other", "our", "ours", "out", "over", "own", "please", "possible", "question", "quite", "really",
    "same", "say", "she", "should", "so", "some", "something", "still", "such", "take", "takes", "tell", "than", "thank", "thanks", "that", "the",
    "their", "them", "then", "there", "these", "they", "thing", "things", "this", "those", "through", "to", "too", "under", "until", "up", "us",
    "very", "want", "was", "way", "we", "well", "were", "what", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why",
    "will", "with", "within", "without", "won", "would", "yes", "you", "your", "yours",
];
#[rustfmt::skip]
const DE: &[&str] = &[
    "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an", "andere", "auch", "auf", "aus", "bei", "beim", "bekomme",
    "bekommen", "bin", "bis", "bist", "bitte", "brauche", "da", "damit", "danke", "dann", "das", "dass", "dein", "deine", "dem", "den", "denn",
    "der", "des", "dich", "die", "dies", "diese", "diesem", "diesen", "dieser", "dieses", "dir", "doch", "dort", "du", "durch", "ein", "eine",
    "einem", "einen", "einer", "eines", "einige", "er", "es", "etwas", "euch", "euer", "eure", "fragen", "frage", "fur", "für", "gar", "geben", "gegen", "geht",
    "gern", "gerne", "gibt", "hab", "habe", "haben", "habt", "hallo", "hat", "hatte", "hätte", "hier", "ich", "ihm", "ihn", "ihnen", "ihr", "ihre", "ihrem",
    "ihren", "ihrer", "im", "in", "ist", "ja", "jede", "jeder", "kann", "kannst", "kein", "keine", "keinen", "konnen", "können", "könnt", "könnte", "lang", "lange", "machen",
    "man", "mehr", "mein", "meine", "meinem", "meinen", "meiner", "mich", "mir", "mit", "möchte", "möchten", "moglich", "möglich", "muss", "müssen", "nach", "nein", "nicht",
    "noch", "nun", "nur", "ob", "oder", "ohne", "per", "schon", "sehr", "sein", "seine", "seit", "sich", "sie", "sind", "so", "soll", "sollte", "sonst",
    "um", "und", "uns", "unser", "unsere", "unserem", "unseren", "unserer", "unter", "viel", "viele", "vom", "von", "vor", "wann", "war", "waren", "warum", "was", "wegen", "weil",
    "welche", "welchem", "welchen", "welcher", "welches", "wenn", "wer", "werde", "werden", "wie", "wieder", "will", "wir", "wird", "wo",
    "wohin", "wollen", "wurde", "würde", "wurden", "zu", "zum", "zur", "über", "zwischen", "innerhalb",
];
#[rustfmt::skip]
const AR: &[&str] = &[
    "في", "من", "الي", "علي", "عن", "مع", "هل", "ما", "ماذا", "متي", "اين", "كيف", "كم", "لماذا", "هو", "هي", "هم", "نحن", "انا", "انت", "انتم",
    "هذا", "هذه", "ذلك", "تلك", "الذي", "التي", "الذين", "ان", "او", "و", "ثم", "لا", "لم", "لن", "ليس", "قد", "كان", "كانت", "يكون", "تكون",
    "كل", "بعض", "اي", "لي", "لك", "لكم", "لنا", "له", "لها", "بعد", "قبل", "عند", "عندما", "اذا", "حتي", "بين", "يا", "نعم", "يمكن",
    "يمكنني", "يمكنك", "استطيع", "اريد", "مرحبا", "شكرا", "فضلك", "لديكم", "لدي", "عندكم", "هناك", "خلال", "التى", "ايضا", "فقط", "دون",
];
#[rustfmt::skip]
const FR: &[&str] = &[
    "a", "ai", "alors", "au", "aux", "avec", "avez", "ce", "ces", "cet", "cette", "c", "comme", "comment", "combien", "d", "dans", "de", "des", "donc", "du",
    "elle", "en", "est", "et", "etes", "etre", "faire", "faut", "il", "ils", "j", "je", "l", "la", "le", "les", "leur", "lui", "m", "ma", "mais", "me", "mes", "moi",
    "mon", "n", "ne", "nos", "notre", "nous", "on", "ont", "ou", "par", "pas", "peut", "peux", "plus", "pour", "puis", "qu", "quand", "que", "quel", "quelle",
    "quels", "qui", "quoi", "s", "sa", "se", "ses", "si", "son", "sont", "sur", "ta", "te", "tes", "toi", "ton", "tous", "tout", "tu", "un", "une", "vos", "votre",
    "vous", "y", "bonjour", "merci",
];
#[rustfmt::skip]
const ES: &[&str] = &[
    "a", "al", "algo", "como", "con", "cual", "cuando", "cuanto", "cuanta", "de", "del", "desde", "donde", "el", "ella", "en", "entre", "es", "esta", "este", "esto", "estan",
    "ha", "hay", "hasta", "hola", "gracias", "la", "las", "le", "les", "lo", "los", "mas", "me", "mi", "mis", "muy", "no", "nos", "o", "para", "pero", "por", "porque",
    "puede", "puedo", "que", "quien", "se", "ser", "si", "sin", "sobre", "son", "su", "sus", "te", "tengo", "tiene", "tienen", "tu", "un", "una", "y", "ya", "yo",
];
#[rustfmt::skip]
const IT: &[&str] = &[
    "a", "ad", "al", "alla", "anche", "che", "chi", "ci", "come", "con", "cosa", "da", "dal", "dalla", "dei", "del", "della", "di", "dove", "e", "essere", "gli", "ha", "ho",
    "i", "il", "in", "io", "la", "le", "lo", "ma", "mi", "mio", "nel", "nella", "non", "o", "per", "piu", "posso", "quale", "quando", "quanto", "questa", "questo", "se", "si",
    "sono", "su", "sua", "suo", "tra", "tu", "un", "una", "uno", "vi", "ciao", "grazie",
];
#[rustfmt::skip]
const NL: &[&str] = &[
    "aan", "als", "bij", "dan", "dat", "de", "deze", "die", "dit", "door", "een", "en", "er", "geen", "hallo", "heb", "hebben", "heeft", "het", "hoe", "ik", "in", "is", "ja",
    "je", "jullie", "kan", "kunnen", "maar", "meer", "met", "mijn", "moet", "naar", "niet", "nog", "of", "om", "ook", "op", "over", "te", "tot", "u", "uit", "uw", "van",
    "veel", "voor", "waar", "wanneer", "wat", "we", "welke", "wie", "wij", "wil", "worden", "wordt", "zijn", "zo",
];
