//! Style, script and icon, which are part of the program; their addresses change with their content.

use xxhash_rust::xxh3::xxh3_64;

const STYLE: &str = include_str!("assets/findbuch.css");
const SCRIPT: &str = include_str!("assets/findbuch.js");
const ICON: &str = include_str!("assets/icon.svg");

/// The media type and content of an asset.
#[must_use]
pub fn find(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "findbuch.css" => Some(("text/css; charset=utf-8", STYLE)),
        "findbuch.js" => Some(("text/javascript; charset=utf-8", SCRIPT)),
        "icon.svg" => Some(("image/svg+xml; charset=utf-8", ICON)),
        _ => None,
    }
}

/// The address of an asset.
#[must_use]
pub fn address(name: &str) -> String {
    let version = find(name).map_or(0, |(_, text)| xxh3_64(text.as_bytes()));
    format!("/assets/{name}?v={version:016x}")
}
