//! PDF files: text by pdf-extract, whose panics on broken files stay here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use super::{Extracted, Head, plain};

/// From a PDF to its text, if it can be read.
type Reader = fn(&[u8]) -> Option<String>;

/// How the text of PDFs is found: here, unless the program knows a safer place.
static READER: OnceLock<Reader> = OnceLock::new();

/// Has PDFs read by this, such as a process of its own: what [`pdf_text`] does, done where it can harm nobody.
pub fn read_pdfs_by(reader: Reader) {
    // Said twice, the first counts.
    let _ = READER.set(reader);
}

/// The text of a PDF, if it can be read.
pub fn pdf_text(bytes: &[u8]) -> Option<String> {
    catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem(bytes))).ok()?.ok()
}

/// Reads a PDF; says why if there is nothing to read.
pub fn from_pdf(bytes: &[u8], file_name: &str) -> Result<Extracted, &'static str> {
    if !bytes.starts_with(b"%PDF-") {
        return Err("the file is not a PDF");
    }
    let text = READER.get().map_or_else(|| pdf_text(bytes), |reader| reader(bytes)).ok_or("the PDF cannot be read")?;
    let content = plain::paragraphs(&text);
    if content.is_empty() {
        return Err("the PDF holds no text, only pictures");
    }
    let first = content.lines().next().unwrap_or_default();
    let title = if (4..=120).contains(&first.chars().count()) { first.to_owned() } else { file_name.to_owned() };
    Ok(Extracted { title, content, language: None, head: Head::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest PDF with one line of text; offsets are computed so that the cross-reference table is right.
    pub(crate) fn one_line_pdf(line: &str) -> Vec<u8> {
        let stream = format!("BT /F1 12 Tf 72 700 Td ({line}) Tj ET");
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
            format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        ];
        let mut file = b"%PDF-1.4\n".to_vec();
        let mut offsets = Vec::new();
        for (number, object) in objects.iter().enumerate() {
            offsets.push(file.len());
            file.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
        }
        let table = file.len();
        file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
        for offset in &offsets {
            file.extend(format!("{offset:010} 00000 n \n").bytes());
        }
        file.extend(
            format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", offsets.len() + 1).bytes(),
        );
        file
    }

    #[test]
    fn a_pdf_is_read() {
        let page = from_pdf(&one_line_pdf("The warranty lasts three years."), "warranty.pdf").unwrap();
        assert_eq!(page.content, "The warranty lasts three years.");
    }

    #[test]
    fn garbage_is_refused_with_a_reason_and_without_a_panic() {
        assert!(from_pdf(b"hello", "x.pdf").is_err());
        assert!(from_pdf(b"%PDF-1.7\ngarbage \xff\xfe trailer << /Root 1 0 R >> startxref 5 %%EOF", "x.pdf").is_err());
        let mut broken = one_line_pdf("x");
        for at in (20..broken.len()).step_by(7) {
            broken[at] = broken[at].wrapping_mul(31);
        }
        assert!(from_pdf(&broken, "x.pdf").is_err());
        let whole = one_line_pdf("The warranty lasts three years.");
        for cut in (10..whole.len()).step_by(40) {
            let _ = from_pdf(&whole[..cut], "x.pdf");
        }
    }
}
