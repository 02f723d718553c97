//! Turns the configuration's `[model]` into a client, or into nothing: then the built-in answerer quotes.

use std::borrow::Cow;
use std::fs;

use outside::model::{ApiKey, Client, ModelConfig};
use outside::{Door, Recipient};

use crate::config::Model;
use crate::stop::Stop;

/// The configured model, if any.
pub fn configured(model: &Model, door: &Door) -> Result<Option<Client>, Stop> {
    if model.base_url.is_empty() {
        return Ok(None);
    }
    let owned = |text: &String| Cow::Owned(text.clone());
    let recipient = Recipient {
        name: owned(&model.recipient),
        country: owned(&model.country),
        purpose: Cow::Borrowed("essential.service.operations.support"),
        transfer: owned(&model.mechanism),
        contract: owned(&model.contract),
    };
    let mut config = ModelConfig::new(&model.base_url, &model.name, recipient);
    config.api_key = key(model)?.map(ApiKey::new);
    let client = Client::of_operator(door, config).map_err(|fault| Stop::config(format!("model: {fault}.")))?;
    Ok(Some(client))
}

fn key(model: &Model) -> Result<Option<String>, Stop> {
    if !model.key_file.is_empty() {
        let text = fs::read_to_string(&model.key_file)
            .map_err(|reason| Stop::config(format!("model.key_file {} cannot be read: {reason}.", model.key_file)))?;
        return Ok(Some(text.trim().to_owned()));
    }
    if model.key_env.is_empty() {
        return Ok(None);
    }
    let text = std::env::var(&model.key_env)
        .map_err(|_| Stop::config(format!("model.key_env names {}, which is not set.", model.key_env)))?;
    Ok(Some(text.trim().to_owned()))
}
