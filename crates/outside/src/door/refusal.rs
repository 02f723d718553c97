//! Why something was not fetched: a closed list with stable codes, fit to be shown beside a crawl.

use std::error::Error;

use super::resolver::{LeadsInside, UnknownName};

/// Why a fetch came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchRefusal {
    /// Not a URL with a host.
    #[error("This is not a web address.")]
    Unreadable,
    /// Neither http nor https.
    #[error("Only http and https addresses are fetched.")]
    Scheme,
    /// A user name or password in the address.
    #[error("Addresses with a user name or password are not fetched.")]
    Credentials,
    /// The address or what its name stands for is not of the public internet.
    #[error("This address leads into a private network. The operator can allow it in the configuration.")]
    Private,
    /// Nobody has declared this host as a recipient.
    #[error("No active recipient declares this host.")]
    NotDeclared,
    /// The name does not resolve.
    #[error("This host name is unknown.")]
    UnknownHost,
    /// Nobody answers, or the certificate is not valid.
    #[error("No connection could be made.")]
    Unreachable,
    /// Too slow.
    #[error("The server took too long to answer.")]
    TimedOut,
    /// Sent elsewhere too often, or in a circle.
    #[error("The address redirects too often.")]
    TooManyRedirects,
    /// A redirect that leaves the host, though the request said to stay.
    #[error("The address redirects to another host.")]
    Elsewhere {
        /// Where it leads.
        to: String,
    },
    /// More bytes than allowed, counted after decompression.
    #[error("The answer is larger than allowed.")]
    TooLarge,
    /// A type of content that was not asked for.
    #[error("The content type is not one that can be read.")]
    WrongType {
        /// The type that was offered.
        offered: String,
    },
    /// The answer broke off or is not HTTP.
    #[error("The answer was broken.")]
    Broken,
}

impl FetchRefusal {
    /// The stable code of this reason.
    pub fn code(&self) -> &'static str {
        match self {
            FetchRefusal::Unreadable => "not_a_web_address",
            FetchRefusal::Scheme => "scheme_not_allowed",
            FetchRefusal::Credentials => "credentials_in_address",
            FetchRefusal::Private => "private_address",
            FetchRefusal::NotDeclared => "not_declared",
            FetchRefusal::UnknownHost => "unknown_host",
            FetchRefusal::Unreachable => "unreachable",
            FetchRefusal::TimedOut => "timed_out",
            FetchRefusal::TooManyRedirects => "too_many_redirects",
            FetchRefusal::Elsewhere { .. } => "redirect_elsewhere",
            FetchRefusal::TooLarge => "too_large",
            FetchRefusal::WrongType { .. } => "content_type",
            FetchRefusal::Broken => "broken_answer",
        }
    }

    /// Whether trying again later may help.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            FetchRefusal::UnknownHost | FetchRefusal::Unreachable | FetchRefusal::TimedOut | FetchRefusal::Broken
        )
    }
}

impl From<reqwest::Error> for FetchRefusal {
    fn from(fault: reqwest::Error) -> Self {
        if has_cause::<LeadsInside>(&fault) {
            FetchRefusal::Private
        } else if has_cause::<UnknownName>(&fault) {
            FetchRefusal::UnknownHost
        } else if fault.is_timeout() {
            FetchRefusal::TimedOut
        } else if fault.is_connect() {
            FetchRefusal::Unreachable
        } else {
            FetchRefusal::Broken
        }
    }
}

fn has_cause<E: Error + 'static>(fault: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = fault.source();
    while let Some(current) = cause {
        if current.is::<E>() {
            return true;
        }
        cause = current.source();
    }
    false
}
