//! The console's cookie: out of reach for scripts, sent to nobody but us, and only from our own pages.

use axum_extra::extract::cookie::{Cookie, SameSite};
use desk::sign_in::LONGEST;

use super::may::COOKIE;
use crate::state::App;

/// The cookie that carries this token.
pub fn session(app: &App, token: String) -> Cookie<'static> {
    // Written as text: the length of time is of a crate we do not need otherwise.
    let text = format!("{COOKIE}={token}; Max-Age={}", LONGEST.as_secs());
    match Cookie::parse(text) {
        Ok(cookie) => guarded(app, cookie),
        Err(_) => guarded(app, Cookie::new(COOKIE, token)),
    }
}

/// The cookie that removes it.
pub fn ended(app: &App) -> Cookie<'static> {
    let mut cookie = guarded(app, Cookie::new(COOKIE, ""));
    cookie.make_removal();
    cookie
}

fn guarded(app: &App, mut cookie: Cookie<'static>) -> Cookie<'static> {
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Strict);
    cookie.set_secure(app.config.is_https());
    cookie.set_path("/");
    cookie
}
