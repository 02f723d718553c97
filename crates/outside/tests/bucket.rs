//! A real S3 server on loopback (moto, from PyPI) takes, lists, gives back and deletes what we send.
#![expect(clippy::unwrap_used, reason = "a test that goes wrong must end loudly")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use outside::bucket::{Bucket, BucketConfig, BucketFault};
use outside::{Door, DoorConfig};
use url::Url;

struct Server {
    child: Child,
    endpoint: Url,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The machine's, or one of our own under the target folder.
fn program() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_TARGET_TMPDIR")).join("s3");
    let own_server = own.join("bin/moto_server");
    let works = |program: &Path| {
        let tried = Command::new(program).arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    };
    if let Some(named) = std::env::var_os("S3_SERVER").map(PathBuf::from) {
        return Some(named);
    }
    if works(&own_server) {
        return Some(own_server);
    }
    let run = |program: &Path, arguments: &[&str]| {
        Command::new(program).args(arguments).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    let made = run(Path::new("python3"), &["-m", "venv", own.to_str()?])
        && run(&own.join("bin/pip"), &["install", "--quiet", "moto[server]==5.2.5"]);
    (made && works(&own_server)).then_some(own_server)
}

async fn serving() -> Option<Server> {
    let program = program()?;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = Command::new(program);
    command.args(["-H", "127.0.0.1", "-p", &port.to_string()]).stdout(Stdio::null()).stderr(Stdio::null());
    let server =
        Server { child: command.spawn().unwrap(), endpoint: Url::parse(&format!("http://127.0.0.1:{port}")).unwrap() };
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let client = reqwest::Client::new();
    for _ in 0..300 {
        let made = client.put(format!("{}backups", server.endpoint)).send().await;
        if made.is_ok_and(|response| response.status().is_success()) {
            return Some(server);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the S3 server does not answer");
}

fn bucket(endpoint: &Url, name: &str) -> Bucket {
    let door = Door::new(DoorConfig::default()).unwrap();
    let config = BucketConfig {
        endpoint: endpoint.clone(),
        bucket: name.to_owned(),
        prefix: "confidante/".to_owned(),
        region: "us-east-1".to_owned(),
        access_key: "invented".to_owned(),
        secret_key: "invented".to_owned(),
    };
    Bucket::of_operator(&door, config).unwrap()
}

#[tokio::test]
async fn an_archive_goes_there_and_comes_back() {
    let Some(server) = serving().await else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "python3 and pip are needed");
        return eprintln!("NOT TESTED: no S3 server without python3 and pip");
    };
    let room = tempfile::tempdir().unwrap();
    let bucket = bucket(&server.endpoint, "backups");
    #[expect(clippy::disallowed_methods, reason = "a real server judges the signature by its own clock")]
    let now = jiff::Timestamp::now();
    let bytes: Vec<u8> = (0..3_000_000u32).map(|number| (number % 251) as u8).collect();
    let (file, back) = (room.path().join("data-1.cfd"), room.path().join("back.cfd"));
    std::fs::write(&file, &bytes).unwrap();
    for name in ["data-1.cfd", "data-2.cfd"] {
        bucket.put(name, &file, now).await.unwrap();
    }
    let mut names = bucket.names(now).await.unwrap();
    names.sort();
    assert_eq!(names, ["data-1.cfd", "data-2.cfd"]);
    bucket.get("data-1.cfd", &back, now).await.unwrap();
    assert!(std::fs::read(&back).unwrap() == bytes, "byte for byte");
    bucket.delete("data-1.cfd", now).await.unwrap();
    bucket.delete("data-1.cfd", now).await.unwrap();
    assert_eq!(bucket.names(now).await.unwrap(), ["data-2.cfd"]);
    assert!(matches!(bucket.get("data-1.cfd", &back, now).await, Err(BucketFault::Refused(_))));
    assert!(matches!(
        self::bucket(&server.endpoint, "nowhere").put("x", &file, now).await,
        Err(BucketFault::Refused(_))
    ));
    drop(server);
    assert!(bucket.put("data-3.cfd", &file, now).await.is_err(), "a bucket that is gone is a fault, not a success");
}
