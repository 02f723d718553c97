//! Sees for the promise ledger what the store cannot show: files and keys, settings, the masker, and this server's own answers.

mod answer;
mod backup;
mod file;
mod recipient;
mod widget;

use std::sync::Arc;

use axum::Router;
use model::OrganisationId;
use privacy::Fault;
use privacy::promise::{Check, Finding, Prover, Scene, Witness};
use store::{EngineName, Fence, answer as answers, session};
use vault::BoxFuture;

use crate::http;
use crate::state::App;

/// How many of the newest answers and addresses are opened and compared.
const SAMPLE: i64 = 100;

/// The prover of this server's promises.
pub fn prover(app: &App) -> Prover {
    let desk = &app.desk;
    Prover::new((desk.store.clone(), desk.keyring.clone(), desk.world.clone()), Arc::new(Eyes::new(app)))
}

/// Sees with the eyes of the server.
pub struct Eyes {
    app: App,
    /// The server itself, asked from the inside as a stranger would ask it from outside.
    door: Router,
}

impl Eyes {
    /// Eyes that see this server.
    pub fn new(app: &App) -> Self {
        Self { app: app.clone(), door: http::app(app.clone()) }
    }

    async fn look(&self, check: Check, organisation: OrganisationId) -> Result<Option<Finding>, Fault> {
        let key = self.app.desk.organisation(organisation).await.map_err(fault)?.widget_key;
        let finding = match check {
            Check::FilesUnreadable => file::unreadable(&self.app, &[key, organisation.to_string()]).await?,
            Check::BackupFresh => backup::fresh(&self.app)?,
            Check::RestoreTimed => backup::restore_timed(&self.app)?,
            Check::LossBounded => backup::loss_bounded(&self.app)?,
            Check::KeysGuarded => file::keys_guarded(&self.app),
            Check::MaskerStands => recipient::masker_stands(&self.app.desk.masker),
            Check::RecipientsContracted => recipient::contracted(&self.outside(organisation).await?),
            Check::OutwardEncrypted => recipient::encrypted(&self.outside(organisation).await?),
            Check::BrowserListed => widget::browser_listed(),
            Check::AnswersLabelled => self.labelled(organisation).await?,
            Check::WarnedWrong => widget::warned_wrong(),
            Check::AnswersSourced => self.sourced(organisation).await?,
            Check::AddressesFit => self.addresses(organisation).await?,
            Check::SessionsShort => self.sessions(organisation).await?,
            Check::NoCookies => answer::no_cookies(self.door.clone(), &key).await?,
            Check::OneOrigin => answer::one_origin(self.door.clone(), &key).await?,
            Check::SignalHeard => answer::signal_heard(self.door.clone(), &key).await?,
            Check::NotCached => answer::not_cached(self.door.clone()).await?,
            Check::StrangersRefused => answer::strangers_refused(self.door.clone()).await?,
            Check::RightsAtHand => answer::rights_at_hand(self.door.clone()).await?,
            Check::ChoicesAtHand => answer::choices_at_hand(self.door.clone()).await?,
            Check::AskedLittle => answer::asked_little()?,
            Check::NoticeCurrent => {
                let scene = self.setting(organisation).await?;
                answer::notice_current(self.door.clone(), &key, &scene).await?
            }
            _ => return Ok(None),
        };
        Ok(Some(finding))
    }

    async fn setting(&self, organisation: OrganisationId) -> Result<Scene, Fault> {
        let found = self.app.desk.organisation(organisation).await.map_err(fault)?;
        let active = self.app.desk.recipients(organisation).await.map_err(fault)?;
        let recipients: Vec<_> = active.iter().map(|one| (one.name.to_string(), one.country.to_string())).collect();
        let mut registered: Vec<String> = recipients.iter().map(|(name, _)| name.clone()).collect();
        let providers = self.app.desk.providers(organisation).await.map_err(fault)?;
        registered.extend(providers.into_iter().map(|provider| provider.facts.recipient));
        registered.push(self.app.config.model.recipient.clone());
        registered.extend(self.app.desk.agents(organisation).await.map_err(fault)?.into_iter().map(|agent| agent.name));
        Ok(Scene {
            organisation: found.name,
            embedded: self.app.desk.store.engine() == EngineName::Sqlite,
            recipients,
            registered,
            assistant: found.settings.ai_enabled,
            // Before the first one is due, none is missing and none is promised.
            backups: self
                .app
                .backups
                .as_ref()
                .is_some_and(|backups| backups.is_missing() || backups.depot.made().is_ok_and(|made| !made.is_empty())),
            keep_days: found.settings.keep_days,
            ask_age: found.settings.survey.ask_age,
        })
    }

    /// Everybody outside to whom something may be sent now.
    async fn outside(&self, organisation: OrganisationId) -> Result<Vec<recipient::Outside>, Fault> {
        let providers = self.app.desk.providers(organisation).await.map_err(fault)?;
        let active = providers.into_iter().filter(|provider| provider.active).map(|provider| provider.facts);
        Ok(recipient::everybody(active, &self.app.config))
    }

    /// Every automatic answer is of the kind that is shown with a label, and the label is in what is served.
    async fn labelled(&self, organisation: OrganisationId) -> Result<Finding, Fault> {
        let asked = answers::mislabelled(organisation);
        let row = self.app.desk.store.one(Fence::Organisation(organisation), asked).await?;
        let wrong = row.map(|row| row.int("many")).transpose()?.unwrap_or(0);
        let served = widget::labels();
        let says =
            format!("{wrong} automatic answers carry another label; {served} of 2 marks are in the served chat.");
        Ok(Finding::given(wrong == 0 && served == 2, wrong, says))
    }

    /// The newest answers lead to the pages they were taken from.
    async fn sourced(&self, organisation: OrganisationId) -> Result<Finding, Fault> {
        let (looked, wrong) = self.app.desk.unsourced(organisation, SAMPLE).await.map_err(fault)?;
        Ok(Finding::none_of(wrong, format!("{looked} answers looked at, {wrong} lead to no page that is there.")))
    }

    /// The newest people are found by the address they have.
    async fn addresses(&self, organisation: OrganisationId) -> Result<Finding, Fault> {
        let (looked, wrong) = self.app.desk.misfiled(organisation, SAMPLE).await.map_err(fault)?;
        Ok(Finding::none_of(wrong, format!("{looked} addresses compared, {wrong} are found by another one.")))
    }

    /// No staff sign-in is older than the longest allowed, and none is of a locked account.
    async fn sessions(&self, organisation: OrganisationId) -> Result<Finding, Fault> {
        let row = self.app.desk.store.one(Fence::Organisation(organisation), session::oldest(organisation)).await?;
        let (oldest, locked) = match row {
            Some(row) => (row.maybe_moment("oldest")?, row.int("locked")?),
            None => (None, 0),
        };
        let age = oldest.map(|oldest| self.app.desk.world.now().since(oldest)).unwrap_or_default();
        let hours = i64::try_from(age.as_secs() / 3_600).unwrap_or(i64::MAX);
        // The row of a session that is over goes with the next hourly round; it lets nobody in meanwhile.
        let holds = age <= desk::sign_in::LONGEST + std::time::Duration::from_secs(2 * 3_600) && locked == 0;
        let says = format!("The oldest staff sign-in is {hours} hours old; {locked} are of locked accounts.");
        Ok(Finding::given(holds, hours, says))
    }
}

impl Witness for Eyes {
    fn scene<'a>(&'a self, organisation: OrganisationId) -> BoxFuture<'a, Result<Scene, Fault>> {
        Box::pin(self.setting(organisation))
    }

    fn see<'a>(&'a self, check: Check, organisation: OrganisationId) -> BoxFuture<'a, Result<Option<Finding>, Fault>> {
        Box::pin(self.look(check, organisation))
    }
}

fn fault(fault: desk::Fault) -> Fault {
    match fault {
        desk::Fault::Refused(refusal) => Fault::Refused(refusal),
        desk::Fault::Broken(what) => Fault::Broken(what),
    }
}
