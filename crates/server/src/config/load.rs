//! Reads the configuration: the file, then the environment over it, then the rules that span more than one setting.

use std::fs;
use std::path::Path;

use toml::{Table, Value};
use url::Url;

use super::{Config, KeySource};
use crate::stop::Stop;

/// The configuration from `file` (if any) and this program's environment.
pub fn load(file: Option<&Path>) -> Result<Config, Stop> {
    // A variable that is not text cannot be a setting of ours.
    let environment =
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    load_with(file, environment)
}

/// The same with a given environment, for tests.
pub fn load_with(file: Option<&Path>, environment: impl IntoIterator<Item = (String, String)>) -> Result<Config, Stop> {
    let text = match file {
        Some(path) => fs::read_to_string(path).map_err(|reason| {
            Stop::config(format!("The configuration {} cannot be read: {reason}.", path.display()))
        })?,
        None => String::new(),
    };
    let mut table: Table = text.parse().map_err(|error: toml::de::Error| wrong(file, &error))?;
    let defaults = Table::try_from(Config::default())
        .map_err(|_| Stop::config("The built-in defaults cannot be written down."))?;
    let plain: Config = Value::Table(table.clone()).try_into().map_err(|error: toml::de::Error| wrong(file, &error))?;
    let mut unknown = Vec::new();
    for (name, value) in environment {
        let Some(tail) = name.strip_prefix("CONFIDANTE_") else { continue };
        if !overlay(&mut table, &defaults, tail, &value)? {
            unknown.push(name);
        }
    }
    let config: Config = Value::Table(table).try_into().map_err(|error: toml::de::Error| wrong(file, &error))?;
    // Variables that hold a secret are named by a setting; they are not settings themselves.
    let named = [
        &config.keys.env,
        &config.model.key_env,
        &config.mail.password_env,
        &config.storage.postgres_url_env,
        &config.backup.bucket_secret_env,
        &plain.keys.env,
    ];
    if let Some(name) = unknown.iter().find(|name| !named.contains(name)) {
        return Err(Stop::config(format!("The environment variable {name} is not a setting; see: confidante config.")));
    }
    check(&config)?;
    Ok(config)
}

/// Writes one variable over the table; false if there is no such setting.
fn overlay(table: &mut Table, defaults: &Table, tail: &str, text: &str) -> Result<bool, Stop> {
    let lower = tail.to_ascii_lowercase();
    let Some((section, key)) = lower.split_once('_') else { return Ok(false) };
    let Some(default) = defaults.get(section).and_then(|section| section.get(key)) else { return Ok(false) };
    let value = typed(default, text).ok_or_else(|| {
        Stop::config(format!("The environment variable CONFIDANTE_{tail} must be a {}.", default.type_str()))
    })?;
    let section = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
    if let Value::Table(section) = section {
        section.insert(key.to_owned(), value);
    }
    Ok(true)
}

/// The text as the type the default has.
fn typed(default: &Value, text: &str) -> Option<Value> {
    match default {
        Value::Integer(_) => text.trim().parse().ok().map(Value::Integer),
        Value::Boolean(_) => text.trim().parse().ok().map(Value::Boolean),
        Value::Array(_) => {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            Some(Value::Array(parts.map(|part| Value::String(part.to_owned())).collect()))
        }
        _ => Some(Value::String(text.to_owned())),
    }
}

fn wrong(file: Option<&Path>, error: &toml::de::Error) -> Stop {
    let place = file.map_or_else(|| "from the environment".to_owned(), |path| path.display().to_string());
    Stop::config(format!("The configuration {place} is wrong: {}", error.to_string().trim_end()))
}

/// What one setting needs beside it.
fn whole(config: &Config) -> Result<(), Stop> {
    let (model, mail, encoder) = (&config.model, &config.mail, &config.encoder);
    let rules: [(&String, &[&String], &str); 3] = [
        (
            &model.base_url,
            &[&model.name, &model.recipient, &model.country, &model.mechanism, &model.contract],
            "model.base_url needs name, recipient, country, mechanism and contract too: the privacy notice must be able to say who receives the masked text.",
        ),
        (
            &mail.host,
            &[&mail.from, &mail.recipient, &mail.country, &mail.mechanism, &mail.contract],
            "mail.host needs from, recipient, country, mechanism and contract too: the privacy notice must be able to say who carries the letters.",
        ),
        (
            &encoder.folder,
            &[&encoder.weights_sha256, &encoder.vocabulary_sha256],
            "encoder.folder needs weights_sha256 and vocabulary_sha256 too: what is not verified is not loaded.",
        ),
    ];
    let broken = |(named, needed, _): &&(&String, &[&String], &str)| {
        !named.is_empty() && needed.iter().any(|word| word.is_empty())
    };
    rules.iter().find(broken).map_or(Ok(()), |(_, _, sentence)| Err(Stop::config(*sentence)))
}

/// The rules that span more than one setting.
fn check(config: &Config) -> Result<(), Stop> {
    if !config.server.public_url.is_empty() {
        let url = Url::parse(&config.server.public_url)
            .map_err(|_| Stop::config("server.public_url is not a web address such as https://chat.example.org."))?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !matches!(url.scheme(), "http" | "https") || !bare || !url.username().is_empty() || url.password().is_some()
        {
            return Err(Stop::config("server.public_url must be http:// or https:// with a host and no path."));
        }
    }
    whole(config)?;
    if config.keys.source == KeySource::File && config.keys.file.starts_with(&config.storage.folder) {
        return Err(Stop::config(
            "keys.file must not lie inside storage.folder: a copy of the data would carry its key.",
        ));
    }
    if config.keys.source == KeySource::Command && config.keys.command.is_empty() {
        return Err(Stop::config("keys.source is \"command\" but keys.command is empty."));
    }
    if config.storage.keys_folder.starts_with(&config.storage.folder) {
        return Err(Stop::config(
            "storage.keys_folder must not lie inside storage.folder: keys are kept apart from the data.",
        ));
    }
    let backup = &config.backup;
    if backup.folder.starts_with(&backup.keys_folder) || backup.keys_folder.starts_with(&backup.folder) {
        return Err(Stop::config(
            "backup.folder and backup.keys_folder must not lie inside one another: keys are kept apart from the data.",
        ));
    }
    if !backup.bucket.is_empty() && backup.bucket == backup.keys_bucket {
        return Err(Stop::config(
            "backup.bucket and backup.keys_bucket must differ: keys are kept apart from the data.",
        ));
    }
    if backup.every_hours == 0 || !(1..=30).contains(&backup.keep_days) {
        return Err(Stop::config(
            "backup.every_hours is at least 1 and backup.keep_days between 1 and 30: deleted words are gone everywhere within 30 days.",
        ));
    }
    let limits = &config.limits;
    if [limits.sign_in, limits.sessions, limits.messages, limits.public_forms, limits.progress, limits.requests]
        .contains(&0)
    {
        return Err(Stop::config("A limit of zero would lock everybody out; limits must be at least 1."));
    }
    Ok(())
}

impl Config {
    /// The origin under which the world reaches this server, without a slash at the end.
    pub fn origin(&self) -> String {
        match self.server.public_url.trim_end_matches('/') {
            "" => format!("http://{}", self.server.listen),
            url => url.to_owned(),
        }
    }

    /// Whether the world reaches this server over TLS.
    pub fn is_https(&self) -> bool {
        self.server.public_url.starts_with("https://")
    }
}
