//! Wrapped keys: the vault's cupboard, kept in the keyring, apart from what the keys open.

use model::OrganisationId;
use vault::{BoxFuture, Cupboard, CupboardError};

use crate::{Fence, Statement, Store, StoreError, Work, params};

crate::statements! {
    FETCH = "SELECT wrapped FROM wrapped_key WHERE organisation = $1 AND subject = $2";
    KEEP = "INSERT INTO wrapped_key (organisation, subject, wrapped) VALUES ($1, $2, $3)";
    OVERWRITE = "UPDATE wrapped_key SET wrapped = $3 WHERE organisation = $1 AND subject = $2";
    REMOVE = "DELETE FROM wrapped_key WHERE organisation = $1 AND subject = $2";
    LEFT_OVER = "SELECT w.subject FROM wrapped_key w WHERE w.organisation = $1 AND w.subject LIKE 'per%' AND NOT EXISTS \
              (SELECT 1 FROM person p WHERE p.organisation = $1 AND p.id = w.subject) ORDER BY w.subject LIMIT $2";
}

/// The length of what is written over a key before its row is deleted: no shorter than any wrapped key.
const NOTHING: usize = 256;

/// Keys of people of whom there is no row: `subject`. One is made a moment before its person; one that is older is a defect.
pub fn left_over(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(LEFT_OVER, params![organisation, limit])
}

impl Cupboard for Store {
    fn fetch<'a>(
        &'a self,
        organisation: OrganisationId,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<Option<Vec<u8>>, CupboardError>> {
        Box::pin(async move {
            let statement = Statement::new(FETCH, params![organisation, subject]);
            let row = self.one(Fence::Organisation(organisation), statement).await.map_err(fault)?;
            row.map(|row| row.bytes("wrapped").map_err(fault)).transpose()
        })
    }

    fn keep<'a>(
        &'a self,
        organisation: OrganisationId,
        subject: &'a str,
        wrapped: Vec<u8>,
    ) -> BoxFuture<'a, Result<(), CupboardError>> {
        Box::pin(async move {
            let statement = Statement::new(KEEP, params![organisation, subject, wrapped]);
            let kept = self.write(Work::new(Fence::Organisation(organisation)).with(statement)).await;
            kept.map(|_| ()).map_err(fault)
        })
    }

    fn destroy<'a>(
        &'a self,
        organisation: OrganisationId,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<bool, CupboardError>> {
        Box::pin(async move {
            let work = Work::new(Fence::Organisation(organisation))
                .with(Statement::new(OVERWRITE, params![organisation, subject, vec![0u8; NOTHING]]))
                .with(Statement::new(REMOVE, params![organisation, subject]));
            let done = self.write(work).await.map_err(fault)?;
            // Also where there was no row: an earlier attempt may have been cut short before this step.
            self.settle_keyring().await.map_err(fault)?;
            Ok(done.last().is_some_and(|removed| removed.changed > 0))
        })
    }
}

fn fault(error: StoreError) -> CupboardError {
    match error {
        StoreError::Unique => CupboardError::Taken,
        other => CupboardError::Fault(other.to_string()),
    }
}
