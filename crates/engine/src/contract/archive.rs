//! A small archive of our own prose, made so that every operator matches some of its articles and not others.

use findbuch_article::{Article, Date, DateFrom, Dated, Part, PartKind};
use jiff::civil::date;

fn article(id: &str, path: &str, day: Option<[i16; 3]>, parts: &[(PartKind, &str)]) -> Article {
    let value = |[year, month, day]: [i16; 3]| Date::day(date(year, month as i8, day as i8));
    Article {
        id: id.to_owned(),
        path: path.to_owned(),
        date: day.map(|day| Dated { value: value(day), from: DateFrom::Metadata }),
        parts: parts.iter().map(|(kind, text)| Part::new(*kind, *text)).collect(),
        ..Article::default()
    }
}

/// An agency's report, which two papers print.
const STORM: &str = "Ein Sturm hat in der Nacht zum Montag an der Küste mehr als zwanzig Dächer abgedeckt und den Zugverkehr bis zum \
                     Mittag lahmgelegt, wie die Feuerwehr in Mehlau mitteilte. Verletzt wurde niemand. Am Deich blieben kleine Schäden, \
                     die noch in dieser Woche geschlossen werden sollen.";

/// The articles, by their ids.
#[expect(clippy::too_many_lines, reason = "articles are data, each read by itself")]
pub fn archive() -> Vec<Article> {
    use PartKind::{Boilerplate, Caption, Crosshead, Headline, Kicker, Lead, Paragraph, PullQuote, Subhead};
    let text = str::to_owned;
    let quoted = |kind, words: &str, by: &str| Part { attribution: Some(text(by)), ..Part::new(kind, words) };
    let mut hafen = article(
        "hafen",
        "/archiv/bote/hafen.txt",
        Some([2023, 3, 14]),
        &[
            (Kicker, "Wirtschaft am Wasser"),
            (Headline, "Der Hafen bekommt neue Kräne"),
            (Lead, "Drei Kräne kommen im Mai nach Norderfehn."),
            (Paragraph, "Die Lieferung der Kräne dauert drei Tage. Der Hafenmeister wartet seit Jahren darauf."),
            (Crosshead, "Was der Kran kostet"),
            (Paragraph, "Ein Kran kostet so viel wie zwölf Häuser. Bisher stand am Kai nur ein alter Kran."),
            (Boilerplate, "Jetzt die Zeitung abonnieren"),
        ],
    );
    hafen.parts.push(quoted(Caption, "Blick auf den Kai", "Foto: Jan Ott"));
    hafen.source = Some(text("Der Bote"));
    hafen.section = Some(text("Wirtschaft"));
    hafen.authors = vec![text("Ute Krahn")];
    hafen.tags = vec![text("Schifffahrt"), text("Norderfehn")];

    let mut kran = article(
        "kran",
        "/archiv/bote/kran.txt",
        Some([2023, 5, 2]),
        &[
            (Headline, "Kranlieferung verspätet sich"),
            (Subhead, "Ein Schiff liegt fest"),
            (Paragraph, "Die Kranlieferung kommt erst im Juni. Ein Sturm hält das Schiff vor der Küste auf."),
        ],
    );
    kran.source = Some(text("Der Bote"));
    kran.section = Some(text("Wirtschaft"));
    kran.agency = Some(text("nda"));
    kran.url = Some(text("https://bote.example/2023/kran"));

    let mut orgel = article(
        "orgel",
        "/archiv/waage/orgel.txt",
        Some([2022, 12, 24]),
        &[
            (Headline, "Die alte Orgel klingt wieder"),
            (Paragraph, "Zwei Jahre lang war die Orgel stumm. Nun klingt sie, und die Kirche ist voll."),
            (Paragraph, "Gebaut hat sie ein Meister aus Mehlau."),
        ],
    );
    orgel.parts.push(quoted(PullQuote, "Sie klingt wie früher", "Organistin Ilse Brandt"));
    orgel.source = Some(text("Neue Waage"));
    orgel.section = Some(text("Kultur"));
    orgel.authors = vec![text("Jan Ott"), text("Ilse Brandt")];

    let mut kirche = article(
        "kirche",
        "/archiv/waage/kirche.txt",
        Some([2023, 1, 10]),
        &[
            (Headline, "Spenden für Kirchenorgeln"),
            (Paragraph, "Für die Kirchenorgel in Mehlau fehlen noch Spenden. Ein Konzert der Organistin soll helfen."),
        ],
    );
    kirche.source = Some(text("Neue Waage"));
    kirche.section = Some(text("Kultur"));
    kirche.agency = Some(text("nda"));

    let mut boot = article(
        "https://tagblatt.example/boot",
        "/archiv/tagblatt/boot.html",
        Some([2021, 7, 1]),
        &[
            (Headline, "Das U-Boot im Museum"),
            (Paragraph, "Wer das Uboot sehen will, zahlt vier Euro. Zwei U-Boote liegen noch im Hafen von Mehlau."),
        ],
    );
    boot.source = Some(text("Tagblatt"));

    let mut kim = article(
        "kim",
        "/archiv/waage/2023/kim.txt",
        Some([2023, 9, 13]),
        &[
            (Headline, "Kim Jong Un reist nach Osten"),
            (Paragraph, "Kim Jong Un kam mit dem Zug. Von Waffen sprach er nicht. Selenskyj blieb in Kiew."),
        ],
    );
    kim.source = Some(text("Neue Waage"));
    kim.section = Some(text("Ausland"));

    let mut rede = article(
        "rede",
        "/archiv/bote/2023/rede.txt",
        Some([2023, 9, 14]),
        &[
            (Headline, "Rede am Abend"),
            (
                Paragraph,
                "Zelensky sprach am Abend über die Waffe, die fehlt. Kim nannte er nicht, auch nicht Jong und Un.",
            ),
        ],
    );
    rede.source = Some(text("Der Bote"));
    rede.section = Some(text("Ausland"));
    rede.authors = vec![text("Ute Krahn")];

    let mut waffen = article(
        "waffen",
        "/archiv/bote/2023/waffen.txt",
        Some([2023, 9, 20]),
        &[
            (Headline, "Eine Lieferung von Waffen"),
            (Paragraph, "Die Lieferung von Waffen beginnt. Waffen- und Munitionslieferungen kosten viel."),
            (Paragraph, "Die Waffen lagen lange im Lager. Die Lieferanten schweigen."),
        ],
    );
    waffen.source = Some(text("Der Bote"));
    waffen.section = Some(text("Ausland"));

    let mut munition = article(
        "munition",
        "/archiv/tagblatt/munition.txt",
        Some([2023, 9, 21]),
        &[
            (Headline, "Munition wird knapp"),
            (Paragraph, "Munition fehlt. Im Munitionslager liegt wenig Munition, und teuer ist sie geworden."),
        ],
    );
    munition.source = Some(text("Tagblatt"));
    munition.section = Some(text("Ausland"));

    // no date, no source
    let gedicht = article(
        "gedicht",
        "/archiv/gedicht.txt",
        None,
        &[(Headline, "Der Gang ins Tal"), (Paragraph, "Sie ging ins Tal. Zwei gingen mit. Der Apfel fiel ins Gras.")],
    );

    let mut mueller = article(
        "mueller",
        "/archiv/waage/mueller.txt",
        Some([1999, 5, 5]),
        &[
            (Headline, "Müllers Mühle"),
            (Paragraph, "Mueller und Müller, zwei Familien, eine Mühle. Der Weg ins Tal ist weit."),
        ],
    );
    mueller.source = Some(text("Neue Waage"));

    let reprint = |id: &str, path: &str, day, source: &str, more: &str| {
        let mut storm =
            article(id, path, day, &[(Headline, "Sturm deckt Dächer ab"), (Paragraph, STORM), (Paragraph, more)]);
        storm.source = Some(text(source));
        storm.agency = Some(text("nda"));
        storm
    };
    let sturm = reprint("sturm", "/archiv/tagblatt/sturm.txt", Some([2024, 1, 8]), "Tagblatt", "Mehr folgt.");
    let sturm_bote =
        reprint("sturm-bote", "/archiv/bote/sturm.txt", Some([2024, 1, 9]), "Der Bote", "Wir berichten weiter.");

    vec![hafen, kran, orgel, kirche, boot, kim, rede, waffen, munition, gedicht, mueller, sturm, sturm_bote]
}

/// What an article of the archive is called in tables: the last part of its id.
pub fn name(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}
