//! `confidante promises`: asks the running server to check its promises now, or opens the house for the moment where none runs.

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use data_encoding::HEXLOWER;
use vault::MasterKey;

use crate::config;
use crate::http::operator::{ALARMS, LABEL, PROMISES};
use crate::stop::{Exit, Stop};
use crate::{master, start, world};

/// How long all checks may take.
const PATIENCE: Duration = Duration::from_secs(600);
/// How long a server on the same machine may take to accept.
const REACH: Duration = Duration::from_secs(5);

/// What the server says about its promises.
pub struct Told {
    /// Every promise with its figures.
    pub text: String,
    /// How many do not hold.
    pub alarms: usize,
}

/// Checks every promise now.
pub fn promises(file: Option<&Path>) -> Result<Told, Stop> {
    let mut config = config::load(file)?;
    let master = master::existing(&config)?;
    if let Some(told) = ask(config.server.listen, &master)? {
        return Ok(told);
    }
    config.server.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    config.demo.enabled = false;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|reason| Stop::new(Exit::Other, format!("The checks cannot start: {reason}.")))?;
    runtime.block_on(async {
        let running = start(config, world::real()).await?;
        let address = running.address;
        let asked = tokio::task::spawn_blocking(move || ask(address, &master)).await;
        running.stop().await;
        let told = asked.map_err(|_| Stop::new(Exit::Other, "The checks were cut off."))??;
        told.ok_or_else(|| Stop::new(Exit::Other, "The house opened, but nobody answered."))
    })
}

/// Asks the server at this address; nothing where none listens.
fn ask(listen: SocketAddr, master: &MasterKey) -> Result<Option<Told>, Stop> {
    let lost = |reason: std::io::Error| Stop::new(Exit::Other, format!("The running server did not answer: {reason}."));
    let mut line = match TcpStream::connect_timeout(&near(listen), REACH) {
        Ok(line) => line,
        Err(reason) if matches!(reason.kind(), ErrorKind::ConnectionRefused | ErrorKind::TimedOut) => return Ok(None),
        Err(reason) => return Err(lost(reason)),
    };
    line.set_read_timeout(Some(PATIENCE)).map_err(lost)?;
    let key = HEXLOWER.encode(&master.derive(LABEL));
    // HTTP/1.0: one answer in one piece, then the line closes (RFC 1945).
    let request = format!(
        "POST {PROMISES} HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nContent-Length: 0\r\n\r\n"
    );
    line.write_all(request.as_bytes()).map_err(lost)?;
    let mut answer = String::new();
    line.read_to_string(&mut answer).map_err(lost)?;
    let (head, text) = answer.split_once("\r\n\r\n").unwrap_or((answer.as_str(), ""));
    if !head.lines().next().is_some_and(|status| status.contains(" 200")) {
        return Err(Stop::new(
            Exit::WrongKey,
            format!("The server at {listen} does not know this master key, or is no Confidante of this version."),
        ));
    }
    let alarms = head.lines().find_map(|header| {
        let (name, value) = header.split_once(':')?;
        name.eq_ignore_ascii_case(ALARMS).then(|| value.trim().parse().ok()).flatten()
    });
    Ok(Some(Told { text: text.to_owned(), alarms: alarms.unwrap_or(0) }))
}

/// The address under which a server that listens everywhere is reached from the same machine.
fn near(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(address) if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(address) if address.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        other => other,
    };
    SocketAddr::new(ip, listen.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_listens_everywhere_is_asked_on_loopback() {
        for (listen, near_by) in
            [("0.0.0.0:8787", "127.0.0.1:8787"), ("[::]:8787", "[::1]:8787"), ("10.0.0.7:1", "10.0.0.7:1")]
        {
            assert_eq!(near(listen.parse().unwrap()), near_by.parse().unwrap());
        }
    }

    #[test]
    fn where_nobody_listens_nobody_is_asked() {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(ask(port, &MasterKey::from_bytes([1; 32])).unwrap().is_none());
    }
}
