//! Opens the house from the cellar up: key, store, desk, jobs, listener. And closes it again in the other order.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use desk::Desk;
use desk::lineup::Models;
use jobs::{Bell, Runner};
use knowledge::{Library, Manner};
use masking::Masker;
use model::World;
use outside::model::{Limits, Patience};
use outside::{Door, DoorConfig};
use store::{Fence, Store, StoreConfig, Work};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use vault::{Keyring, MasterKey};

use crate::backup::Backups;
use crate::config::{Config, Crawl, Engine, Storage};
use crate::http;
use crate::http::visitor_token::Recognised;
use crate::state::App;
use crate::stop::{Exit, Stop};
use crate::{answerer, demo, encoder, master, post, reconcilers, witness};

/// How long open requests may take once the server was asked to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// The running server.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its state, for tests and for the demo.
    pub app: App,
    /// The token for the first owner, while there is none.
    pub setup_token: Option<String>,
    /// The demo shop, where it is served.
    pub shop: Option<demo::Shop>,
    /// The jobs, to wait for in tests.
    pub jobs: jobs::Running,
    listeners: Vec<JoinHandle<()>>,
}

/// Starts the server. After this returns, it answers.
pub async fn start(config: Config, world: World) -> Result<Running, Stop> {
    // The port first: nothing is created in the folders of a server that cannot listen.
    let doors = Doors::open(&config).await?;
    let master = master::key(&config, &world)?;
    let place = store_config(&config.storage, &master)?;
    let store = Store::open(place.clone()).await?;
    let backups = Backups::new(&config, place, (&master, &world))?;
    begin(config, doors, world, (master, store, backups)).await
}

/// The same over a store that is open already, for tests on each engine.
pub async fn start_over(config: Config, world: World, master: MasterKey, store: Store) -> Result<Running, Stop> {
    let doors = Doors::open(&config).await?;
    begin(config, doors, world, (master, store, None)).await
}

/// The ports, taken before anything else.
struct Doors {
    house: TcpListener,
    shop: Option<TcpListener>,
}

impl Doors {
    async fn open(config: &Config) -> Result<Self, Stop> {
        let house = listen(config.server.listen).await?;
        let shop = match config.demo.enabled {
            true => Some(listen(config.demo.listen).await?),
            false => None,
        };
        Ok(Self { house, shop })
    }

    /// Writes the real ports over a zero, and lets the crawler read the demo shop.
    fn name(&self, config: &mut Config) -> Result<(), Stop> {
        let lost = |reason: std::io::Error| Stop::new(Exit::Port, format!("The port cannot be named: {reason}."));
        config.server.listen = self.house.local_addr().map_err(lost)?;
        if let Some(shop) = &self.shop {
            config.demo.listen = shop.local_addr().map_err(lost)?;
            config.crawl.allow_private.push(config.demo.listen.to_string());
        }
        Ok(())
    }
}

async fn begin(
    mut config: Config,
    doors: Doors,
    world: World,
    (master, store, backups): (MasterKey, Store, Option<Backups>),
) -> Result<Running, Stop> {
    whole(&store).await?;
    doors.name(&mut config)?;
    let address = config.server.listen;
    let runner = Runner::new(store.clone(), world.clone());
    let desk = desk(&config, world, (master, store), runner.bell())?;
    let recognised = Recognised::default();
    let backups = backups.map(Arc::new);
    let exports = http::leave::folder(&config);
    let memories = reconcilers::memories(backups.as_ref().map(|backups| &backups.copy), exports.clone());
    // An organisation that ended stays ended: its keys are gone, so it cannot be asked for them first.
    let departer = reconcilers::departer(&desk, &memories);
    privacy::leave::replay(&departer).await.map_err(desk::Fault::from)?;
    // A key that does not open what is there is the wrong one, whichever engine keeps the data.
    for organisation in desk.organisations().await? {
        desk.keyring.organisation(organisation.id).await?;
    }
    // Whoever was erased stays erased, whatever backup lies under this start: before that, no request is answered.
    let replayed = privacy::ledger::replay(&reconcilers::eraser(&desk, &recognised, &memories))
        .await
        .map_err(desk::Fault::from)?;
    if replayed.returned > 0 {
        tracing::warn!(
            people = replayed.returned,
            "erased people had come back with a restored backup; they are erased again"
        );
    }
    let runner = reconcilers::all(&desk, (&recognised, &memories, exports), runner);
    let (gate, setup_token) = desk.setup_gate().await?;
    let app = App::new(desk, recognised, config, gate, backups);
    let runner = runner.with(Arc::new(witness::prover(&app)));
    for organisation in app.desk.organisations().await? {
        if !app.config.encoder.folder.is_empty() {
            app.desk.library.prepare(organisation.id);
        }
        let (world, id) = (&app.desk.world, organisation.id);
        // A changed configuration may have changed what is true: the promises are looked at again.
        let jobs = [
            privacy::promise::enqueue(world, id),
            store::job::put_right(id, privacy::retain::KIND, world.now()),
            store::job::put_right(id, privacy::audit::KIND, world.now()),
        ];
        app.desk.store.write(Work::new(Fence::Organisation(id)).extend(jobs)).await?;
    }
    let mut listeners = vec![serve(doors.house, http::app(app.clone()), app.closing.clone())];
    listeners.push(tokio::spawn(privacy::audit::sealing(app.desk.store.clone(), app.closing.clone())));
    listeners.push(tokio::spawn(privacy::leave::aging(departer, app.closing.clone())));
    if let Some(backups) = &app.backups {
        listeners.push(tokio::spawn(Arc::clone(backups).daily(app.closing.clone())));
    }
    let jobs = runner.start();
    let shop = match doors.shop {
        Some(listener) => {
            let shop = demo::open(&app).await?;
            listeners.push(serve(listener, demo::pages(&app, &shop), app.closing.clone()));
            shop.crawl(&app).await?;
            Some(shop)
        }
        None => None,
    };
    Ok(Running { address, app, setup_token, shop, jobs, listeners })
}

/// Half a restore is not served.
async fn whole(store: &Store) -> Result<(), Stop> {
    if store::dump::is_unfinished(store).await? {
        return Err(Stop::new(
            Exit::Unfinished,
            "A restore was begun here and not finished. Run \"confidante restore\" again; nothing is served before.",
        ));
    }
    if store::dump::is_lost(store).await? {
        return Err(Stop::new(
            Exit::Unfinished,
            "There are keys of people here, but no data. Run \"confidante restore\" with a backup, or move the keys away to begin anew; nothing was changed.",
        ));
    }
    Ok(())
}

impl Running {
    /// What the operator is told once the server answers.
    pub fn greeting(&self) -> String {
        let origin = self.app.config.origin();
        let mut lines = Vec::new();
        if let Some(shop) = &self.shop {
            lines.push(format!("Demo shop       {}/", shop.origin));
        }
        match &self.setup_token {
            Some(token) => lines.push(format!("Set up console  {origin}/console/setup#token={token}")),
            None => lines.push(format!("Console         {origin}/console/")),
        }
        if let Some(shop) = &self.shop {
            lines.push(format!("Trust page      {origin}/trust/{}", shop.widget_key));
            lines.push(format!("Privacy notice  {origin}/privacy/{}", shop.widget_key));
        }
        lines.join("\n")
    }

    /// Stops: no new requests, streams end, requests under way finish, jobs come to rest, the store closes.
    pub async fn stop(self) {
        self.app.closing.cancel();
        for listener in self.listeners {
            let abort = listener.abort_handle();
            if tokio::time::timeout(PATIENCE, listener).await.is_err() {
                abort.abort();
            }
        }
        self.jobs.stop().await;
        self.app.desk.store.close().await;
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Stop> {
    TcpListener::bind(address).await.map_err(|reason| {
        Stop::new(
            Exit::Port,
            format!("{address} cannot be listened on: {reason}. Choose another address in the configuration."),
        )
    })
}

fn serve(listener: TcpListener, router: Router, closing: CancellationToken) -> JoinHandle<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(closing.cancelled_owned());
    tokio::spawn(async move {
        if let Err(reason) = serving.into_future().await {
            tracing::error!(%reason, "the listener ended");
        }
    })
}

fn desk(config: &Config, world: World, (master, store): (MasterKey, Store), bell: Bell) -> Result<Desk, Stop> {
    let keyring = Keyring::new(master, world.clone(), store.cupboard());
    let door = Door::new(DoorConfig { allow_private: config.crawl.allow_private.clone(), ..DoorConfig::default() })
        .map_err(|fault| Stop::config(format!("crawl.allow_private: {fault}.")))?;
    let models = models(config, &world)?;
    let mut library = Library::new(store.clone(), world.clone(), door).with_manner(manner(&config.crawl));
    if let Some(encoder) = encoder::configured(&config.encoder)? {
        library = library.with_encoder(encoder);
    }
    library.ring_with(bell.clone());
    let live = desk::live::Live::default();
    Ok(Desk {
        store,
        keyring,
        world,
        live,
        bell,
        library,
        masker: Arc::new(Masker::new()),
        models,
        post: Arc::new(post::configured(config)?),
        largest_archive: desk::request::LARGEST_ARCHIVE,
    })
}

/// The models behind a door of their own: what the crawler may read is no place to send words to.
fn models(config: &Config, world: &World) -> Result<Models, Stop> {
    let limits = Limits::default();
    let doors = DoorConfig {
        allow_private: config.model.allow_private.clone(),
        read_timeout: limits.first_byte.max(limits.silence),
        ..DoorConfig::default()
    };
    let door = Door::new(doors).map_err(|fault| Stop::config(format!("model.allow_private: {fault}.")))?;
    let operator = answerer::configured(&config.model, &door)?;
    Ok(Models::with(door, world.clone(), operator, Patience::default()))
}

fn manner(crawl: &Crawl) -> Manner {
    Manner {
        rate_per_second: f64::from(crawl.rate_per_second),
        concurrent: crawl.concurrent,
        max_page_bytes: crawl.max_page_bytes,
        ..Manner::default()
    }
}

pub(crate) fn store_config(storage: &Storage, master: &MasterKey) -> Result<StoreConfig, Stop> {
    match storage.engine {
        Engine::Sqlite => Ok(StoreConfig::Sqlite {
            folder: storage.folder.clone(),
            keys_folder: storage.keys_folder.clone(),
            data_key: master.derive("sqlite data file"),
            keys_key: master.derive("sqlite keys file"),
        }),
        Engine::Postgres => {
            let url = std::env::var(&storage.postgres_url_env).map_err(|_| {
                Stop::config(format!(
                    "storage.engine is \"postgres\" but the variable {} is not set.",
                    storage.postgres_url_env
                ))
            })?;
            Ok(StoreConfig::Postgres { url })
        }
    }
}
