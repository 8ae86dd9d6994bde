//! Which engine has the index: the program's own in a folder, or a cluster.

use anyhow::Context;
use findbuch_engine::{Access, Address, Credentials, IndexDir, SCHEME};
use std::path::{Path, PathBuf};

/// Variable with what a cluster demands of those it answers.
const CREDENTIALS: &str = "FINDBUCH_ENGINE_CREDENTIALS";

/// Arguments of the engine.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct EngineArgs {
    /// Cluster that has the index: opensearch+https://HOST:PORT/NAME (docs/SCALE-OUT.md)
    #[arg(long, global = true, value_name = "ADDRESS", env = "FINDBUCH_ENGINE", hide_short_help = true)]
    pub engine: Option<Address>,

    /// File with what the cluster demands: `basic NAME:PASSWORD`, `apikey KEY` or `bearer TOKEN`; else
    /// `FINDBUCH_ENGINE_CREDENTIALS` holds it
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    pub engine_credentials: Option<PathBuf>,

    /// File with the certificates that the cluster's must be signed with, as PEM; else those that the system trusts
    #[arg(long, global = true, value_name = "FILE", env = "FINDBUCH_ENGINE_CA", hide_short_help = true)]
    pub engine_ca: Option<PathBuf>,
}

impl EngineArgs {
    /// The index whose folder is `path`.
    ///
    /// # Errors
    /// When what access to a cluster takes cannot be read or used.
    pub fn index(&self, path: &Path) -> anyhow::Result<IndexDir> {
        self.engine.as_ref().map_or_else(|| Ok(IndexDir::new(path)), |address| self.on_cluster(address, path))
    }

    /// The index at a place, which is a folder or an address, and the place as it is named; for an address, what is the reader's own is in
    /// the folder `own`.
    ///
    /// # Errors
    /// Those of [`EngineArgs::index`].
    pub fn at(&self, place: &str, own: &Path) -> anyhow::Result<(IndexDir, String)> {
        if !place.starts_with(SCHEME) {
            let path = std::path::absolute(place)?;
            return Ok((IndexDir::new(&path), findbuch_files::encode_path(&path)));
        }
        let address: Address = place.parse().with_context(|| place.to_owned())?;
        Ok((self.on_cluster(&address, own)?, address.to_string()))
    }

    fn on_cluster(&self, address: &Address, path: &Path) -> anyhow::Result<IndexDir> {
        let (credentials, said_in) = match &self.engine_credentials {
            Some(file) => {
                let name = file.display().to_string();
                (Some(std::fs::read_to_string(file).with_context(|| name.clone())?), name)
            }
            None => (std::env::var(CREDENTIALS).ok().filter(|text| !text.trim().is_empty()), CREDENTIALS.to_owned()),
        };
        let credentials = credentials.map(|text| text.parse::<Credentials>()).transpose().context(said_in)?;
        let (authorities, name) = match &self.engine_ca {
            Some(file) => (Some(std::fs::read(file).with_context(|| file.display().to_string())?), file.display()),
            None => (None, Path::new("").display()),
        };
        let access = Access::new(address.clone(), credentials, authorities).with_context(|| address.to_string())?;
        let index = IndexDir::on_cluster(path, &access);
        if self.engine_ca.is_some() { index.with_context(|| name.to_string()) } else { Ok(index?) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Arguments {
        #[command(flatten)]
        engine: EngineArgs,
    }

    fn index(arguments: &[&str]) -> Result<(), String> {
        let words = ["findbuch"].iter().chain(arguments);
        let read = Arguments::try_parse_from(words).map_err(|error| error.to_string())?;
        read.engine.index(Path::new("index")).map(|_| ()).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn what_access_takes_is_told_where_it_is_wrong() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("written");
            path.to_string_lossy().into_owned()
        };
        let (good, bad) = (file("good", "bearer geheim\n"), file("bad", "geheim"));
        let here = ["--engine", "opensearch+http://localhost:9200/presse"];
        let there = ["--engine", "opensearch+http://suche.example/presse"];
        let with = |address: [&str; 2], more: [&str; 2]| index(&[address, more].concat());
        assert_eq!(index(&here), Ok(()));
        assert_eq!(with(here, ["--engine-credentials", &good]), Ok(()));
        let told = |result: Result<(), String>, parts: &[&str]| {
            let message = result.expect_err("refused");
            assert!(parts.iter().all(|part| message.contains(part)), "{message}");
            assert!(!message.contains("geheim"), "{message}");
        };
        told(with(here, ["--engine-credentials", &bad]), &["bad", "apikey KEY"]);
        told(with(here, ["--engine-credentials", "nirgends"]), &["nirgends"]);
        told(with(there, ["--engine-credentials", &good]), &["suche.example", "opensearch+https"]);
        told(with(here, ["--engine-ca", &bad]), &["bad", "PEM"]);
        told(index(&["--engine", "suche.example"]), &["suche.example", "opensearch+https://HOST:PORT/NAME"]);
    }
}
