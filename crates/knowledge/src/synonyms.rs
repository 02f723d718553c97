//! A few words that shops and their customers use for the same thing; the first of each group stands for all.

use crate::language::Language;

pub(crate) fn of(language: Language) -> &'static [&'static [&'static str]] {
    match language {
        Language::En => EN,
        Language::De => DE,
        Language::Ar => AR,
        _ => &[],
    }
}

const EN: &[&[&str]] = &[
    &["delivery", "deliver", "shipping", "ship", "shipment", "arrive", "arrival", "dispatch"],
    &["price", "cost", "fee"],
    &["telephone", "phone", "phones"],
    &["mail", "email"],
    &["weight", "weigh", "heavy"],
    &["refund", "reimburse", "reimbursement"],
    &["exchange", "swap"],
    &["parcel", "package"],
    &["buy", "purchase"],
    &["damaged", "broken", "defective", "faulty", "damage"],
    &["warranty", "guarantee"],
    &["store", "shop"],
    &["repair", "fix"],
    // Forms that no stemmer brings together.
    &["keep", "kept"],
    &["send", "sent"],
    &["pay", "paid"],
    &["sell", "sold"],
    &["lose", "lost"],
    &["leave", "left"],
    &["hold", "held"],
    &["write", "written", "wrote"],
    &["choose", "chosen", "chose"],
    &["build", "built"],
    &["wear", "worn"],
    &["steal", "stolen"],
    &["begin", "began", "begun"],
    &["bring", "brought"],
    &["speak", "spoke", "spoken"],
    &["run", "ran"],
    &["freeze", "frozen"],
];
const DE: &[&[&str]] = &[
    &["versand", "lieferung", "liefern", "versenden", "zustellung", "geliefert", "lieferzeit"],
    &["preis", "kosten", "kostet", "gebühr"],
    &["telefon", "telefonnummer", "handy"],
    &["umtausch", "umtauschen"],
    &["rückgabe", "zurückgeben", "rücksendung", "zurückschicken", "zurücksenden", "retoure", "rückgabefrist"],
    &["paket", "sendung"],
    &["garantie", "gewährleistung"],
    &["kaputt", "defekt", "beschädigt"],
    &["geschäft", "laden", "filiale"],
    &["erstattung", "rückerstattung", "erstatten"],
    &["bezahlen", "zahlen", "zahlung", "zahlungsarten"],
];
const AR: &[&[&str]] = &[
    &["شحن", "الشحن", "توصيل", "التوصيل"],
    &["سعر", "السعر", "تكلفه", "ثمن"],
    &["ارجاع", "الارجاع", "استرجاع", "اعاده"],
    &["هاتف", "الهاتف", "جوال", "تلفون"],
    &["ضمان", "الضمان", "كفاله"],
];
