//! 25 months, day by day: of every class something is planted again and again, the rounds of the product run, and each is gone
//! on its day and not before.

mod apart;
mod classes;
mod desk;
mod person;
mod website;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use jobs::{Job, Next, Reconciler};
use model::{JobId, Moment, OrganisationId, PassageId, PersonId, SnapshotId};
use privacy::audit::Keeper;
use privacy::retain::{self, Retainer};
use store::{Fence, Statement, Work};

use self::apart::Yard;
use self::classes::{Class, Seen, classes};
use crate::house::House;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// What is planted is an hour older than the round that looks at it, so that a period ends within a day, not between two.
const HOUR: Duration = Duration::from_secs(60 * 60);
/// 25 months.
const DAYS: u32 = 760;
/// Something of each class is planted so often; no divisor of any period, so that days of planting and of ending mix.
const EVERY: u32 = 17;

/// Where something can be looked for.
enum Place {
    Row,
    File(PathBuf),
    /// In the ledgers of this organisation, which is gone.
    Left(OrganisationId),
}

/// Something planted, and the moment at which it must be gone.
struct Item {
    class: &'static str,
    id: String,
    ends: Moment,
    place: Place,
}

/// The walk over one house.
struct Stepper<'a> {
    house: &'a House,
    yard: Yard,
    items: Vec<Item>,
    /// Somebody who comes every day.
    regular: PersonId,
    /// Who comes back once more, and when.
    visits: Vec<(Moment, PersonId)>,
    /// The version of the website's page that is in force, with its passage.
    in_force: Option<(SnapshotId, PassageId)>,
    went: BTreeMap<&'static str, u64>,
}

fn days(number: u32) -> Duration {
    DAY * number
}

/// So many calendar months later.
fn months_after(at: Moment, months: i64) -> Moment {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap().to_zoned(jiff::tz::TimeZone::UTC);
    let then = at.checked_add(jiff::Span::new().months(months)).unwrap();
    Moment::from_millis(then.timestamp().as_millisecond())
}

impl<'a> Stepper<'a> {
    async fn new(house: &'a House) -> Self {
        // Nothing is chosen: what is promised without a choice is what counts.
        house.keep("{}").await;
        let (regular, _) = house.visitor(house.world.now().minus(HOUR)).await;
        let yard = Yard::new(house);
        let stepper =
            Self { house, yard, items: Vec::new(), regular, visits: Vec::new(), in_force: None, went: BTreeMap::new() };
        stepper.furnish().await;
        stepper
    }

    /// Planted behind the organisation's fence: to be gone from then on.
    fn item(&mut self, class: &'static str, id: impl ToString, ends: Moment) {
        self.items.push(Item { class, id: id.to_string(), ends, place: Place::Row });
    }

    async fn write(&self, statements: Vec<Statement>) {
        self.house.store.write(self.house.work().extend(statements)).await.unwrap();
    }

    /// An hour before the round: who comes, comes, and what is planted today is planted.
    async fn morning(&mut self, day: u32) {
        let (organisation, at) = (self.house.organisation, self.house.world.now());
        let mut seen = vec![store::person::seen(organisation, self.regular, at)];
        let (due, later) = self.visits.drain(..).partition(|(when, _)| *when <= at);
        self.visits = later;
        let due: Vec<(Moment, PersonId)> = due;
        seen.extend(due.into_iter().map(|(_, person)| store::person::seen(organisation, person, at)));
        self.write(seen).await;
        if day.is_multiple_of(EVERY) {
            self.plant_person(at).await;
            self.plant_desk(at).await;
            self.plant_apart(at, day).await;
            self.plant_website(at).await;
        }
    }

    /// One job of the product, as its runner runs it.
    async fn job(&self, reconciler: &dyn Reconciler, subject: &str) {
        let (organisation, kind) = (self.house.organisation, reconciler.kind());
        let id = JobId::new(&self.house.world);
        let job = Job { id, organisation, kind, subject: subject.to_owned(), attempts: 0 };
        while let Next::Again(pause) = reconciler.run(&job).await.unwrap() {
            if pause > Duration::from_secs(1) {
                return;
            }
        }
    }

    /// What the product does by itself within a day.
    async fn rounds(&mut self, day: u32) {
        let (house, subject) = (self.house, self.house.organisation.to_string());
        self.job(&Retainer::new(house.counter()), &subject).await;
        self.job(&Keeper::new(house.counter()), &subject).await;
        self.exports().await;
        privacy::leave::let_go(&house.store, &house.world).await.unwrap();
        self.yard.depot.age_out().await.unwrap();
        if day.is_multiple_of(EVERY) {
            self.marked().await;
        }
    }

    /// The round of today has marked the end of the audit log: that mark goes with the lines that are planted next.
    async fn marked(&mut self) {
        let (house, planted) = (self.house, self.house.world.now().minus(HOUR));
        let state = privacy::audit::state(&house.store, house.organisation).await.unwrap();
        self.item("mark of the audit log", state.last, months_after(planted.plus(days(EVERY)), 24));
    }

    /// What is there of every class, in one look.
    async fn there(&self, all: &[Class]) -> BTreeSet<(String, String)> {
        let look = |class: &Class| match class.seen {
            Seen::Rows { key, only } => {
                let Class { name, of, .. } = class;
                Some(format!("SELECT '{name}' AS class, {key} AS id FROM {of} WHERE organisation = $1{only}"))
            }
            Seen::Apart => None,
        };
        let sql = all.iter().filter_map(look).collect::<Vec<_>>().join(" UNION ALL ");
        let look = Statement::owned(sql, vec![self.house.organisation.into()]);
        let rows = self.house.store.all(Fence::Organisation(self.house.organisation), look).await.unwrap();
        let mut there: BTreeSet<_> =
            rows.iter().filter_map(|row| Some((row.text("class").unwrap(), row.maybe_text("id").unwrap()?))).collect();
        for item in &self.items {
            let is_there = match &item.place {
                Place::Row => continue,
                Place::File(path) => path.exists(),
                Place::Left(organisation) => self.left(*organisation, &item.id).await,
            };
            if is_there {
                there.insert((item.class.to_owned(), item.id.clone()));
            }
        }
        there
    }

    /// Nothing is gone before its day, and nothing is there after it.
    async fn look(&mut self, all: &[Class], day: u32) {
        let (now, there) = (self.house.world.now(), self.there(all).await);
        for Item { class, id, ends, .. } in &self.items {
            let is_there = there.contains(&((*class).to_owned(), id.clone()));
            assert_eq!(is_there, *ends > now, "{class} on day {day}, to be gone at {}", ends.millis());
        }
        for item in self.items.iter().filter(|item| item.ends <= now) {
            *self.went.entry(item.class).or_default() += 1;
        }
        self.items.retain(|item| item.ends > now);
    }

    /// What the console would show says the same.
    async fn figures(&self, day: u32) {
        let House { store, world, organisation, .. } = self.house;
        for figure in retain::figures(store, world, *organisation).await.unwrap() {
            assert_eq!(figure.overdue, 0, "{} on day {day}", figure.class);
        }
        let canary = retain::canary(store, world, *organisation).await.unwrap();
        assert!(canary.planted > 0 && canary.outlived == 0, "{canary:?} on day {day}");
        let walked = privacy::audit::walk(&self.house.keyring, store, world, *organisation).await.unwrap();
        assert_eq!(walked.flaw, None, "what was cut leaves a sound chain, day {day}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_25_months_every_class_goes_on_its_day_and_not_before() {
    let walks = House::both().await.into_iter().map(|house| tokio::spawn(async move { walk(&house).await }));
    for walk in walks.collect::<Vec<_>>() {
        walk.await.unwrap();
    }
}

async fn walk(house: &House) {
    let (mut stepper, all) = (Stepper::new(house).await, classes());
    house.clock.advance(DAY - HOUR);
    for day in 0..=DAYS {
        stepper.morning(day).await;
        house.clock.advance(HOUR);
        stepper.rounds(day).await;
        stepper.look(&all, day).await;
        if day % 90 == 0 {
            stepper.figures(day).await;
        }
        house.clock.advance(DAY - HOUR);
    }
    let never: Vec<_> = all.iter().filter(|class| !stepper.went.contains_key(class.name)).collect();
    let never: Vec<_> = never.iter().map(|class| class.name).collect();
    assert!(never.is_empty(), "nothing of these was ever planted and gone: {never:?}");
}

/// The work behind the fence of an organisation.
fn fenced(organisation: OrganisationId) -> Work {
    Work::new(Fence::Organisation(organisation))
}
