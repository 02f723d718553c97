//! Letters over SMTP (RFC 5321) through the relay that the operator names: each recorded before it leaves, none of them logged.

use std::net::IpAddr;
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MaybeString, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use thiserror::Error;

use crate::recipient::Foreign;
use crate::{Disclosure, Ledger, Recipient};

/// How long one conversation with the relay may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest subject line (RFC 5322: a line has 998 characters; nobody reads more than this).
const SUBJECT: usize = 200;

/// How the way to the relay is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// STARTTLS, or nothing is sent.
    StartTls,
    /// None: only to a relay on this machine.
    None,
}

/// The relay. Holds a password, so it has no `Debug`.
pub struct MailConfig {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is protected.
    pub protection: Protection,
    /// User name and password, where it wants them.
    pub sign_in: Option<(String, String)>,
    /// Who writes: an address, perhaps with a name before it.
    pub from: String,
    /// Who runs it, for the record of processing.
    pub recipient: Recipient,
}

/// One letter. These are a person's address and words: not printable.
pub struct Letter<'a> {
    /// The address it goes to.
    pub to: &'a str,
    /// What it is about.
    pub subject: &'a str,
    /// The words, as plain text.
    pub body: &'a str,
    /// A stable id: sent again after a crash, it is the same letter to every mail program (RFC 5322, Message-ID).
    pub id: &'a str,
    /// Its language tag.
    pub language: &'a str,
}

/// Why a letter did not leave. Says nothing about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MailFault {
    /// The settings make no sense together.
    #[error("the mail settings are not usable")]
    Settings,
    /// No letter can be sent without protection to another machine.
    #[error("mail may leave this machine only with TLS")]
    Unprotected,
    /// The address is none.
    #[error("the address is not one that mail can be sent to")]
    Address,
    /// It could not be recorded, so it was not sent.
    #[error("the letter could not be recorded")]
    Unrecorded,
    /// The relay refused it for good.
    #[error("the relay refused the letter")]
    Refused,
    /// The relay did not answer, or asked to try later.
    #[error("the relay could not take the letter now")]
    Later,
}

impl MailFault {
    /// Would another try help?
    pub fn may_pass(self) -> bool {
        matches!(self, MailFault::Later | MailFault::Unrecorded)
    }
}

/// Sends letters. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    recipient: Recipient,
}

impl Foreign for Mailer {
    const RECIPIENT: Recipient = Recipient {
        name: std::borrow::Cow::Borrowed("the mail relay the operator has configured"),
        country: std::borrow::Cow::Borrowed("as configured"),
        purpose: std::borrow::Cow::Borrowed("essential.legal_obligation"),
        transfer: std::borrow::Cow::Borrowed("as configured"),
        contract: std::borrow::Cow::Borrowed("as configured"),
    };
}

impl Mailer {
    /// A mailer for this relay; nothing is sent yet.
    pub fn new(config: MailConfig) -> Result<Self, MailFault> {
        let from: Mailbox = config.from.parse().map_err(|_| MailFault::Settings)?;
        if config.protection == Protection::None && !is_here(&config.host) {
            return Err(MailFault::Unprotected);
        }
        let tls = match config.protection {
            Protection::None => Tls::None,
            Protection::Tls => Tls::Wrapper(parameters(&config.host)?),
            Protection::StartTls => Tls::Required(parameters(&config.host)?),
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .tls(tls)
            .hello_name(ClientId::Domain(from.email.domain().to_owned()))
            .timeout(Some(PATIENCE));
        let builder = match config.sign_in {
            Some((user, password)) => builder.credentials(Credentials::new(user, password)),
            None => builder,
        };
        Ok(Self { transport: builder.build(), from, recipient: config.recipient })
    }

    /// Who runs the relay.
    pub fn recipient(&self) -> &Recipient {
        &self.recipient
    }

    /// Whether mail can be sent to this address at all (RFC 5321, with international names by RFC 6531).
    pub fn is_address(text: &str) -> bool {
        text.trim()
            .parse::<Address>()
            .is_ok_and(|address| address.domain().contains('.') || address.domain() == "localhost")
    }

    /// Sends one letter: recorded first, then handed to the relay.
    pub async fn send(&self, letter: &Letter<'_>, ledger: &dyn Ledger) -> Result<(), MailFault> {
        let message = self.message(letter)?;
        let content = String::from_utf8_lossy(&message.formatted()).into_owned();
        let disclosure = Disclosure::of(&self.recipient, content);
        ledger.record(disclosure).await.map_err(|_| MailFault::Unrecorded)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            // The relay's words may repeat the address: only their kind is kept.
            Err(error) if error.is_permanent() => Err(MailFault::Refused),
            Err(_) => Err(MailFault::Later),
        }
    }

    fn message(&self, letter: &Letter<'_>) -> Result<Message, MailFault> {
        let to: Address = letter.to.trim().parse().map_err(|_| MailFault::Address)?;
        let plain = |text: &str| text.chars().filter(|letter| !letter.is_control()).take(SUBJECT).collect::<String>();
        let id = format!("<{}@{}>", plain(letter.id), self.from.email.domain());
        let body =
            SinglePart::builder().header(ContentType::TEXT_PLAIN).body(MaybeString::from(letter.body.to_owned()));
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(plain(letter.subject))
            .message_id(Some(id))
            .raw_header(lettre::message::header::HeaderValue::new(
                lettre::message::header::HeaderName::new_from_ascii_str("Content-Language"),
                plain(letter.language),
            ))
            .raw_header(lettre::message::header::HeaderValue::new(
                // Nobody's holiday notice is an answer to this (RFC 3834).
                lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .singlepart(body)
            .map_err(|_| MailFault::Address)
    }
}

fn parameters(host: &str) -> Result<TlsParameters, MailFault> {
    TlsParameters::new(host.to_owned()).map_err(|_| MailFault::Settings)
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(host: &str, protection: Protection) -> MailConfig {
        MailConfig {
            host: host.to_owned(),
            port: 2525,
            protection,
            sign_in: None,
            from: "Privacy <privacy@shop.example>".to_owned(),
            recipient: Mailer::RECIPIENT,
        }
    }

    #[test]
    fn mail_leaves_the_machine_only_with_tls() {
        assert!(Mailer::new(config("127.0.0.1", Protection::None)).is_ok());
        assert!(Mailer::new(config("::1", Protection::None)).is_ok());
        for host in ["mail.example", "192.0.2.1", "localhost.example"] {
            assert_eq!(Mailer::new(config(host, Protection::None)).err(), Some(MailFault::Unprotected), "{host}");
        }
    }

    #[test]
    fn an_address_is_one_or_none() {
        for good in ["ada@example.com", " ada@example.com ", "grüße@beispiel.example", "a+b@c.example"] {
            assert!(Mailer::is_address(good), "{good}");
        }
        for bad in ["", "ada", "ada@", "@x.example", "a@b@c.example", "a@b.example\r\nBcc: c@d.example", "ada@nowhere"]
        {
            assert!(!Mailer::is_address(bad), "{bad}");
        }
    }

    #[test]
    fn no_header_can_be_slipped_in() {
        let mailer = Mailer::new(config("127.0.0.1", Protection::None)).unwrap();
        let hostile = "Hello\r\nBcc: eve@evil.example";
        let letter = Letter { to: "ada@example.com", subject: hostile, body: "x", id: hostile, language: hostile };
        let text = String::from_utf8(mailer.message(&letter).unwrap().formatted()).unwrap();
        assert!(!text.contains("\r\nBcc:"), "{text}");
    }
}
