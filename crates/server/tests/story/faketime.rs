//! The real program under a moved clock (libfaketime): what it promised for 90 days is there on day 89 and gone on day 91.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::header::{COOKIE, SET_COOKIE};
use serde_json::{Value, json};

use crate::house::{PASSWORD, client};

/// Where Debian puts the library; without it the story says so loudly.
fn library() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok);
    folders.map(|folder| folder.path().join("faketime/libfaketime.so.1")).find(|path| path.exists())
}

/// A server that ends with this value.
struct Program {
    child: Child,
    origin: String,
    token: Option<String>,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

fn serve(folder: &Path, library: &Path, days: u32) -> Program {
    let mut command = Command::new(env!("CARGO_BIN_EXE_confidante"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CONFIDANTE_")) {
        command.env_remove(name);
    }
    command.arg("serve").current_dir(folder).env("CONFIDANTE_SERVER_LISTEN", "127.0.0.1:0");
    command.env("LD_PRELOAD", library).env("FAKETIME", format!("+{days}d")).env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
    let token = line.split("token=").nth(1).map(|token| token.trim().to_owned());
    Program { child, origin: format!("http://{address}"), token }
}

impl Program {
    async fn post(&self, path: &str, headers: &[(&str, &str)], body: Value) -> reqwest::Response {
        let mut request = client().post(format!("{}{path}", self.origin)).header("x-confidante", "1").json(&body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap()
    }

    /// Signed in, the addresses of the console answer.
    async fn read(&self, path: &str) -> Value {
        let entry = json!({ "email": "ana@shop.example", "password": PASSWORD });
        let entered = self.post("/v1/session", &[], entry).await;
        let cookie = entered.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        let reply = client().get(format!("{}{path}", self.origin)).header(COOKIE, cookie).send().await.unwrap();
        serde_json::from_str(&reply.text().await.unwrap()).unwrap()
    }

    async fn conversations(&self) -> usize {
        self.read("/v1/conversations").await["items"].as_array().unwrap().len()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_real_program_keeps_its_ninety_days_under_a_moved_clock() {
    let Some(library) = library() else {
        eprintln!(
            "\n*** LIBFAKETIME IS NOT INSTALLED: the program's own clock was not moved. Debian: apt-get install faketime ***\n"
        );
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    {
        let today = serve(folder.path(), &library, 0);
        let setup = json!({ "setup_token": today.token, "organisation": "Nadel & Faden", "name": "Ana Duarte",
            "email": "ana@shop.example", "password": PASSWORD });
        assert_eq!(today.post("/v1/setup", &[], setup).await.status(), 201);
        let key = today.read("/v1/settings").await["widget_key"].as_str().unwrap().to_owned();
        let begun = today.post(&format!("/v1/widget/{key}/sessions"), &[], json!({})).await;
        let begun: Value = serde_json::from_str(&begun.text().await.unwrap()).unwrap();
        let bearer = format!("Bearer {}", begun["token"].as_str().unwrap());
        let said = json!({ "client_id": "m", "text": "Where is my parcel?" });
        assert_eq!(today.post("/v1/visitor/messages", &[("authorization", bearer.as_str())], said).await.status(), 201);
        assert_eq!(today.conversations().await, 1);
    }
    {
        let later = serve(folder.path(), &library, 89);
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(later.conversations().await, 1, "on day 89 it is there");
        assert_eq!(later.read("/v1/retention").await["run"]["late"], false, "and a round went through");
    }
    let later = serve(folder.path(), &library, 91);
    for _ in 0..100 {
        if later.conversations().await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("on day 91 it is still there");
}
