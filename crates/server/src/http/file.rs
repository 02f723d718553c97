//! Files of conversations, for the staff; always as attachments, never shown inside our own origin.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use desk::file::FileView;
use model::FileId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Asked, Id};
use super::error::{Answer, Problem};
use super::may::{May, ReadConversations};
use super::restricted::Because;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(file))
}

/// A file that was sent in a conversation.
#[utoipa::path(get, path = "/v1/files/{id}", tag = "conversations", params(("id" = String, Path), Because),
    responses((status = 200, description = "The file", content_type = "application/octet-stream")))]
async fn file(
    State(app): State<App>,
    may: May<ReadConversations>,
    Id(id): Id<FileId>,
    Asked(because): Asked<Because>,
) -> Answer<Response> {
    let file = app.desk.file(may.organisation(), id, None).await?;
    let leave = app.desk.let_to(because.reader(&may.actor)?, file.conversation).await?;
    app.desk.looks_at((&may.actor, leave), "file.open", "file", &id.to_string()).await?;
    attachment(file)
}

/// The file as a download that no cache keeps and no browser executes.
pub fn attachment(file: FileView) -> Answer<Response> {
    let disposition = format!("attachment; filename*=UTF-8''{}", percent(file.name.expose()));
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| Problem::broken("a header of a file"));
    let headers = [
        (header::CONTENT_TYPE, value(&file.mime)?),
        (header::CONTENT_DISPOSITION, value(&disposition)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    Ok((headers, file.content).into_response())
}

/// RFC 8187: everything but the safest characters is percent-encoded.
fn percent(name: &str) -> String {
    let one = |byte: &u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(*byte).to_string(),
        other => format!("%{other:02X}"),
    };
    name.as_bytes().iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(percent("a\"b\r\nX: ü.pdf"), "a%22b%0D%0AX%3A%20%C3%BC.pdf");
    }
}
