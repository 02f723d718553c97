//! The pages of an invented outdoor shop, as many as wanted, and questions to them.

/// What it sells.
pub const PRODUCTS: [&str; 40] = [
    "Ridge 40 backpack",
    "Fjell rain jacket",
    "Tarn sleeping bag",
    "Birch camp stove",
    "Skerry dry bag",
    "Moss wool sweater",
    "Heron trekking poles",
    "Cairn hiking boots",
    "Lund head torch",
    "Storm tent for two",
    "Otter water filter",
    "Pine axe",
    "Gull sun hat",
    "Drift kayak paddle",
    "Saga climbing rope",
    "Holm hammock",
    "Elk gaiters",
    "Frost down vest",
    "Vik compass",
    "Nord trail shoes",
    "Alder folding chair",
    "Kelp swim goggles",
    "Tor crampons",
    "Fen waders",
    "Lark bicycle lamp",
    "Rill bottle",
    "Quarry harness",
    "Dune sandals",
    "Wold map case",
    "Brae base layer",
    "Ness wetsuit",
    "Loam gloves",
    "Peat kettle",
    "Reed sleeping mat",
    "Scree helmet",
    "Tide cooler",
    "Umber blanket",
    "Wren child carrier",
    "Yarrow first aid kit",
    "Zephyr wind meter",
];
const TOPICS: [(&str, &str); 25] = [
    (
        "Returns",
        "can be returned unworn within {n} days of delivery; the label is printed from the returns page and costs nothing",
    ),
    (
        "Warranty",
        "carries a warranty of {n} months against faults of material and making, counted from the day of the invoice",
    ),
    (
        "Repairs",
        "is repaired in our workshop within {n} working days; send it clean and dry, with a note about the broken part",
    ),
    (
        "Washing",
        "is washed at {n} degrees without softener and dried in the shade; never tumble dry or iron the coating",
    ),
    ("Sizes", "comes in {n} sizes; measure over a base layer and choose the larger one when you are between two"),
    ("Weight", "weighs {n} hundred grams without its bag and packs down to the size of a loaf of bread"),
    (
        "Shipping abroad",
        "is shipped to {n} countries outside the union; customs duties are paid by the recipient on delivery",
    ),
    (
        "Delivery time",
        "leaves the warehouse the same day if ordered before {n} o'clock and arrives two working days later",
    ),
    (
        "Spare parts",
        "has {n} spare parts in stock, among them buckles, zips and straps, listed by number in the catalogue",
    ),
    (
        "Materials",
        "is made of recycled polyamide with {n} percent elastane and is free of fluorinated water repellents",
    ),
    ("Waterproofing", "withstands a water column of {n} metres; renew the impregnation after the third wash"),
    (
        "Storage",
        "is stored loosely in a dry place, never compressed for more than {n} weeks, away from direct sunlight",
    ),
    ("Children", "is suitable for children from {n} years on when an adult adjusts the straps and checks the fit"),
    ("Discounts", "is reduced by {n} percent for clubs and schools that order more than five pieces at once"),
    (
        "Invoices",
        "appears on the invoice under its article number; corrections are possible within {n} days of purchase",
    ),
    ("Lost parcels", "is replaced when the carrier has not found the parcel after {n} working days of searching"),
    ("Exchange", "is exchanged for another colour or size within {n} days as long as the tags are still attached"),
    (
        "Gift cards",
        "can be paid in part with up to {n} gift cards; the rest is charged to the card or account you name",
    ),
    ("Batteries", "runs for {n} hours on one charge at medium power; used batteries are taken back free of charge"),
    ("Rental", "is rented for {n} days and more against a deposit that is paid back after inspection"),
    ("Recalls", "was recalled in {n} markets because of a weak seam; send us the batch number from the inner label"),
    ("Assembly", "is assembled in {n} steps without tools; watch that the arrows on the poles point the same way"),
    ("Insurance", "is insured up to {n} hundred euros while it travels; take a picture of damaged packaging at once"),
    (
        "Newsletter",
        "is announced to subscribers {n} days before the sale begins; unsubscribe with the link in every letter",
    ),
    ("Shops", "can be tried on in {n} of our shops; call ahead so that your size is put aside for you"),
];
/// What is asked.
pub const QUESTIONS: [&str; 20] = [
    "How many days do I have to return the Cairn hiking boots?",
    "my tent leaks, is there a warranty on the Storm tent",
    "what temperature can I wash the rain jacket at",
    "Do you ship the Tarn sleeping bag to Norway and who pays customs?",
    "broken buckle on backpack spare part",
    "How heavy is the Holm hammock?",
    "When will my order arrive if I order today?",
    "I need another size, can I exchange the trail shoes?",
    "Is the child carrier suitable for a two year old?",
    "Can I pay with two gift cards?",
    "How long does the head torch run on one charge?",
    "my parcel is lost",
    "discount for our school, 12 helmets",
    "Where can I try on the wetsuit?",
    "Is the down vest free of fluorinated chemicals?",
    "How do I store the sleeping mat in winter",
    "I want to rent a kayak paddle for a week",
    "invoice correction company address",
    "Was the Scree helmet recalled?",
    "how do I put the folding chair together",
];

/// A page about a product with a section a topic, each long enough to be a passage of its own.
pub fn page(title: &str, seed: usize) -> String {
    let mut text = String::new();
    for (position, (heading, sentence)) in TOPICS.iter().enumerate() {
        let number = (seed * 13 + position * 5) % 89 + 2;
        let (other, _) = TOPICS[(position + seed) % TOPICS.len()];
        let sentence = sentence.replace("{n}", &number.to_string());
        // Long enough that every section is a passage of its own.
        text.push_str(&format!(
            "# {heading}: {title}\n\nThe {title} {sentence}. This holds for article {seed}-{number} and every colour of it. \
             What the law gives you beyond that stays yours, and our staff decides generously where a case is not written \
             here. If your question is rather about {other}, see the section of that name further down this page, or write to \
             us with the number of your order and, where something is damaged, two or three pictures taken in daylight. We \
             answer on working days between nine and five, usually within {} hours, and in the order in which letters come in.\n\n",
            number % 7 + 1
        ));
    }
    text
}
