//! What the pages of a search keep and show of it, on whatever page it goes on.

use super::{encoded, shared};

#[cfg(feature = "html")]
#[test]
fn headlines_show_what_fulfils_an_operator() {
    let server = shared();
    let query = encoded("titel:(Kim NEAR/5 Putin)");
    let page = server.page(&format!("/?q={query}"));
    let headline = page.text().split("<h3>").nth(1).and_then(|rest| rest.split("</h3>").next()).expect("a hit");
    assert!(headline.contains("<mark>Putin</mark>"), "{headline}");
    let at = headline.find("/article/").expect("an article");
    let href = headline.get(at..).and_then(|rest| rest.split('"').next()).expect("its address").replace("&amp;", "&");
    let article = server.page(&href);
    assert!(article.text().contains(">Putin</mark>"), "the article shows it too");
}

#[test]
fn every_page_of_a_search_tells_what_is_switched_off() {
    let server = shared();
    let switched = "q=Waffe&section=Wirtschaft&without=Waffenstillstand&compounds=0";
    for path in ["/", "/kwic"] {
        let page = server.page(&format!("{path}?{switched}"));
        let chips =
            page.text().split("class=\"chips\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("chips");
        assert_eq!(page.text().contains("im ganzen Archiv"), path == "/", "{path}: numbers beside a narrowed search");
        for told in ["ohne Waffenstillstand", "Wirtschaft", "ohne Zusammensetzungen"] {
            assert!(chips.contains(told), "{path}: {told} in {chips}");
        }
        assert!(chips.contains(&format!("href=\"{path}?q=Waffe")), "{path}: {chips}");
    }
    let trend = server.page(&format!("/trend?{switched}&q=Munition"));
    for told in ["ohne Waffenstillstand", "Ressort: Wirtschaft"] {
        assert!(trend.text().contains(told), "{told}");
    }
    let form = trend.text().split("<form action=\"/trend\"").nth(1).and_then(|rest| rest.split("</form>").next());
    let form = form.expect("the form");
    for (name, value) in [("without", "Waffenstillstand"), ("section", "Wirtschaft"), ("compounds", "0")] {
        assert!(form.contains(&format!("name=\"{name}\" value=\"{value}\"")), "{name} in {form}");
    }
}

#[test]
fn where_all_is_switched_off_the_way_back_is_shown() {
    let server = shared();
    let page = server.page("/?q=Weltkriegsmunition&without=Weltkriegsmunition");
    assert!(page.text().contains("Ausgeschaltet: Weltkriegsmunition."), "{}", page.text());
    assert!(page.text().contains("href=\"/?q=Weltkriegsmunition\">alle wieder einschalten"), "{}", page.text());
    assert!(!page.text().contains("steht in keinem Artikel"), "it stands in one");
    // what is given twice or too often is told once
    let many: Vec<String> = (0..40).map(|number| format!("&without=W{number}&without=W{number}")).collect();
    let page = server.page(&format!("/?q=Munition{}", many.concat()));
    assert_eq!((page.status, page.text().matches("class=\"notice\"").count()), (200, 1));
    assert_eq!(page.text().matches("ohne W7 ").count(), 1);
}

#[test]
fn shares_of_a_narrowed_trend_are_of_what_it_is_narrowed_to() {
    let server = shared();
    let whole = server.get("/api/v1/search?source=Die+Warte").json()["total"].as_u64().expect("a number");
    let sum = |path: &str| -> u64 {
        let answer = server.get(path);
        let mut rows = csv::Reader::from_reader(answer.text().as_bytes());
        let at = rows.headers().expect("a head").iter().position(|name| name == "all").expect("all articles");
        rows.records().map(|row| row.expect("a row")[at].parse::<u64>().expect("a number")).sum()
    };
    let narrowed = sum("/trend.csv?q=Stadt&by=year&source=Die+Warte");
    assert!(narrowed > 0 && narrowed <= whole && whole < sum("/trend.csv?q=Stadt&by=year"), "{narrowed} of {whole}");
}

#[test]
fn a_query_without_a_letter_is_told_why_it_finds_nothing() {
    let page = shared().page("/?q=***");
    assert!(page.text().contains("„***“ hat keinen Buchstaben und keine Ziffer"), "{}", page.text());
}
