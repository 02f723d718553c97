//! Files a visitor sends: a closed list of types recognised by their bytes, without the metadata cameras and programs leave in them.

use std::sync::OnceLock;

use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{ImageEXIF, ImageICC};
use model::{ConversationId, FileId, Kind, MessageId, OrganisationId, PersonId, Refusal};
use store::Fence;
use store::file::{self as rows, FileRow, NewFile};
use vault::{Personal, Place};

use crate::body::{Attachment, Body};
use crate::message::Said;
use crate::visitor::VisitorSession;
use crate::{Deed, Desk};

/// The largest file, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// The media types that are accepted.
pub const TYPES: [&str; 5] = ["image/jpeg", "image/png", "image/webp", "application/pdf", "text/plain"];

/// A file with its content. Has no `Debug`.
pub struct FileView {
    /// Its name.
    pub name: Personal,
    /// Its media type.
    pub mime: String,
    /// Its content.
    pub content: Vec<u8>,
    /// Where it was sent.
    pub conversation: ConversationId,
    /// Whose it is.
    pub person: PersonId,
}

impl Desk {
    /// The visitor sends a file; it is accepted with its message or not at all.
    pub async fn visitor_sends_file(
        &self,
        session: &VisitorSession,
        client_id: String,
        name: &str,
        content: Vec<u8>,
    ) -> Deed<Said> {
        if content.len() > LARGEST {
            return Err(Refusal::new(Kind::TooLarge, "The file is larger than 10 MB.").into());
        }
        let (mime, content) = tokio::task::spawn_blocking(move || clean(content))
            .await
            .map_err(|_| Refusal::new(Kind::UnsupportedType, "The file could not be read."))??;
        let id = FileId::new(&self.world);
        let row = id.to_string();
        let name = clean_name(name);
        let organisation = session.organisation;
        let key = self.keyring.subject(organisation, &session.person.to_string()).await?;
        let bytes = i64::try_from(content.len()).unwrap_or(i64::MAX);
        let file = FileRow {
            id,
            conversation: session.conversation,
            person: session.person,
            name: key.seal(&place(organisation, "name_sealed", &row), &name)?,
            mime: mime.to_owned(),
            bytes,
            content: key.seal_bytes(&place(organisation, "content_sealed", &row), &content)?,
        };
        let attachment = Attachment { id, name, mime: mime.to_owned(), bytes };
        let body = Body { file: Some(attachment), ..Body::default() };
        let message = MessageId::new(&self.world);
        let insert = rows::insert(organisation, NewFile { file, message, at: self.world.now() });
        self.visitor_sends(session, message, (client_id, body), vec![insert]).await
    }

    /// A file of this person, or of anyone in the organisation for its staff (`person` is `None`).
    pub async fn file(&self, organisation: OrganisationId, id: FileId, person: Option<PersonId>) -> Deed<FileView> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
        let file = FileRow::from_row(&row.ok_or_else(Refusal::not_found)?)?;
        if person.is_some_and(|person| person != file.person) {
            return Err(Refusal::not_found().into());
        }
        let key = self.keyring.subject(organisation, &file.person.to_string()).await?;
        let row = id.to_string();
        Ok(FileView {
            name: key.open(&place(organisation, "name_sealed", &row), &file.name)?,
            mime: file.mime,
            content: key.open_bytes(&place(organisation, "content_sealed", &row), &file.content)?,
            conversation: file.conversation,
            person: file.person,
        })
    }
}

fn place<'a>(organisation: OrganisationId, column: &'static str, row: &'a str) -> Place<'a> {
    Place { organisation, table: "file", column, row }
}

/// A name that is only a name: no folders, no control or direction characters, at most 120 characters.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let direction = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let name: String = last.chars().filter(|c| !c.is_control() && !direction(*c)).take(120).collect();
    if name.trim().is_empty() { "file".to_owned() } else { name.trim().to_owned() }
}

/// Recognises the type by the bytes and takes out what the picture or document says about its maker.
fn clean(content: Vec<u8>) -> Result<(&'static str, Vec<u8>), Refusal> {
    let refused =
        || Refusal::new(Kind::UnsupportedType, "Only JPEG, PNG, WebP, PDF and plain text files are accepted.");
    let damaged = || Refusal::new(Kind::UnsupportedType, "The file is damaged and could not be read.");
    match content.as_slice() {
        [0xff, 0xd8, 0xff, ..] => clean_jpeg(&content).map(|bytes| ("image/jpeg", bytes)).ok_or_else(damaged),
        [0x89, b'P', b'N', b'G', ..] => clean_png(content).map(|bytes| ("image/png", bytes)).ok_or_else(damaged),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            clean_webp(content).map(|bytes| ("image/webp", bytes)).ok_or_else(damaged)
        }
        [b'%', b'P', b'D', b'F', ..] => clean_pdf(&content).map(|bytes| ("application/pdf", bytes)).ok_or_else(damaged),
        bytes if !bytes.is_empty() && is_text(bytes) => Ok(("text/plain", content)),
        _ => Err(refused()),
    }
}

fn is_text(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes)
        .is_ok_and(|text| !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')))
}

/// Keeps JFIF (APP0) and Adobe colour (APP14) segments; every other application segment and comment goes.
fn clean_jpeg(content: &[u8]) -> Option<Vec<u8>> {
    let mut kept = content.get(..2)?.to_vec();
    let mut at = 2;
    loop {
        let [0xff, marker] = *content.get(at..at + 2)? else { return None };
        let begin = at;
        at += 2;
        match marker {
            // What hangs behind the end of the picture goes: telephones put whole films with their place there.
            0xd9 => {
                kept.extend([0xff, 0xd9]);
                return Some(kept);
            }
            // Fill before a marker.
            0xff => {
                at -= 1;
                continue;
            }
            0x01 | 0xd0..=0xd7 => {}
            _ => at += usize::from(u16::from_be_bytes(content.get(at..at + 2)?.try_into().ok()?)).max(2),
        }
        if marker == 0xda {
            at = end_of_scan(content, at)?;
        }
        if !matches!(marker, 0xe1..=0xed | 0xef | 0xfe) {
            kept.extend_from_slice(content.get(begin..at)?);
        }
    }
}

/// Where the picture's own bits end: at the next marker that is no restart and no stuffed zero.
fn end_of_scan(content: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match content.get(at..at + 2)? {
            [0xff, 0x00 | 0xd0..=0xd7] => at += 2,
            [0xff, marker] if *marker != 0xff => return Some(at),
            _ => at += 1,
        }
    }
}

/// Keeps the chunks that make the picture; text, time, EXIF and private chunks go.
fn clean_png(content: Vec<u8>) -> Option<Vec<u8>> {
    const PICTURE: [&[u8; 4]; 11] =
        [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"acTL", b"fcTL", b"fdAT"];
    let mut png = Png::from_bytes(content.into()).ok()?;
    png.chunks_mut().retain(|chunk| PICTURE.contains(&&chunk.kind()));
    Some(png.encoder().bytes().to_vec())
}

fn clean_webp(content: Vec<u8>) -> Option<Vec<u8>> {
    let mut webp = WebP::from_bytes(content.into()).ok()?;
    webp.set_exif(None);
    webp.set_icc_profile(None);
    webp.remove_chunks_by_id(*b"XMP ");
    Some(webp.encoder().bytes().to_vec())
}

/// From a PDF to what may be kept of it, if it can be read.
type Cleaner = fn(&[u8]) -> Option<Vec<u8>>;

/// How PDFs are cleaned: here, unless the program knows a safer place.
static CLEANER: OnceLock<Cleaner> = OnceLock::new();

/// Has PDFs cleaned by this, such as a process of its own: what [`cleaned_pdf`] does, done where it can harm nobody.
pub fn clean_pdfs_by(cleaner: Cleaner) {
    // Said twice, the first counts.
    let _ = CLEANER.set(cleaner);
}

fn clean_pdf(content: &[u8]) -> Option<Vec<u8>> {
    CLEANER.get().map_or_else(|| cleaned_pdf(content), |cleaner| cleaner(content))
}

/// Takes out the document information and every XMP metadata stream; a document that cannot be read is refused.
pub fn cleaned_pdf(content: &[u8]) -> Option<Vec<u8>> {
    let mut document = lopdf::Document::load_mem(content).ok()?;
    if document.is_encrypted() {
        return None;
    }
    document.trailer.remove(b"Info");
    for object in document.objects.values_mut() {
        let dictionary = match object {
            lopdf::Object::Dictionary(dictionary) => dictionary,
            lopdf::Object::Stream(stream) => &mut stream.dict,
            _ => continue,
        };
        // Pages and pictures may carry metadata of their own, and what programs remember about them.
        for told in [&b"Metadata"[..], b"PieceInfo", b"LastModified"] {
            dictionary.remove(told);
        }
    }
    document.prune_objects();
    let mut cleaned = Vec::new();
    document.save_to(&mut cleaned).ok()?;
    Some(cleaned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use img_parts::jpeg::JpegSegment;

    #[test]
    fn a_photograph_loses_what_the_camera_wrote_and_keeps_the_picture() {
        let mut bytes = vec![0xff, 0xd8];
        for (marker, content) in
            [(0xe0, &b"JFIF\0"[..]), (0xe1, b"Exif\0\0GPS 52.5"), (0xfe, b"by Ana"), (0xdb, b"table")]
        {
            bytes.extend(JpegSegment::new_with_contents(marker, content.to_vec().into()).encoder().bytes());
        }
        bytes.extend(b"\xff\xda\0\x02bits\xff\0bits\xff\xd0bits\xff\xfe\0\x05Ana\xff\xd9Ana's film");
        let (mime, cleaned) = clean(bytes).unwrap();
        let has = |needle: &[u8]| cleaned.windows(needle.len()).any(|window| window == needle);
        assert_eq!(mime, "image/jpeg");
        assert!(has(b"JFIF") && has(b"table") && has(b"bits\xff\0bits\xff\xd0bits") && cleaned.ends_with(b"\xff\xd9"));
        assert!(!has(b"GPS") && !has(b"Ana"), "location and author are gone");
    }

    #[test]
    fn only_the_listed_types_pass_whatever_the_name_says() {
        assert_eq!(clean(b"hello\nthere".to_vec()).unwrap().0, "text/plain");
        for refused in [&b"MZ\x90\0"[..], b"PK\x03\x04", b"", b"\x00\x01", b"\xff\xfe\x00", b"%PDF-garbage"] {
            assert!(clean(refused.to_vec()).is_err(), "{refused:?} is refused");
        }
    }

    #[test]
    fn a_name_cannot_climb_folders_or_turn_around() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("invoice\u{202e}fdp.exe"), "invoicefdp.exe");
        assert_eq!(clean_name("\u{0000}"), "file");
    }
}
