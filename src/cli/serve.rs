//! `findbuch serve`

use super::index::stopped;
use super::time_limit::seconds;
use super::{Outcome, watch, worker};
use findbuch_corpus::picture_of_page;
use findbuch_engine::IndexDir;
use findbuch_query::lang::Lang;
use findbuch_web::{Draw, Hosts, Limits, Log, MIN_TOKEN, Options, Server, Token};
use jiff::Zoned;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch serve                                    the search page at http://127.0.0.1:8080/
  findbuch serve --watch articles --port 9000       keeps the index in step with a folder beside serving
  FINDBUCH_TOKEN=… findbuch serve --address 0.0.0.0 --host-name archiv.example

On any address but the loopback's a token is demanded: browsers ask for it as the password, programs send
\"Authorization: Bearer TOKEN\". Put a proxy that speaks HTTPS before it. New commits of the index are seen within a second.
docs/HTTP.md describes pages, interface, limits and log. Ctrl-C ends it.")]
pub struct Args {
    /// Address to listen on
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// Port to listen on; 0 is any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// File with the token that requests must bring; FINDBUCH_TOKEN does as well
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// A name under which the server is asked for, beside localhost and, with a token, any
    #[arg(long, value_name = "NAME")]
    host_name: Vec<String>,
    /// Let nobody change collections: pages have no forms, and the interface refuses what would write
    #[arg(long)]
    read_only: bool,
    /// Keep the index in step with this folder
    #[arg(long, value_name = "PATH")]
    watch: Vec<PathBuf>,
    /// Seconds that a request is worked on at most: 2, 0.5
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    time_limit: Duration,
    /// Requests worked on at once; none: two for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    at_once: Option<u16>,
    /// Requests that wait; more are refused
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    waiting: u32,
    /// Connections open at once
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    connections: u32,
    /// Seconds that a client may take to send a request, or to take up the next bytes of an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..=3600))]
    patience: u64,
    /// Write no line for each request to standard error
    #[arg(long)]
    no_log: bool,
}

/// Seconds of a processor and bytes of memory for a page that is drawn.
const DRAW_SECONDS: u64 = 8;
const DRAW_MEMORY: u64 = 768 << 20;
/// A request's time where more is wanted than anyone waits.
const LONGEST: Duration = Duration::from_hours(24);
/// Bytes of a request's head: an address of the longest query, and headers.
const HEAD: usize = 64 << 10;

/// Runs `serve`.
pub fn run(args: &Args, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let token = token(args, lang)?;
    if !args.address.is_loopback() && token.is_none() {
        anyhow::bail!(
            "{}",
            lang.pick(
                format!(
                    "Auf {} wird nur mit einem Token gelauscht: setzen Sie FINDBUCH_TOKEN oder --token-file (mindestens {MIN_TOKEN} Zeichen).",
                    args.address
                ),
                format!(
                    "{} is listened on with a token only: set FINDBUCH_TOKEN or --token-file (at least {MIN_TOKEN} characters)",
                    args.address
                ),
            )
        );
    }
    let stop = stopped();
    let folders = args.watch.iter().map(|path| super::paths::canonical(path)).collect::<Result<Vec<_>, _>>()?;
    let updated = if folders.is_empty() { Ok(()) } else { watch::first(index, &folders, stop) };
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let limits = Limits {
        at_once: args.at_once.map_or(2 * cores, usize::from),
        waiting: args.waiting as usize,
        time: args.time_limit.min(LONGEST),
        connections: args.connections as usize,
        patience: Duration::from_secs(args.patience),
        head: HEAD,
    };
    let hosts =
        if token.is_some() && args.host_name.is_empty() { Hosts::any() } else { Hosts::local_and(&args.host_name) };
    let silent = args.no_log;
    let log: Log = Arc::new(move |line: &str| {
        if !silent {
            // nobody reads it where standard error is closed
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    });
    let options = Options {
        index: index.clone(),
        address: SocketAddr::new(args.address, args.port),
        token,
        hosts,
        read_only: args.read_only,
        limits,
        working_dir: std::env::current_dir()?,
        log,
        draw: drawing()?,
    };
    // an index that is damaged is served, as far as it goes; where there is none, the update says why
    let server = match (Server::bind(options), updated) {
        (Ok(server), Ok(())) => server,
        (Ok(server), Err(why)) => {
            watch::note(&format!("{why:#}"));
            server
        }
        (Err(_), Err(why)) => return Err(why),
        (Err(why), Ok(())) => return Err(why.into()),
    };
    let address = server.address()?;
    let articles = server.articles();
    if let Err(error) = &articles {
        watch::note(&error.to_string());
    }
    let (german, english) = match articles {
        Ok(articles) => (format!("{articles} Artikel auf"), format!("{articles} articles at")),
        Err(_) => (
            "Der Index ist nicht ganz zu lesen; was geht, steht auf".into(),
            "the index cannot be read as a whole; what can be is at".into(),
        ),
    };
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{}",
        lang.pick(
            format!("{german} http://{address}/ – Strg-C beendet"),
            format!("{english} http://{address}/ – Ctrl-C ends it"),
        )
    )?;
    out.flush()?;
    drop(out);
    std::thread::scope(|scope| {
        if !folders.is_empty() {
            scope.spawn(|| {
                watch::keep(index, &folders, stop);
            });
        }
        server.run(stop)
    })?;
    Ok(Outcome::Done)
}

/// Draws pages of PDF, each in a process of its own.
fn drawing() -> std::io::Result<Draw> {
    let usual = findbuch_corpus::Limits::on(Zoned::now().date());
    let worker = worker::this_program(DRAW_SECONDS, DRAW_MEMORY)?;
    let limits = findbuch_corpus::Limits { worker: Some(worker), ..usual };
    Ok(Arc::new(move |file: &Path, page, width| picture_of_page(file, page, width, &limits).ok()))
}

/// The token of the file or of the environment.
fn token(args: &Args, lang: Lang) -> anyhow::Result<Option<Token>> {
    let (text, from) = match &args.token_file {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
            (text, path.display().to_string())
        }
        None => match std::env::var("FINDBUCH_TOKEN") {
            Ok(text) => (text, "FINDBUCH_TOKEN".to_owned()),
            Err(_) => return Ok(None),
        },
    };
    let told = |_| {
        lang.pick(
            format!("{from}: Ein Token hat mindestens {MIN_TOKEN} sichtbare ASCII-Zeichen."),
            format!("{from}: a token has at least {MIN_TOKEN} visible ASCII characters"),
        )
    };
    Token::new(&text).map(Some).map_err(|fault| anyhow::anyhow!("{}", told(fault)))
}
