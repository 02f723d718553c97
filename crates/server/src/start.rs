//! Opens the house from the cellar up: key, store, desk, jobs, listener. And closes it again in the other order.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use desk::Desk;
use jobs::{Bell, Runner};
use knowledge::Library;
use masking::Masker;
use model::World;
use outside::{Door, DoorConfig};
use store::{Store, StoreConfig};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use vault::{Keyring, MasterKey};

use crate::config::{Config, Engine, KeySource, Keys, Storage};
use crate::http;
use crate::state::App;
use crate::stop::{Exit, Stop};
use crate::{answerer, demo, reconcilers};

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
    /// The demo shop's address, where it is served.
    pub shop: Option<demo::Shop>,
    jobs: jobs::Running,
    listeners: Vec<JoinHandle<()>>,
}

/// Starts the server. After this returns, it answers.
pub async fn start(mut config: Config, world: World) -> Result<Running, Stop> {
    // The port first: nothing is created in the folders of a server that cannot listen.
    let listener = listen(config.server.listen).await?;
    let address = listener.local_addr().map_err(|reason| Stop::new(Exit::Port, format!("No address: {reason}.")))?;
    config.server.listen = address;
    let shop_listener = match config.demo.enabled {
        true => Some(listen(config.demo.listen).await?),
        false => None,
    };
    if let Some(shop) = shop_listener.as_ref().and_then(|listener| listener.local_addr().ok()) {
        config.demo.listen = shop;
        config.crawl.allow_private.push(shop.to_string());
    }
    let (desk, runner) = open(&config, world).await?;
    let (gate, setup_token) = desk.setup_gate().await?;
    let app = App::new(desk, config, gate);
    let mut listeners = vec![serve(listener, http::app(app.clone()), app.closing.clone())];
    let jobs = runner.start();
    let shop = match shop_listener {
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

impl Running {
    /// What the operator is told once the server answers.
    pub fn greeting(&self) -> String {
        let origin = self.app.config.origin();
        let mut lines = Vec::new();
        if let Some(shop) = &self.shop {
            lines.push(format!("Demo shop       {}", shop.origin));
        }
        match &self.setup_token {
            Some(token) => lines.push(format!("Set up console  {origin}/console/setup#token={token}")),
            None => lines.push(format!("Console         {origin}/console/")),
        }
        if let Some(shop) = &self.shop {
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
        Stop::new(Exit::Port, format!("{address} cannot be listened on: {reason}. Choose another address in the configuration."))
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

async fn open(config: &Config, world: World) -> Result<(Desk, Runner), Stop> {
    let master = master_key(&config.keys, &world)?;
    let store = Store::open(store_config(&config.storage, &master)?).await?;
    let keyring = Keyring::new(master, world.clone(), store.cupboard());
    let door = Door::new(DoorConfig { allow_private: config.crawl.allow_private.clone(), ..DoorConfig::default() })
        .map_err(|fault| Stop::config(format!("crawl.allow_private: {fault}.")))?;
    let model = answerer::configured(&config.model, &door)?.map(Arc::new);
    let library = Library::new(store.clone(), world.clone(), door);
    let runner = Runner::new(store.clone(), world.clone());
    let bell: Bell = runner.bell();
    let masker = Arc::new(Masker::new());
    let live = desk::live::Live::default();
    let desk = Desk { store, keyring, world, live, bell, library, masker, model };
    let runner = reconcilers::all(&desk, runner);
    Ok((desk, runner))
}

fn master_key(keys: &Keys, world: &World) -> Result<MasterKey, Stop> {
    match keys.source {
        KeySource::File => {
            let (key, new) = MasterKey::load_or_create(&keys.file, world)?;
            if new {
                tracing::warn!(
                    file = %keys.file.display(),
                    "a new master key was created; keep a copy of it apart from the data: without it the data is lost"
                );
            }
            Ok(key)
        }
        KeySource::Env => {
            let text = std::env::var(&keys.env)
                .map_err(|_| Stop::new(Exit::WrongKey, format!("The environment variable {} holds no master key.", keys.env)))?;
            Ok(MasterKey::from_hex(&text)?)
        }
        KeySource::Command => Ok(MasterKey::from_command(&keys.command)?),
    }
}

fn store_config(storage: &Storage, master: &MasterKey) -> Result<StoreConfig, Stop> {
    match storage.engine {
        Engine::Sqlite => Ok(StoreConfig::Sqlite {
            folder: storage.folder.clone(),
            keys_folder: storage.keys_folder.clone(),
            data_key: master.derive("sqlite data file"),
            keys_key: master.derive("sqlite keys file"),
        }),
        Engine::Postgres => {
            let url = std::env::var(&storage.postgres_url_env).map_err(|_| {
                Stop::config(format!("storage.engine is \"postgres\" but the variable {} is not set.", storage.postgres_url_env))
            })?;
            Ok(StoreConfig::Postgres { url })
        }
    }
}
