//! Words that are nobody's name although a list knows them or none does: everyday words of other languages than English, and
//! what no name looks like.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::gazetteer::Entry;

/// Everyday words of the other languages claimed that the lists also know as names; "Sie" is nobody's name in a letter.
const CLAIMED: &str = "Sie as auch aus bar bien bot bueno che chi come comment con dag dann dans das dass dia dias die dove ean einer \
    ella elle en era eres es esta este grande gross gut ha hasta herbst het ho hora hoy iban klein las les lo mal \
    manana meer mia mio moet neu noi nur op ora page par per pero petit post sa sans schon schreiben se sie sommer \
    son steuer sur ta tage tu una uno vers ville ware winter";

/// Pronouns, particles and the commonest verbs of Hindi as it is written in Latin letters, often among English words and with
/// capitals anywhere. The language is not claimed; its "kiya" and "mera" are still nobody.
const HINDI: &str = "aap aapka aapko aapki ab abhi achha achhe agar aisa apna apne apni aur baar baat bahut bana batao bhai bhi bol \
    bola chahiye chahte dena diya dono ek fir gaya gayi gaye hai hain ham hamara hamare hamari hoga hona hota hua \
    hui hum humara humko itna jaan jab jaise jaldi jana ji jo kab kaha kahan kaise kam kar kara karan karke karna \
    karne karo karta karte kaun kha khaye khud ki kisi kitna kitne kiya kiye kijiye ko koi kripya kuch kya kyo kyon kyu kyun lakin \
    lekin liya liye log mai maine mat matlab mein mera mere meri mila milega mile milta mujhe nahi nahin nhi paisa \
    paise phir raha rahe rahi saath sab sirf tha thi thik tum tumhara unka usko uska vo wala wale wapas woh yaha \
    yahan ye yeh";

static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| CLAIMED.split_ascii_whitespace().chain(HINDI.split_ascii_whitespace()).collect());

/// It stands in the lists.
pub(super) fn is(word: &str) -> bool {
    WORDS.contains(word)
}

/// It has a form that no name has: a letter three times in a row ("plzzz"), or the ending of an adverb or of a noun made of a
/// verb, where no list knows it as a name ("temparily").
pub(super) fn is_shaped_so(word: &str, entry: Entry) -> bool {
    let thrice = word.as_bytes().windows(3).any(|three| three.iter().all(|letter| Some(letter) == three.first()));
    let ending = || ["ly", "tion", "tions", "ment", "ments", "ness"].iter().any(|ending| word.ends_with(ending));
    thrice || entry.unknown() && word.len() > 5 && ending()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_name_looks_like() {
        let unknown = Entry::default();
        assert!(is("kya") && is("sie") && !is("sara"));
        assert!(is_shaped_so("plzzz", unknown) && is_shaped_so("temparily", unknown));
        assert!(!is_shaped_so("emily", Entry { first: true, ..unknown }) && !is_shaped_so("tomomi", unknown));
    }
}
