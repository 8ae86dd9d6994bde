//! What ends a command, in the reader's language: errors of the index, of saved searches and of files.

use super::output::OutputError;
use super::paths::PathError;
use findbuch_engine::EngineError;
use findbuch_engine::alerts::saved::SavedError;
use findbuch_engine::collections::CollectionError;
use findbuch_engine::synonyms::SynonymsError;
use findbuch_query::lang::Lang;
use std::io::{self, ErrorKind};

/// The error in the reader's language; one that is in it already stays as it is.
pub fn localise(error: anyhow::Error, lang: Lang) -> anyhow::Error {
    if lang == Lang::En || is_closed_pipe(&error) {
        return error;
    }
    let german = error
        .downcast_ref::<EngineError>()
        .map(engine)
        .or_else(|| error.downcast_ref::<SavedError>().map(saved))
        .or_else(|| error.downcast_ref::<CollectionError>().map(collection))
        .or_else(|| error.downcast_ref::<OutputError>().map(output))
        .or_else(|| error.downcast_ref::<PathError>().map(path))
        .or_else(|| error.downcast_ref::<SynonymsError>().map(synonyms))
        .or_else(|| error.downcast_ref::<io::Error>().map(written));
    german.map_or(error, anyhow::Error::msg)
}

/// Whether an error is only that nobody reads the output any more.
#[must_use]
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let closed = |error: &std::io::Error| error.kind() == ErrorKind::BrokenPipe;
    // the CSV writer wraps what the output said
    let in_csv = |error: &std::io::Error| {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<csv::Error>());
        inner.is_some_and(|inner| matches!(inner.kind(), csv::ErrorKind::Io(io) if closed(io)))
    };
    let errors = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    errors.into_iter().any(|error| closed(error) || in_csv(error))
}

/// Why a file cannot be read or written.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "das gibt es nicht".into(),
        ErrorKind::PermissionDenied => "dazu fehlt das Recht".into(),
        ErrorKind::ReadOnlyFilesystem => "dort darf nur gelesen werden".into(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "es ist kein Platz mehr".into(),
        ErrorKind::NotADirectory => "ein Teil des Pfads ist kein Ordner".into(),
        ErrorKind::IsADirectory => "das ist ein Ordner".into(),
        ErrorKind::ConnectionRefused => "die Verbindung wird abgelehnt".into(),
        ErrorKind::TimedOut => "es kam keine Antwort".into(),
        _ => error.to_string(),
    }
}

fn synonyms(error: &SynonymsError) -> String {
    match error {
        SynonymsError::Io { path, source } => format!("{}: {}", path.display(), reason(source)),
        SynonymsError::TooLong { path } => {
            format!("{} ist zu lang für eine Liste von Synonymen; kürzen Sie sie.", path.display())
        }
    }
}

fn written(error: &io::Error) -> String {
    format!("Was zu schreiben war, ist nicht ganz geschrieben: {}", reason(error))
}

fn engine(error: &EngineError) -> String {
    match error {
        EngineError::NoIndex(path) => {
            format!("In {} ist kein Index; einen legt an: findbuch index ORDNER", path.display())
        }
        EngineError::NotAnIndex(path) => {
            format!(
                "{} ist nicht leer und kein Index von findbuch; nennen Sie mit --index einen anderen Ort.",
                path.display()
            )
        }
        EngineError::IsFile(path) => {
            format!(
                "{} ist eine Datei, der Index braucht einen Ordner; nennen Sie mit --index einen anderen Ort.",
                path.display()
            )
        }
        EngineError::OtherVersion { path, found } => format!(
            "Der Index in {} ist von einer anderen Version von findbuch ({found}); neu legt ihn an: findbuch index --rebuild",
            path.display()
        ),
        EngineError::Locked(path) => format!(
            "Ein anderes findbuch schreibt gerade am Index in {}; warten Sie, bis es fertig ist. Suchen geht inzwischen.",
            path.display()
        ),
        EngineError::ReadOnly(path) => format!(
            "Der Index in {} darf nur gelesen werden, Suchen geht. Fragen Sie, wer ihn führt, oder nennen Sie mit --index einen anderen Ort.",
            path.display()
        ),
        EngineError::Full(path) => format!(
            "Der Index in {} konnte nicht geschrieben werden, wohl weil der Platz fehlt; er ist, wie er war. Schaffen Sie Platz und versuchen Sie es noch einmal.",
            path.display()
        ),
        EngineError::Unreachable { location, source } => format!(
            "Der Index unter {location} ist nicht zu erreichen: {}. Prüfen Sie die Adresse und ob der Dienst dort läuft.",
            reason(source)
        ),
        EngineError::Throttled { location } => format!(
            "Der Index unter {location} hat gerade zu viel zu tun; versuchen Sie es in ein paar Sekunden noch einmal."
        ),
        EngineError::Blocked { location, reason } => format!(
            "Der Index unter {location} nimmt keine Änderungen an: {reason}. Schaffen Sie Platz auf den Platten des Clusters, oder heben Sie die Sperre auf, und versuchen Sie es noch einmal."
        ),
        EngineError::Partial { location, answered, shards } => format!(
            "Vom Index unter {location} haben nur {answered} von {shards} Teilen geantwortet, Artikel der anderen würden fehlen; versuchen Sie es noch einmal, wenn alle laufen."
        ),
        EngineError::Denied { location } => format!(
            "Der Index unter {location} verweigert den Zugang; prüfen Sie die Zugangsdaten, oder fragen Sie, wer ihn führt."
        ),
        EngineError::NotOffered { .. } => {
            "Was verlangt ist, kann der Dienst nicht, der diesen Index führt; lassen Sie es weg, oder nehmen Sie einen Index in einem Ordner.".into()
        }
        EngineError::TooManyForms { most, .. } => format!(
            "Zu einem Wort mit *, ? oder ~ passen mehr als {most} Wörter des Archivs; schreiben Sie mehr Buchstaben."
        ),
        EngineError::UnknownCollection { name, .. } => {
            format!("Eine Sammlung „{name}“ gibt es nicht; welche es gibt, zeigt: findbuch collection list")
        }
        EngineError::TooDear { .. } => findbuch_render::errors::TOO_DEAR.into(),
        EngineError::TimedOut => findbuch_render::errors::TIMED_OUT.into(),
        EngineError::Encode { what, source } => format!(
            "Nicht zu speichern ist {what}: {source}. Lassen Sie die Datei mit findbuch.toml aus, und melden Sie es denen, die findbuch machen."
        ),
        EngineError::Interrupted(error) => {
            format!("{} Manches davon ist vielleicht schon zu sehen; derselbe Befehl erledigt den Rest.", engine(error))
        }
        EngineError::Io { path, source } => format!("{}: {}", path.display(), reason(source)),
        EngineError::Failed { path, message } => format!(
            "Der Index in {} lässt sich nicht benutzen: {message}. Was beschädigt ist, sagt: findbuch check; neu aus den Ordnern legt ihn an: findbuch index --full",
            path.display()
        ),
    }
}

fn saved(error: &SavedError) -> String {
    match error {
        SavedError::Name(name) => {
            format!("„{name}“ kann keine Suche heißen; nehmen Sie bis zu 64 Buchstaben, Ziffern, - und _.")
        }
        SavedError::Unknown(name) => {
            format!("Eine gespeicherte Suche „{name}“ gibt es nicht; welche es gibt, zeigt: findbuch saved")
        }
        SavedError::Exists(name) => {
            format!("Eine gespeicherte Suche „{name}“ gibt es schon; nehmen Sie einen anderen Namen oder --replace.")
        }
        SavedError::Busy(name) => {
            format!(
                "Ein anderes findbuch benutzt gerade die gespeicherte Suche „{name}“; warten Sie, bis es fertig ist."
            )
        }
        SavedError::Damaged { path, message } => format!(
            "{} ist beschädigt: {message}. Löschen Sie die Suche mit findbuch saved --delete und speichern Sie sie neu.",
            path.display()
        ),
        SavedError::ReadOnly(path) => format!(
            "In {} lässt sich nicht schreiben, und dort wird gemerkt, was gemeldet ist. Fragen Sie, wer den Index führt, oder sehen Sie nach, ohne zu merken: findbuch news --peek",
            path.display()
        ),
        SavedError::Io { path, source } => format!("{}: {}", path.display(), reason(source)),
    }
}

fn collection(error: &CollectionError) -> String {
    match error {
        CollectionError::Io { path, source } => format!("{}: {}", path.display(), reason(source)),
        other => findbuch_render::errors::of_collection(other, Lang::De),
    }
}

fn output(error: &OutputError) -> String {
    match error {
        OutputError::IsFolder { path, option } => {
            format!("{} ist ein Ordner; nennen Sie mit {option} eine Datei darin.", path.display())
        }
        OutputError::NoFolder { path, folder, option } => format!(
            "{} kann nicht geschrieben werden: Den Ordner {} gibt es nicht. Legen Sie ihn an, oder nennen Sie mit {option} eine andere Datei.",
            path.display(),
            folder.display()
        ),
        OutputError::Io { path, option, source } => format!(
            "{} kann nicht geschrieben werden: {}. Nennen Sie mit {option} eine andere Datei.",
            path.display(),
            reason(source)
        ),
    }
}

fn path(error: &PathError) -> String {
    match error {
        PathError::Missing(path) => {
            format!("{}: eine solche Datei oder einen solchen Ordner gibt es nicht", path.display())
        }
        PathError::Io { path, source } => format!("{}: {}", path.display(), reason(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_engines_elsewhere_are_german_and_say_what_to_do() {
        let location = || "https://suche.example/zeitung".to_owned();
        for (error, begin, step) in [
            (
                EngineError::Unreachable { location: location(), source: ErrorKind::ConnectionRefused.into() },
                "ist nicht zu erreichen: die Verbindung wird abgelehnt.",
                "Prüfen Sie die Adresse",
            ),
            (EngineError::Throttled { location: location() }, "hat gerade zu viel zu tun;", "versuchen Sie es"),
            (
                EngineError::Partial { location: location(), answered: 2, shards: 3 },
                "haben nur 2 von 3 Teilen geantwortet,",
                "versuchen Sie es noch einmal, wenn alle laufen",
            ),
            (EngineError::Denied { location: location() }, "verweigert den Zugang;", "prüfen Sie die Zugangsdaten"),
            (
                EngineError::Blocked { location: location(), reason: "disk usage exceeded".into() },
                "nimmt keine Änderungen an: disk usage exceeded.",
                "Schaffen Sie Platz",
            ),
        ] {
            let inner = engine(&error);
            assert!(inner.contains(&format!("Index unter https://suche.example/zeitung {begin}")), "{inner}");
            assert!(inner.contains(step), "{inner}");
            let interrupted = localise(EngineError::Interrupted(Box::new(error)).into(), Lang::De).to_string();
            assert!(interrupted.starts_with(&inner) && interrupted.contains("derselbe Befehl"), "{interrupted}");
        }
    }
}
