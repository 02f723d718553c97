//! The house under test: the release binary as a process of its own, with folders and ports of its own.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::client::Client;

/// A running house; it ends with this value.
pub struct House {
    child: Child,
    /// Its port.
    pub port: u16,
    /// The port of its demo shop.
    pub shop: u16,
    folder: tempfile::TempDir,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

impl House {
    /// Starts the demo and waits until it answers; no rate is limited, everything else is as shipped.
    pub async fn start(binary: &Path, allow: &[String]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let (port, shop) = (free_port()?, free_port()?);
        let out = std::fs::File::create(folder.path().join("out"))?;
        let mut command = Command::new(binary);
        command.args(["serve", "--demo"]).current_dir(folder.path()).stdout(out.try_clone()?).stderr(out);
        command.env("CONFIDANTE_SERVER_LISTEN", format!("127.0.0.1:{port}"));
        command.env("CONFIDANTE_DEMO_LISTEN", format!("127.0.0.1:{shop}"));
        command.env("CONFIDANTE_CRAWL_ALLOW_PRIVATE", allow.join(","));
        for limit in ["SIGN_IN", "SESSIONS", "MESSAGES", "PUBLIC_FORMS", "REQUESTS"] {
            command.env(format!("CONFIDANTE_LIMITS_{limit}"), "100000000");
        }
        let child = command.stdin(Stdio::null()).spawn().context("the binary does not start")?;
        let house = Self { child, port, shop, folder };
        let started = Instant::now();
        while !house.answers().await {
            if started.elapsed() > Duration::from_secs(60) {
                bail!("the house does not answer: {}", house.printed());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(house)
    }

    async fn answers(&self) -> bool {
        let Ok(mut client) = Client::connect(self.port).await else { return false };
        matches!(client.send("GET", "/healthz", "", "").await, Ok((200, _)))
    }

    /// What it printed.
    pub fn printed(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("out")).unwrap_or_default()
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Resident memory, in bytes.
    pub fn memory(&self) -> Result<f64> {
        memory_of(self.child.id())
    }

    /// The public key of the demo shop's widget, read from its first page.
    pub async fn widget_key(&self) -> Result<String> {
        let page = reqwest::get(format!("http://127.0.0.1:{}/", self.shop)).await?.text().await?;
        let key = page.split("data-key=\"").nth(1).and_then(|rest| rest.split('"').next());
        Ok(key.context("the shop's page has no widget")?.to_owned())
    }

    /// Begins a chat; the visitor's token.
    pub async fn visitor(&self, key: &str) -> Result<String> {
        let mut client = Client::connect(self.port).await?;
        let (_, body) = client.send("POST", &format!("/v1/widget/{key}/sessions"), "", "{}").await?;
        let session: Value = serde_json::from_slice(&body)?;
        Ok(session["token"].as_str().with_context(|| format!("no token: {session}"))?.to_owned())
    }

    /// Signs up as the owner; the cookie line for later requests.
    pub async fn owner(&self) -> Result<String> {
        // The links are printed when the demo is ready, a moment after the first answer.
        for _ in 0..500 {
            if self.printed().contains("token=") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let printed = self.printed();
        let token = printed.split("token=").nth(1).and_then(|rest| rest.split_whitespace().next());
        let body = json!({"setup_token": token.context("no setup link was printed")?, "organisation": "Bench",
            "name": "Owner", "email": "owner@example.org", "password": "correct horse battery staple"});
        let answer = reqwest::Client::new()
            .post(format!("http://127.0.0.1:{}/v1/setup", self.port))
            .header("x-confidante", "1")
            .json(&body)
            .send()
            .await?;
        let cookie = answer.headers().get("set-cookie").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let cookie = cookie.with_context(|| format!("no cookie: {}", answer.status()))?;
        Ok(format!("cookie: {}\r\nx-confidante: 1\r\n", cookie.split(';').next().unwrap_or_default()))
    }
}

/// Resident memory of a process, in bytes.
pub fn memory_of(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kilobytes: f64 = line.split_whitespace().next().context("no number")?.parse()?;
    Ok(kilobytes * 1024.0)
}
