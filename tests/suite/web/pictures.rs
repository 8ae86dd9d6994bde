//! The pages that articles were printed on: their pictures, and the words found on them.

use super::{Server, encoded, shared};
use crate::Bench;

const SCAN: &str = "sample-corpus/presse/tageblatt-1995-05-13-seite-3.alto";
const PDF: &str = "sample-corpus/gedruckt/warte-2019-09-14.pdf#page=1:2";

#[test]
fn the_picture_of_a_page_is_its_file_or_is_drawn() {
    let server = shared();
    let source = "sample-corpus/presse/tageblatt-1995-05-13-seite-3.png";
    for (id, kind, file) in
        [(SCAN, "image/png", source), (PDF, "image/png", "sample-corpus/gedruckt/warte-2019-09-14.pdf")]
    {
        let path = format!("/picture/{}/1", encoded(id));
        let answer = server.page(&path);
        let (tag, length) = (answer.header("etag"), std::fs::metadata(file).expect("a file").len());
        assert!(tag.starts_with(&format!("W/\"{length:x}-")), "{id} has the tag of its file: {tag}");
        assert_eq!(server.ask(&path, &[("if-none-match", tag)]).status, 304, "{id}");
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{id}");
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(answer.body.get(1..4), Some(&b"PNG"[..]), "{id}");
    }
    let file = std::fs::read(source).expect("a picture");
    assert_eq!(server.page(&format!("/picture/{}/1", encoded(SCAN))).body, file);
    let without = encoded("sample-corpus/kopiert/waffenhandel-nordkorea.txt");
    for path in [format!("/picture/{}/2", encoded(SCAN)), format!("/picture/{without}/1"), "/picture/x/1".to_owned()] {
        assert_eq!(server.page(&path).status, 404, "{path}");
    }
    assert_eq!(server.page(&format!("/picture/{}/0", encoded(PDF))).status, 404);
}

#[test]
fn words_found_are_marked_where_they_are_printed() {
    let server = shared();
    let page = server.page(&format!("/article/{}?q=Orgel", encoded(SCAN)));
    let page = page.text();
    assert!(page.contains(&format!("src=\"/picture/{}/1\" width=\"1800\" height=\"2600\"", encoded(SCAN))), "{page}");
    // a word in two halves, and one in the caption
    assert_eq!(page.matches("aria-label=\"Orgel\"><rect").count(), 3, "{page}");
    assert_eq!(page.matches("<a href=\"#t1\" aria-label=\"Orgel\">").count(), 2, "{page}");
    assert!(!server.page(&format!("/article/{}", encoded(SCAN))).text().contains("<rect"));
}

#[test]
fn a_picture_of_another_server_is_asked_for_when_the_reader_wants_it() {
    let bench = Bench::new();
    let picture = "https://digi.example/iiif/3/full/full/0/default.jpg";
    let page = format!(
        "<alto><Description><sourceImageInformation><fileName>{picture}</fileName></sourceImageInformation></Description><Layout>\
         <Page WIDTH='100' HEIGHT='200'><PrintSpace><TextBlock><TextLine><String CONTENT='Der' HPOS='1' VPOS='1' WIDTH='9' HEIGHT='5'/>\
         <String CONTENT='Deich' HPOS='12' VPOS='1' WIDTH='20' HEIGHT='5'/><String CONTENT='hält.' HPOS='33' VPOS='1' WIDTH='20' HEIGHT='5'/>\
         </TextLine></TextBlock></PrintSpace></Page></Layout></alto>"
    );
    bench.write("a/1.xml", page);
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let server = Server::start(bench, &[]);
    let (asked, shown) = ("/article/a%2F1.xml?q=Deich", "/article/a%2F1.xml?q=Deich&picture=1");
    let policy = |path: &str| server.page(path).header("content-security-policy").to_owned();
    assert!(!server.page(asked).text().contains("<img") && !policy(asked).contains("digi.example"));
    assert!(server.page(asked).text().contains("href=\"/article/a%2F1.xml?q=Deich&#38;picture=1#sheet-1\""));
    assert!(server.page(shown).text().contains(&format!("src=\"{picture}\"")));
    assert!(policy(shown).contains("img-src 'self' https://digi.example;"), "{}", policy(shown));
    // it is not fetched by this server
    assert_eq!(server.page("/picture/a%2F1.xml/1").status, 404);
}
