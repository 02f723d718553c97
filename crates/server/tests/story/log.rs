//! The log of the real program, at its most talkative: only fields of the data map, and no word of anybody.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::header::{COOKIE, SET_COOKIE};
use serde_json::{Value, json};

use crate::house::{PASSWORD, client};

/// What every line has besides the fields of the map.
const EVERY_LINE: [&str; 4] = ["timestamp", "level", "message", "target"];
/// Words that no line may hold: of the staff, of a visitor, of somebody who asks from outside.
const MARKERS: [&str; 8] = [
    "Annemarie",
    "annemarie@shop.example",
    PASSWORD,
    "Zwetschge",
    "zora@example.com",
    "Zora Winter",
    "wrong-Passw0rd-1",
    "Mirabelle",
];

struct Program {
    child: Child,
    origin: String,
    token: String,
}

impl Program {
    fn serve(folder: &Path) -> Program {
        let log = std::fs::File::create(folder.join("log")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_confidante"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CONFIDANTE_")) {
            command.env_remove(name);
        }
        command.arg("serve").current_dir(folder).env("CONFIDANTE_SERVER_LISTEN", "127.0.0.1:0");
        command.env("CONFIDANTE_SERVER_LOG_LEVEL", "debug").env("CONFIDANTE_SERVER_LOG_FORMAT", "json");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        let token = line.split("token=").nth(1).unwrap().trim().to_owned();
        Program { child, origin: format!("http://{address}"), token }
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> reqwest::Response {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = client().request(method, format!("{}{path}", self.origin)).header("x-confidante", "1");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        match body {
            Some(body) => request.json(&body).send().await.unwrap(),
            None => request.send().await.unwrap(),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

async fn json_of(reply: reqwest::Response) -> Value {
    serde_json::from_str(&reply.text().await.unwrap()).unwrap()
}

/// Everything with a name or a word in it: set-up, wrong and right sign-in, a chat, a correction, a search, a request, an erasure.
async fn a_day(program: &Program) {
    let setup = json!({ "setup_token": program.token, "organisation": "Nadel & Faden", "name": "Annemarie",
        "email": "annemarie@shop.example", "password": PASSWORD });
    let entered = program.ask("POST", "/v1/setup", &[], Some(setup)).await;
    assert_eq!(entered.status(), 201);
    let cookie = entered.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let staff = [(COOKIE.as_str(), cookie.as_str())];
    let wrong = json!({ "email": "annemarie@shop.example", "password": "wrong-Passw0rd-1" });
    assert_eq!(program.ask("POST", "/v1/session", &[], Some(wrong)).await.status(), 401);
    let key = json_of(program.ask("GET", "/v1/settings", &staff, None).await).await["widget_key"].clone();
    let key = key.as_str().unwrap();
    let begun = program.ask("POST", &format!("/v1/widget/{key}/sessions"), &[], Some(json!({}))).await;
    let bearer = format!("Bearer {}", json_of(begun).await["token"].as_str().unwrap());
    let visitor = [("authorization", bearer.as_str())];
    let said = json!({ "client_id": "m", "text": "I am Zora Winter, my word is Zwetschge" });
    assert_eq!(program.ask("POST", "/v1/visitor/messages", &visitor, Some(said)).await.status(), 201);
    let said = json!({ "client_id": "m2", "text": ["Mirabelle"] });
    assert_eq!(program.ask("POST", "/v1/visitor/messages", &visitor, Some(said)).await.status(), 400);
    let talks = json_of(program.ask("GET", "/v1/conversations?q=Zwetschge", &staff, None).await).await;
    let person = format!("/v1/people/{}", talks["items"][0]["person"]["id"].as_str().unwrap());
    let contact = json!({ "name": "Zora Winter", "email": "zora@example.com" });
    assert_eq!(program.ask("PATCH", &person, &staff, Some(contact)).await.status(), 200);
    assert_eq!(program.ask("GET", "/v1/people?q=zora@example.com", &staff, None).await.status(), 200);
    assert_eq!(program.ask("GET", "/v1/Mirabelle?email=zora@example.com", &staff, None).await.status(), 404);
    let form = format!("{}/privacy/{key}/request", program.origin);
    let form = client().post(form).header("content-type", "application/x-www-form-urlencoded");
    let form = form.body("kind=access&email=zora%40example.com&reason=Mirabelle&regime=gdpr").send().await.unwrap();
    assert!(form.status().is_redirection() || form.status().is_success(), "{}", form.status());
    let confirmed = json!({ "confirm": "ERASE" });
    assert_eq!(program.ask("POST", &format!("{person}/erasure"), &staff, Some(confirmed)).await.status(), 202);
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_of_a_running_server_holds_no_word_of_anybody() {
    let folder = tempfile::tempdir().unwrap();
    {
        let program = Program::serve(folder.path());
        a_day(&program).await;
    }
    let log = std::fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(log.lines().count() > 10, "it says what it does: {log}");
    let known: BTreeSet<&str> = datamap::LOG.iter().map(|field| field.name).chain(EVERY_LINE).collect();
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        for field in line.as_object().unwrap().keys() {
            assert!(known.contains(field.as_str()), "{field} is not on the data map: {line}");
        }
    }
    for marker in MARKERS {
        assert!(!log.contains(marker), "{marker} is in the log");
    }
}
