//! `/webhook/data-deletion`: Meta's data-deletion callback, and the page that says what became of a request.

use serde_json::json;
use treebot_messenger::deletion::{MAX_REQUEST, confirmation, is_code};

use crate::answer::Answer;
use crate::config::Config;
use crate::log::Line;

/// The longest form that is read: a request, and its escapes.
pub const MAX_FORM: usize = MAX_REQUEST * 3;

/// `POST`: confirms a request that was signed by Meta, as `{url, confirmation_code}`. `origin` is where this Worker is.
#[must_use]
pub fn callback(form: &[u8], origin: &str, config: &Config) -> (Answer, Line) {
    let line = Line::about("data deletion");
    let signed = form_urlencoded::parse(form).find(|(name, _)| name == "signed_request");
    let code = signed.and_then(|(_, signed)| confirmation(&signed, &config.app_secrets()));
    match code {
        Some(code) => {
            let url = format!("{origin}/webhook/data-deletion?code={code}");
            let answer = Answer::json(200, &json!({"url": url, "confirmation_code": code}));
            (answer, line.with("outcome", "confirmed"))
        }
        None => (Answer::text(403, "Forbidden"), line.with("outcome", "refused")),
    }
}

/// `GET`: what is done about data here; with a code, whether such a request has come in.
#[must_use]
pub fn status(query: &str, config: &Config) -> Answer {
    let code = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "code");
    let received = match code {
        None => String::new(),
        Some((_, code)) if is_code(&code, &config.app_secrets()) => {
            format!("Your request {code} has been received.\n\n")
        }
        Some(_) => "This code is not one that the bot knows: it may be mistyped, or from before the bot was set up anew. \
                    What is written here holds all the same.\n\n"
            .to_owned(),
    };
    let days = config.retention_days;
    Answer::text(
        200,
        format!(
            "{received}What you told this bot is kept under a name that only the bot can make from your id on the page, \
             so a request through Facebook's settings cannot be matched with it.\n\n\
             To delete everything at once, write \"delete my data\" to the page on Messenger, and then \"yes\".\n\
             Otherwise each message is deleted {days} days after it was sent.\n\n\
             More about privacy: /privacy\n"
        ),
    )
}
