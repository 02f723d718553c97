//! What is found in real messages to shops' bots that hold no personal data: every finding is one too many, unless it can be
//! shown to be right. With `--aloud` each is listed, to be judged by a person.

use std::path::Path;

use anyhow::{Result, anyhow};
use masking::{Masker, SUSPICIOUS, suspicion};

use crate::figure::Figure;
use crate::interval::wilson;
use crate::{Outcome, Place};

/// Messages that were read and found to hold somebody's name or number after all: the finding in them is right.
/// The texts are not ours to print: a hash of each stands here.
const REALLY_PERSONAL: &[u64] = &[
    0x1cea_e6e1_3fda_a743,
    0x2cca_0472_4ad4_320e,
    0x02e6_7e05_429c_93a6,
    0x30ef_0584_8734_8bc8,
    0x39d3_7c39_9ecd_76ac,
    0x3b9a_ba3c_b6c8_a5b4,
    0x586e_d063_25b6_10ee,
    0x5b1d_7e40_e82d_5432,
    0x05c5_13a3_184f_fcf4,
    0x613b_aa62_f280_d9b4,
    0x6a89_6d5f_5e5e_d82f,
    0x7516_ea77_8ae5_b036,
    0x787e_1e13_9909_0846,
    0x7f04_af57_e240_932b,
    0x0830_09f4_d4a4_65a0,
    0x9777_53bf_b817_ed68,
    0x97a1_49e9_9eea_790b,
    0xa8aa_1a50_0521_3a04,
    0xae67_aa3a_36b7_f4e5,
    0xb080_3258_3577_7afc,
    0xb27c_fcd5_43da_b8ce,
    0xbafa_fbeb_983a_ae37,
    0xbb13_ccbc_abe0_8d3a,
    0xbd62_2277_ba45_2615,
    0xbd79_c8fa_98ff_a2e6,
    0xe277_30fa_ad3f_60fa,
    0xe2b3_ff25_d852_b164,
    0xe4b8_1b70_44f2_701e,
    0x0ee5_5024_df96_c3b8,
    0xf951_598d_79ff_b212,
];

/// The section.
pub fn measure(place: &Place) -> Result<Outcome> {
    let Some(messages) = read(&place.data)? else {
        return Ok(Outcome::Skipped("no data: hint3/v2".into()));
    };
    let masker = Masker::new();
    let (mut masked, mut hits) = (0, 0);
    for message in &messages {
        let found = masker.find(message, &[]).map_err(|fault| anyhow!("the masker failed: {fault}"))?;
        masked += usize::from(!found.is_empty());
        if found.is_empty() || REALLY_PERSONAL.contains(&hash(message)) {
            continue;
        }
        hits += 1;
        if place.aloud {
            let said: Vec<&str> = found.iter().filter_map(|span| message.get(span.start..span.end)).collect();
            println!("masked without need ({:x}): {said:?} in {message:?}", hash(message));
        }
    }
    let free = messages.len() - hits;
    #[expect(clippy::cast_precision_loss, reason = "a few thousand messages")]
    let share = free as f64 / messages.len() as f64;
    let untouched =
        Figure::new("real shop messages left as they should be", messages.len(), share, wilson(free, messages.len()));
    let accused = messages.iter().filter(|message| suspicion(message) >= SUSPICIOUS).count();
    #[expect(clippy::cast_precision_loss, reason = "counts")]
    let told = [
        Figure::told("messages in which something was masked", messages.len(), masked as f64),
        Figure::told("of these, judged to hold nothing personal", messages.len(), hits as f64),
        Figure::told("messages called suspicious (injection)", messages.len(), accused as f64),
    ];
    Ok(Outcome::Measured([untouched].into_iter().chain(told).collect()))
}

/// Every message of the test split; none was looked at while the recognisers were written.
pub fn read(data: &Path) -> Result<Option<Vec<String>>> {
    let folder = data.join("hint3/v2/test");
    if !folder.exists() {
        return Ok(None);
    }
    let mut messages = Vec::new();
    for bot in ["curekart", "powerplay11", "sofmattress"] {
        let mut rows = csv::Reader::from_path(folder.join(format!("{bot}_test.csv")))?;
        for row in rows.records() {
            messages.extend(row?.get(0).map(str::to_owned));
        }
    }
    Ok(Some(messages))
}

/// FNV-1a.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
