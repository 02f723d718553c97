//! Sitemaps (sitemaps.org): lists of addresses, lists of lists, plain or packed. Bounded in number, depth and bytes.

use std::collections::{HashSet, VecDeque};
use std::io::Read;

use outside::door::{Door, FetchRequest};
use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

use crate::links::same_site;

/// The protocol allows 50 MiB unpacked.
const LARGEST: usize = 50 * 1024 * 1024;
/// No website needs more lists than this.
const MOST_LISTS: usize = 50;

/// What one list holds.
#[derive(Default)]
struct Listed {
    pages: Vec<Url>,
    lists: Vec<Url>,
}

/// The addresses in the site's sitemaps, at most `most`.
pub(super) async fn addresses(door: &Door, start: &Url, named: Vec<Url>, most: usize) -> Vec<Url> {
    let mut waiting: VecDeque<Url> = named.into();
    waiting.extend(start.join("/sitemap.xml").ok());
    let mut seen: HashSet<Url> = HashSet::new();
    let mut pages = Vec::new();
    while let Some(list) = waiting.pop_front() {
        if pages.len() >= most || seen.len() >= MOST_LISTS {
            break;
        }
        if !same_site(&list, start) || !seen.insert(list.clone()) {
            continue;
        }
        let Ok(fetched) =
            door.fetch(FetchRequest { max_bytes: LARGEST, stay_on_host: true, ..FetchRequest::new(list) }).await
        else {
            continue;
        };
        if !(200..300).contains(&fetched.status) {
            continue;
        }
        let body = fetched.body;
        let left = most - pages.len();
        let listed = tokio::task::spawn_blocking(move || read(&unpacked(&body), left)).await.unwrap_or_default();
        pages.extend(listed.pages);
        waiting.extend(listed.lists);
    }
    pages
}

/// Unpacks gzip, no farther than the limit.
fn unpacked(body: &[u8]) -> Vec<u8> {
    if !body.starts_with(&[0x1f, 0x8b]) {
        return body.to_vec();
    }
    let mut plain = Vec::new();
    let _ = flate2::read::MultiGzDecoder::new(body).take(LARGEST as u64).read_to_end(&mut plain);
    plain
}

fn read(body: &[u8], most: usize) -> Listed {
    let start = body.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    if !body.get(start..).unwrap_or_default().starts_with(b"<") && !body.starts_with(b"\xef\xbb\xbf<") {
        // The protocol also knows a plain list, one address a line.
        let lines = String::from_utf8_lossy(body);
        let pages = lines.lines().filter_map(|line| address(line.trim())).take(most).collect();
        return Listed { pages, lists: Vec::new() };
    }
    let body = String::from_utf8_lossy(body);
    let mut reader = Reader::from_str(body.trim_start_matches('\u{feff}'));
    let (mut listed, mut inside, mut of_list, mut text) = (Listed::default(), false, false, String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "sitemap" => of_list = true,
                "url" => of_list = false,
                "loc" => {
                    inside = true;
                    text.clear();
                }
                _ => {}
            },
            Ok(Event::Text(piece)) if inside => text.push_str(&piece),
            Ok(Event::CData(piece)) if inside => text.push_str(&piece),
            // Within an address only the ampersand needs its name.
            Ok(Event::GeneralRef(name)) if inside => text.push_str(if &*name == "amp" { "&" } else { "" }),
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "loc" => {
                inside = false;
                let list = if of_list { &mut listed.lists } else { &mut listed.pages };
                list.extend(address(text.trim()));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        if listed.pages.len() >= most || listed.lists.len() >= MOST_LISTS || text.len() > 4_000 {
            break;
        }
    }
    listed
}

fn address(text: &str) -> Option<Url> {
    (text.len() <= 2_000)
        .then(|| Url::parse(text).ok())
        .flatten()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const LIST: &str = r#"<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="x">
        <url><loc> https://s.example/a?x=1&amp;y=2 </loc><image:loc2>https://no.example/</image:loc2></url>
        <url><loc><![CDATA[https://s.example/b]]></loc></url><url><loc>ftp://s.example/c</loc></url></urlset>"#;

    #[test]
    fn lists_and_lists_of_lists_are_read() {
        let listed = read(LIST.as_bytes(), 10);
        assert_eq!(
            listed.pages.iter().map(Url::as_str).collect::<Vec<_>>(),
            ["https://s.example/a?x=1&y=2", "https://s.example/b"]
        );
        let index = read(b"<sitemapindex><sitemap><loc>https://s.example/1.xml</loc></sitemap></sitemapindex>", 10);
        assert_eq!((index.pages.len(), index.lists.len()), (0, 1));
        assert_eq!(read(b"https://s.example/a\nhttps://s.example/b\nnoise", 10).pages.len(), 2);
        assert_eq!(read(LIST.as_bytes(), 1).pages.len(), 1);
    }

    #[test]
    fn packed_broken_and_endless_lists_end() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(LIST.as_bytes()).unwrap();
        assert_eq!(read(&unpacked(&packer.finish().unwrap()), 10).pages.len(), 2);
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..120 {
            bomb.write_all(&vec![b' '; 1024 * 1024]).unwrap();
        }
        assert_eq!(unpacked(&bomb.finish().unwrap()).len(), LARGEST);
        for noise in [
            &b"<urlset><url><loc>https://s.example/a</loc>"[..],
            b"<a><b></a>",
            b"<!DOCTYPE x [<!ENTITY a \"&a;&a;\">]><x>&a;</x>",
            b"\xff\xfe<",
        ] {
            assert!(read(noise, 10).pages.len() <= 1);
        }
        assert!(unpacked(&[0x1f, 0x8b, 0, 0]).is_empty());
    }
}
