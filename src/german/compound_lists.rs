//! Lists of the splitter: what is no part, what stays whole, which adjectives end compounds.

/// Prefixes and particles, which are no first parts, and endings, which are no heads.
pub const NO_MODIFIERS: &[&str] = &[
    "ab", "an", "auf", "aus", "ausser", "bei", "dar", "durch", "ein", "empor", "ent", "fern", "fest", "fort", "frei",
    "gegen", "her", "hin", "hinter", "kon", "miss", "mit", "nach",  "nieder", "ober", "trans", "über", "unter", "ver", "voll",
    "vor", "weg", "wider", "zer", "zu", "zurück",
];
pub const NO_HEADS: &[&str] = &[
    "schaft", "schaften", "heit", "heiten", "keit", "keiten", "tum", "ling", "linge", "isch", "ende", "enden", "endes",
    "ender", "weise", "erweise", "reich", "reiche", "reichen", "zeuge", "zeugen", "ion", "ionen", "tion", "stag",
    "steller", "stellers", "haft", "hafte", "haften", "hafter", "haftes", "sende", "senden", "mal", "fachen", "burger",
    "burgern", "bar", "bare",
];

/// Words that look divisible and are one word to a reader, or whose parts would mislead; with any ending.
pub const WHOLE: &[&str] = &[
    "ausland",
    "dänemark",
    "deutschland",
    "dienstag",
    "donnerstag",
    "england",
    "estland",
    "finnland",
    "freitag",
    "frühling",
    "frühstück",
    "griechenland",
    "fassbinder",
    "grundstück",
    "hagedorn",
    "hardware",
    "hochzeit",
    "inland",
    "irland",
    "jahrhundert",
    "jahrtausend",
    "jahrzehnt",
    "jemand",
    "kombination",
    "kontrolle",
    "lettland",
    "mittwoch",
    "montag",
    "morgenstern",
    "niederland",
    "niemand",
    "nordrhein",
    "österreich",
    "regensburg",
    "richtlinie",
    "ruhestand",
    "russland",
    "saarland",
    "samstag",
    "schottland",
    "software",
    "sonnabend",
    "sonntag",
    "thailand",
    "ungarn",
    "weissrussland",
    "westfalen",
    "zeitraum",
    "zugrunde",
];

/// Adjectives that stand at the end of compounds (munitionshungrig, koalitionsintern).
pub const ADJECTIVE_HEADS: &[&str] = &[
    "abhängig", "ähnlich", "amtlich", "anfällig", "arm", "artig", "bedingt", "bedürftig", "begeistert", "begleitend",
    "berechtigt", "bereit", "betont", "betrieben", "betroffen", "bewusst", "beständig", "bezogen", "breit", "deckend",
    "dicht", "diplomatisch", "durstig", "echt", "ehrlich", "eigen", "empfindlich", "extern", "fähig", "fällig", "feindlich",
    "fertig", "fest", "finanziert", "fördernd", "förmig", "fremd", "freudig", "freundlich", "froh", "gebunden",
    "geführt", "gefährdend", "gefährdet", "gefährlich", "geleitet", "gemäss", "genau", "gerecht", "geschädigt",
    "gestützt", "gesteuert", "gewandt", "gierig", "gläubig", "groß", "gross", "günstig", "haltig", "hart", "hemmend",
    "hoch", "hungrig", "intensiv", "intern", "klar", "kritisch", "krank", "kundig", "lang", "leer", "leitend",
    "lustig", "mässig", "militärisch", "müde", "nah", "neutral", "notwendig", "optimistisch", "orientiert", "pflichtig",
    "politisch", "rechtlich", "reif", "relevant", "rettend", "schädigend", "schädlich", "scheu", "schnell", "schonend",
    "schwach", "selig", "sicher", "spezifisch", "sparend", "stark", "stabil", "steigernd", "strategisch", "süchtig",
    "tauglich", "technisch", "tragend", "trächtig", "treu", "trunken", "tüchtig", "typisch", "unabhängig", "üblich",
    "untypisch", "verbunden", "verdächtig", "verletzt", "verseucht", "verträglich", "wert", "wichtig", "widrig", "willig",
    "wirksam", "wirtschaftlich", "wissenschaftlich", "würdig", "zerstörend", "zugewandt",
];

/// First parts that are no nouns of the lists, but stand before many (Innenminister, Mindestlohn).
pub const OTHER_MODIFIERS: &[&str] = &[
    "agrar", "allein", "anti", "atom", "aussen", "bio", "digital", "einzel", "elektro", "gesamt", "geo", "global", "gross", "haupt", "höchst", "hydro",
    "innen", "inlands", "kolonial", "kommunal", "kurzzeit", "langzeit", "lokal", "makro", "maximal", "mega", "mikro", "mindest", "minimal", "mini", "national",
    "neben", "neuro", "nicht", "öko", "privat", "pseudo", "psycho", "quasi", "regional", "sonder", "sozial", "spezial", "thermo", "turbo",
    "zentral", "zwangs", "zwischen",
];

/// Last parts of names of places and people (Wolfsburg, Ackermann). Before them a short first part makes no compound, unless
/// the lexicon has the word.
pub const NAME_HEADS: &[&str] = &[
    "au", "bach", "bauer", "baum", "beck", "becken", "beil", "bein", "berg", "bergen", "berger", "binder", "bronn",
    "brück", "brücken", "brunn", "buch", "burg", "burger", "damm", "dorf", "dorn", "eck", "eisen", "feld", "felde",
    "felden", "felder", "fels", "felsen", "fischer", "furt", "gebirge", "gitter", "grün", "hafen", "hagen", "hain", "haus",
    "hausen", "heim", "hofer", "hofen", "hof", "holz", "horst", "huber", "kamp", "kirch", "kirchen", "knecht", "korn",
    "land", "lautern", "leben", "linde", "loh", "maier", "mann", "mayer", "meier", "meister", "meyer", "müller",
    "münster", "reiter", "ried", "ringen", "rode", "schalk", "schläger", "scher", "schmidt", "schmied", "see", "sen",
    "stadt", "steig", "steiger", "stein", "stern", "tal", "thal", "vogel", "wald", "walde", "wasser", "weiler",
    "weg", "werth", "wiese", "winter", "zeller",
];
