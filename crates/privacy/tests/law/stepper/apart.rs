//! What ends elsewhere than in the tables of the organisation: backups, exports, and what stays of organisations that left.

use std::path::PathBuf;

use model::{Moment, OrganisationId, PersonId, TenantExportId};
use privacy::backup::Depot;
use privacy::leave::{Departer, Exporter, ask_for_export, ask_to_leave};
use store::organisation::OrganisationRow;
use store::{Fence, Statement, person};
use vault::{ArchiveKey, MasterKey};

use super::{EVERY, Item, Place, Stepper, days, fenced};
use crate::house::House;

/// Backups and exports are made this seldom: each reads everything that is there.
const SELDOM: u32 = 6 * EVERY;
/// From this day on nothing that leaves would be seen to go.
const LAST_LEAVING: u32 = 26;

/// The folders beside the store.
pub struct Yard {
    room: tempfile::TempDir,
    pub depot: Depot,
    exporter: Exporter,
}

impl Yard {
    pub fn new(house: &House) -> Self {
        let room = tempfile::tempdir().unwrap();
        let key = ArchiveKey::new(&MasterKey::from_bytes([0x33; 32]));
        let depot = Depot {
            store: house.config(),
            key: key.clone(),
            world: house.world.clone(),
            folder: room.path().join("backups"),
            keep_days: 30,
            offsite: None,
        };
        let exporter = Exporter::new(house.counter(), key, room.path().join("exports"));
        Self { room, depot, exporter }
    }

    fn export(&self, organisation: OrganisationId, id: TenantExportId) -> PathBuf {
        let folder = self.room.path().join("exports").join(organisation.to_string());
        folder.join(id.to_string()).join("whole.cfd")
    }
}

impl Stepper<'_> {
    pub async fn plant_apart(&mut self, at: Moment, day: u32) {
        if day.is_multiple_of(SELDOM) {
            self.back_up(at).await;
            self.ask_for_export(at).await;
        }
        if day <= LAST_LEAVING {
            self.somebody_leaves(at).await;
        }
    }

    async fn back_up(&mut self, at: Moment) {
        let made = self.yard.depot.make(&|_| ()).await.unwrap();
        let place = Place::File(self.yard.depot.path(&made));
        self.items.push(Item { class: "backup", id: made.name, ends: at.plus(days(30)), place });
    }

    async fn ask_for_export(&mut self, at: Moment) {
        let (house, ends) = (self.house, at.plus(days(7)));
        let id = ask_for_export(&house.store, &house.world, house.organisation).await.unwrap();
        let place = Place::File(self.yard.export(house.organisation, id));
        self.item("export of the organisation", id, ends);
        self.items.push(Item { class: "file of such an export", id: id.to_string(), ends, place });
    }

    /// The job of each export that is still there.
    pub async fn exports(&self) {
        for item in self.items.iter().filter(|item| item.class == "export of the organisation") {
            self.job(&self.yard.exporter, &item.id).await;
        }
    }

    /// Another organisation, in which somebody was erased, leaves.
    async fn somebody_leaves(&mut self, at: Moment) {
        let House { store, keyring, world, .. } = self.house;
        let (id, her) = (OrganisationId::new(world), PersonId::new(world));
        keyring.create_organisation(id).await.unwrap();
        keyring.create(id, &her.to_string()).await.unwrap();
        let row = OrganisationRow {
            id,
            name: "Knopf & Co".to_owned(),
            widget_key: format!("wk_{id}"),
            settings: "{}".to_owned(),
            created_at: at,
        };
        let work = fenced(id).with(store::organisation::insert(row));
        store.write(work.with(person::insert(id, her, "de", at))).await.unwrap();
        let erasure = privacy::erase::request(&self.house.counter(), id, her, "visitor").await.unwrap();
        self.house.eraser().run(erasure).await.unwrap();
        let departure = ask_to_leave(store, world, id).await.unwrap();
        Departer::new(self.house.counter()).run(departure).await.unwrap();
        let (ends, classes) = (at.plus(days(731)), ["end of an organisation", "ledger of an organisation that ended"]);
        for (class, row) in classes.into_iter().zip([departure.to_string(), erasure.to_string()]) {
            self.items.push(Item { class, id: row, ends, place: Place::Left(id) });
        }
    }

    /// Whether this line of the ledgers of an organisation that left is there.
    pub async fn left(&self, organisation: OrganisationId, id: &str) -> bool {
        let sql = "SELECT id FROM departure WHERE organisation = $1 AND id = $2 \
                   UNION ALL SELECT id FROM erasure WHERE organisation = $1 AND id = $2";
        let look = Statement::new(sql, vec![organisation.into(), id.into()]);
        self.house.store.one(Fence::Organisation(organisation), look).await.unwrap().is_some()
    }
}
