//! Files of visitors: what is accepted, what is taken out of it, and who may have it.

use reqwest::Method;
use serde_json::json;

use crate::guest::{Shop, Visitor};
use crate::house::{on_each_engine, on_each_engine_with};

/// What no downloaded file may contain: a place, a name, a camera.
const TRACE: &[u8] = b"Ana Duarte, 52.5N 13.4E";

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn jpeg() -> Vec<u8> {
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker][..], &length, content].concat()
    };
    let exif = [b"Exif\0\0", TRACE].concat();
    let mut bytes = vec![0xff, 0xd8];
    for (marker, content) in
        [(0xe0, &b"JFIF\0"[..]), (0xe1, &exif), (0xed, TRACE), (0xfe, TRACE), (0xdb, b"table"), (0xda, b"scan")]
    {
        bytes.extend(segment(marker, content));
    }
    bytes.extend(b"picture\xff\xd9");
    // Telephones hang whole films with their place behind the picture.
    bytes.extend(TRACE);
    bytes
}

fn png() -> Vec<u8> {
    let chunk = |kind: &[u8], content: &[u8]| {
        let named = [kind, content].concat();
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [&length[..], &named, &crc(&named).to_be_bytes()].concat()
    };
    let text = [b"Author\0", TRACE].concat();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [
        (b"IHDR", &b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"[..]),
        (b"tEXt", &text),
        (b"eXIf", TRACE),
        (b"IDAT", b"picture"),
        (b"IEND", b""),
    ] {
        bytes.extend(chunk(kind, content));
    }
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    let one = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    };
    !bytes.iter().fold(u32::MAX, one)
}

fn pdf() -> Vec<u8> {
    let trace = String::from_utf8_lossy(TRACE);
    let stream = |words: &str| {
        format!("<< /Type /Metadata /Subtype /XML /Length {} >>\nstream\n{words}\nendstream", words.len())
    };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Metadata 6 0 R /PieceInfo << /Maker ({trace}) >> >>"
        ),
        format!("<< /Author ({trace}) /Producer (picture) >>"),
        stream(&trace),
        stream(&trace),
    ];
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let begin = bytes.len();
    let size = objects.len() + 1;
    bytes.extend(
        format!(
            "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{begin}\n%%EOF\n"
        )
        .bytes(),
    );
    bytes
}

async fn download(visitor: &Visitor, id: &str) -> (reqwest::header::HeaderMap, Vec<u8>) {
    let reply = visitor.request(Method::GET, &format!("/v1/visitor/files/{id}")).send().await.unwrap();
    assert_eq!(reply.status(), 200);
    (reply.headers().clone(), reply.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn pictures_and_documents_arrive_without_what_they_say_about_their_maker() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        let visitor = shop.visitor().await;
        let stranger = shop.visitor().await;
        let text = b"a plain list\n".to_vec();
        let sent = [
            ("a.jpg", "image/jpeg", jpeg()),
            ("b.png", "image/png", png()),
            ("c.pdf", "application/pdf", pdf()),
            ("d.txt", "text/plain", text),
        ];
        for (name, mime, content) in sent {
            let marked = has(&content, TRACE);
            assert_eq!(marked, name != "d.txt");
            let reply = visitor.send_file(name, &format!("../{name}"), &content).await;
            assert_eq!(reply.status, 201, "{name}: {}", reply.text);
            let file = reply.json()["file"].clone();
            assert_eq!((&file["name"], &file["mime"]), (&json!(name), &json!(mime)));
            let id = file["id"].as_str().unwrap();
            let (headers, kept) = download(&visitor, id).await;
            assert_eq!(kept.len() as i64, file["bytes"].as_i64().unwrap());
            assert!(!has(&kept, TRACE), "{name} still tells");
            assert!(name == "c.pdf" || name == "d.txt" || has(&kept, b"picture"), "{name} is still a picture");
            assert_eq!(headers["content-type"], mime);
            assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
            assert_eq!(headers["x-content-type-options"], "nosniff");
            let again = visitor.send_file(name, name, &content).await;
            assert_eq!((again.status.as_u16(), again.json()["file"]["id"].as_str()), (200, Some(id)));
            let foreign = stranger.get(&format!("/v1/visitor/files/{id}")).await;
            assert_eq!((foreign.status.as_u16(), foreign.code().as_str()), (404, "not_found"));
            assert_eq!(shop.owner.get(&format!("/v1/files/{id}")).await.status, 200, "the staff may");
        }
        shop.idle().await;
        shop.house
    })
    .await;
}

#[tokio::test]
async fn other_kinds_of_files_and_forms_are_refused_and_nothing_is_said() {
    on_each_engine_with(
        |config| config.limits.messages = 1_000,
        async |house| {
            let shop = Shop::open(house).await;
            let visitor = shop.visitor().await;
            let large = vec![b'a'; 10 * 1024 * 1024 + 1];
            let huge = vec![b'a'; 11 * 1024 * 1024];
            let long_id = "x".repeat(65);
            let cases: [(&str, &[u8], u16, &str); 10] = [
                ("exe", b"MZ\x90\0\x03", 415, "unsupported_type"),
                ("zip", b"PK\x03\x04", 415, "unsupported_type"),
                ("svg", b"<svg\0>", 415, "unsupported_type"),
                ("none", b"", 415, "unsupported_type"),
                ("broken-png", b"\x89PNG\r\n\x1a\nrubbish", 415, "unsupported_type"),
                ("broken-pdf", b"%PDF-1.7 rubbish", 415, "unsupported_type"),
                ("large", &large, 413, "too_large"),
                ("huge", &huge, 413, "too_large"),
                (&long_id, b"hello", 400, "invalid"),
                ("%00", b"hello", 400, "invalid"),
            ];
            for (client_id, content, status, code) in cases {
                let reply = visitor.send_file(client_id, "invoice.png", content).await;
                assert_eq!(
                    (reply.status.as_u16(), reply.code().as_str()),
                    (status, code),
                    "{client_id}: {}",
                    reply.text
                );
                crate::visitor_bad_input::is_one_sentence(&reply);
            }
            let forms: [(&str, &str, &[u8], u16); 5] = [
                ("?client_id=x", "application/json", b"{}", 400),
                ("?client_id=x", "multipart/form-data", b"--line--", 400),
                ("?client_id=x", "multipart/form-data; boundary=line", b"--line--\r\n", 400),
                (
                    "?client_id=x",
                    "multipart/form-data; boundary=line",
                    b"--line\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ncut",
                    400,
                ),
                ("", "multipart/form-data; boundary=line", b"--line--\r\n", 400),
            ];
            for (query, kind, body, status) in forms {
                let request =
                    visitor.request(Method::POST, &format!("/v1/visitor/files{query}")).header("content-type", kind);
                let reply = crate::guest::fetch(request.body(body.to_vec())).await;
                assert_eq!(
                    (reply.status.as_u16(), reply.code().as_str()),
                    (status, "invalid"),
                    "{kind} {query}: {}",
                    reply.text
                );
                crate::visitor_bad_input::is_one_sentence(&reply);
            }
            assert_eq!(visitor.conversation().await["messages"], json!([]), "nothing was written");
            shop.house
        },
    )
    .await;
}
