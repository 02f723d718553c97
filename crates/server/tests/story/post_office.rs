//! A mail relay on loopback that speaks SMTP (RFC 5321): it keeps what it gets, and fails when told to.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use server::config::{Config, MailProtection};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// One letter as it arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// To whom.
    pub to: String,
    /// Headers and body.
    pub text: String,
}

impl Arrived {
    /// A header.
    pub fn header(&self, name: &str) -> String {
        let start = format!("{}:", name.to_lowercase());
        let line = self.text.lines().find(|line| line.to_lowercase().starts_with(&start));
        line.map(|line| line[start.len()..].trim().to_owned()).unwrap_or_default()
    }

    /// The words, whatever the transfer encoding is.
    pub fn words(&self) -> String {
        let (_, body) = self.text.split_once("\r\n\r\n").unwrap_or_default();
        match self.header("content-transfer-encoding").as_str() {
            "base64" => {
                let joined: String = body.split_whitespace().collect();
                String::from_utf8(data_encoding::BASE64.decode(joined.as_bytes()).unwrap()).unwrap()
            }
            "quoted-printable" => unquoted(body),
            _ => body.to_owned(),
        }
    }

    /// The code in it.
    pub fn code(&self) -> String {
        let words = self.words();
        let line = words
            .lines()
            .map(str::trim)
            .find(|line| line.len() == 9 && line.chars().all(|c| c.is_ascii_digit() || c == ' '));
        line.unwrap_or_else(|| panic!("no code in: {words}")).to_owned()
    }
}

fn unquoted(body: &str) -> String {
    let joined = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'=' {
            let hex: Vec<u8> = [rest.next(), rest.next()].into_iter().flatten().collect();
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// The relay.
#[derive(Clone)]
pub struct PostOffice {
    /// Its port.
    pub port: u16,
    letters: Arc<Mutex<Vec<Arrived>>>,
    closed: Arc<AtomicBool>,
}

impl PostOffice {
    /// Opens one.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let office =
            Self { port: listener.local_addr().unwrap().port(), letters: Arc::default(), closed: Arc::default() };
        let clerk = office.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let clerk = clerk.clone();
                tokio::spawn(async move { clerk.serve(stream).await });
            }
        });
        office
    }

    /// The configuration that uses it.
    pub fn configure(&self, config: &mut Config) {
        config.mail.host = "127.0.0.1".to_owned();
        config.mail.port = self.port;
        config.mail.protection = MailProtection::None;
        config.mail.from = "Nadel & Faden <privacy@shop.example>".replace('&', "und");
        config.mail.recipient = "Our own relay".to_owned();
        config.mail.country = "DE".to_owned();
        config.mail.mechanism = "own server".to_owned();
        config.mail.contract = "none needed".to_owned();
    }

    /// From now on it takes nothing, or everything again.
    pub fn close(&self, closed: bool) {
        self.closed.store(closed, Ordering::SeqCst);
    }

    /// Throws everything away.
    pub fn empty(&self) {
        self.letters.lock().unwrap().clear();
    }

    /// Everything that arrived at an address.
    pub fn at(&self, address: &str) -> Vec<Arrived> {
        self.letters.lock().unwrap().iter().filter(|letter| letter.to == address).cloned().collect()
    }

    /// Everything that arrived.
    pub fn all(&self) -> Vec<Arrived> {
        self.letters.lock().unwrap().clone()
    }

    async fn serve(&self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 loopback\r\n").await.ok()?;
        let mut to = String::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let upper = line.to_uppercase();
            let answer = if upper.starts_with("EHLO") {
                "250-loopback\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
            } else if upper.starts_with("MAIL") && self.closed.load(Ordering::SeqCst) {
                "451 try again later\r\n"
            } else if upper.starts_with("RCPT") {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                if to.starts_with("nobody@") { "550 no such mailbox\r\n" } else { "250 ok\r\n" }
            } else if upper.starts_with("DATA") {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                let mut text = String::new();
                while !text.ends_with("\r\n.\r\n") {
                    stream.read_line(&mut text).await.ok()?;
                }
                let text = text.trim_end_matches(".\r\n").replace("\r\n..", "\r\n.");
                self.letters.lock().unwrap().push(Arrived { to: to.clone(), text });
                "250 kept\r\n"
            } else if upper.starts_with("QUIT") {
                "221 bye\r\n"
            } else {
                "250 ok\r\n"
            };
            stream.write_all(answer.as_bytes()).await.ok()?;
        }
    }
}
