//! What goes into a consent receipt: every decision of a person with the exact words she saw, and what rests on them.

use model::{Locale, OrganisationId, PersonId};
use privacy::consent_receipt::{self as paper, Facts, Record};

use crate::{Deed, Desk};

impl Desk {
    /// A signed receipt of every decision she took; nothing where she took none.
    pub async fn consent_receipt(
        &self,
        organisation: OrganisationId,
        person: PersonId,
        locale: Locale,
    ) -> Deed<Option<String>> {
        let decisions = self.decisions(organisation, person).await?;
        if decisions.is_empty() {
            return Ok(None);
        }
        let house = self.organisation(organisation).await?;
        let mut records: Vec<Record> = Vec::new();
        for decision in decisions {
            let wording = self.wording(organisation, decision.wording).await?;
            match records.last_mut().filter(|record| record.purpose == decision.purpose) {
                Some(record) => record.decisions.push((decision, wording)),
                None => {
                    let fields = house.settings.survey.fields.iter();
                    let kinds = fields.filter(|field| field.purpose.as_ref() == Some(&decision.purpose));
                    records.push(Record {
                        purpose: decision.purpose.clone(),
                        kinds: kinds.map(|field| field.kind.word()).collect(),
                        decisions: vec![(decision, wording)],
                    });
                }
            }
        }
        let facts = Facts {
            organisation: (organisation, &house.name),
            notice: format!("{}/privacy/{}", self.post.origin, house.widget_key),
            keep_days: house.settings.keep_days,
            person,
            locale,
            records,
        };
        Ok(Some(paper::signed(facts, &self.world, self.keyring.signer())?))
    }
}
