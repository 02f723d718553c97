//! Turns the configuration's `[mail]` into the way letters take, or into none: then the staff brings them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;

use desk::post::Post;
use outside::mail::{MailConfig, Mailer, Protection};
use outside::{Door, DoorConfig, Recipient};

use crate::config::{Config, Mail, MailProtection};
use crate::stop::Stop;

/// The configured way, and the door to authorised agents: one of its own, with a list of its own.
pub fn configured(config: &Config) -> Result<Post, Stop> {
    let mail = &config.mail;
    let mailer = if mail.host.is_empty() { None } else { Some(mailer(mail)?) };
    let doors = DoorConfig { allow_private: config.agents.allow_private.clone(), ..DoorConfig::default() };
    let agents = Door::new(doors).map_err(|fault| Stop::config(format!("agents.allow_private: {fault}.")))?;
    Ok(Post { mailer, origin: config.origin(), contacts: contacts(&mail.contacts)?, agents: Some(agents) })
}

fn mailer(mail: &Mail) -> Result<Mailer, Stop> {
    let owned = |text: &String| Cow::Owned(text.clone());
    let recipient = Recipient {
        name: owned(&mail.recipient),
        country: owned(&mail.country),
        purpose: Cow::Borrowed("essential.legal_obligation"),
        transfer: owned(&mail.mechanism),
        contract: owned(&mail.contract),
    };
    let protection = match mail.protection {
        MailProtection::Tls => Protection::Tls,
        MailProtection::Starttls => Protection::StartTls,
        MailProtection::None => Protection::None,
    };
    let sign_in = if mail.user.is_empty() { None } else { Some((mail.user.clone(), password(mail)?)) };
    let config = MailConfig {
        host: mail.host.clone(),
        port: mail.port,
        protection,
        sign_in,
        from: mail.from.clone(),
        recipient,
    };
    Mailer::new(config).map_err(|fault| Stop::config(format!("mail: {fault}.")))
}

fn password(mail: &Mail) -> Result<String, Stop> {
    if !mail.password_file.is_empty() {
        let text = fs::read_to_string(&mail.password_file).map_err(|reason| {
            Stop::config(format!("mail.password_file {} cannot be read: {reason}.", mail.password_file))
        })?;
        return Ok(text.trim().to_owned());
    }
    let text = std::env::var(&mail.password_env).map_err(|_| {
        Stop::config("mail.user needs a password: name mail.password_file or a variable in mail.password_env.")
    })?;
    Ok(text.trim().to_owned())
}

/// “Name of the recipient = address”, one each.
fn contacts(lines: &[String]) -> Result<BTreeMap<String, String>, Stop> {
    let contact = |line: &String| {
        let (name, address) = line.split_once('=')?;
        let (name, address) = (name.trim(), address.trim());
        (!name.is_empty() && Mailer::is_address(address)).then(|| (name.to_owned(), address.to_owned()))
    };
    lines
        .iter()
        .map(|line| {
            contact(line).ok_or_else(|| {
                Stop::config(
                    "Each of mail.contacts must look like \"Name of the recipient = privacy@recipient.example\".",
                )
            })
        })
        .collect()
}
