//! What a line of input asks for.

/// A line, understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Command {
    /// Somebody types this.
    Type(String),
    /// Somebody presses the button with this number.
    Tap(usize),
    /// Somebody presses the newest button that is called so.
    TapCalled(String),
    /// Somebody presses Get Started.
    Start,
    /// Somebody comes by a link with this reference.
    Link(String),
    /// What the page shows before anything is said is listed, to be pressed.
    Page,
    /// Somebody sends a picture.
    Picture,
    /// Somebody sends a thumbs-up.
    Like,
    /// A human writes this to the person, in the page's inbox.
    Human(String),
    /// A human takes the conversation.
    Take,
    /// They give it back to the bot.
    Pass,
    /// Somebody else goes on; who.
    As(String),
    /// The last delivery is made again, or that with this number.
    Again(Option<usize>),
    /// What follows is not delivered yet.
    Hold,
    /// What was held is delivered.
    Release(Order),
    /// What follows was made so many seconds before it is delivered.
    Late(u32),
    /// Nothing happens for so many seconds.
    Wait(u32),
    /// So many of the next messages are refused, as Meta does when something fails for a moment.
    Refuse(u32),
    /// Every button that can be pressed is listed.
    Buttons,
    /// Every delivery is listed.
    Deliveries,
    /// What can be done is listed.
    Help,
    /// It ends.
    Quit,
    /// Nothing.
    Nothing,
}

/// How what was held is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// One after the other.
    AsMade,
    /// The newest first.
    Backwards,
    /// In one delivery.
    Together,
    /// Each by itself, all at the same moment.
    AtOnce,
}

/// The longest that `/wait` waits, in seconds.
const MAX_WAIT: u32 = 120;
/// The latest that something can be: a week, in seconds.
const MAX_LATE: u32 = 7 * 24 * 60 * 60;
/// The most messages that are refused in a row.
const MAX_REFUSED: u32 = 1000;

/// What can be done, for /help.
pub(super) const HELP: &str = "\
what you type is what a person types; these do the rest:
  /tap 3              press the button with that number, however old (or /tap and its words, for the newest)
  /start              press Get Started
  /page               list what the page shows besides: its menu and first answers, to be pressed with /tap
  /link NAME          come by a link with that reference
  /picture            send a picture
  /like               send a thumbs-up
  /human I can help   somebody in the page's inbox writes that to the person, and the bot is quiet
  /take               somebody takes the conversation without a word
  /pass               they give it back to the bot
  /as anna            be somebody else from here on
  /again              deliver the last delivery again (or /again 3, that one)
  /hold               deliver nothing for now
  /release            deliver what was held (or /release backwards, together, at-once)
  /late 90            what follows was made 90 seconds before it is delivered (/late 0: no more)
  /wait 2             do nothing for 2 seconds
  /refuse 2           have the next 2 messages of the bot refused, as Meta does now and then
  /buttons            list all buttons
  /deliveries         list all deliveries
  /quit               end (or Control-D)
  //text              type something that begins with a slash";

/// Understands a line.
pub(super) fn understand(line: &str) -> Result<Command, String> {
    let Some(command) = line.trim_start().strip_prefix('/') else {
        let nothing = line.trim().is_empty();
        return Ok(if nothing { Command::Nothing } else { Command::Type(line.to_owned()) });
    };
    if command.starts_with('/') {
        return Ok(Command::Type(command.to_owned()));
    }
    let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
    let rest = rest.trim();
    let number = |most: u32| match rest.parse::<u32>() {
        Ok(number) if number <= most => Ok(number),
        Ok(_) | Err(_) => Err(format!("/{name} takes a number up to {most}, as in `/{name} 2`")),
    };
    match (name, rest) {
        ("tap", "") => Err("/tap takes the number of a button, or its words; /buttons lists them".to_owned()),
        ("tap", rest) => Ok(match rest.parse() {
            Ok(number) => Command::Tap(number),
            Err(_) => Command::TapCalled(rest.to_owned()),
        }),
        ("link", "") => Err("/link takes what stands behind `ref=` in a link".to_owned()),
        ("link", rest) => Ok(Command::Link(rest.to_owned())),
        ("human", "") => Err("/human takes what somebody in the page's inbox writes; /take takes the conversation without a word".to_owned()),
        ("human", rest) => Ok(Command::Human(rest.to_owned())),
        ("as", rest) if !rest.is_empty() && rest.chars().count() <= 40 && rest.chars().all(char::is_alphanumeric) => {
            Ok(Command::As(rest.to_owned()))
        }
        ("as", _) => Err("/as takes a name of letters and digits, as in `/as anna`".to_owned()),
        ("again", "") => Ok(Command::Again(None)),
        ("again", rest) => rest.parse().map(|number| Command::Again(Some(number))).map_err(|_| {
            "/again takes the number of a delivery, or nothing for the last; /deliveries lists them".to_owned()
        }),
        ("release", rest) => Ok(Command::Release(match rest {
            "" => Order::AsMade,
            "backwards" => Order::Backwards,
            "together" => Order::Together,
            "at-once" => Order::AtOnce,
            _ => return Err("/release takes nothing, backwards, together or at-once".to_owned()),
        })),
        ("late", _) => number(MAX_LATE).map(Command::Late),
        ("wait", _) => number(MAX_WAIT).map(Command::Wait),
        ("refuse", _) => number(MAX_REFUSED).map(Command::Refuse),
        ("start", "") => Ok(Command::Start),
        ("page", "") => Ok(Command::Page),
        ("picture", "") => Ok(Command::Picture),
        ("like", "") => Ok(Command::Like),
        ("take", "") => Ok(Command::Take),
        ("pass", "") => Ok(Command::Pass),
        ("hold", "") => Ok(Command::Hold),
        ("buttons", "") => Ok(Command::Buttons),
        ("deliveries", "") => Ok(Command::Deliveries),
        ("help", "") => Ok(Command::Help),
        ("quit", "") => Ok(Command::Quit),
        _ => Err(format!("there is no `/{command}`; /help lists what there is, and //{command} types it")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Command) {
        assert_eq!(understand(line), Ok(expected), "{line}");
    }

    #[test]
    fn what_does_not_begin_with_a_slash_is_typed_as_it_is() {
        check("study", Command::Type("study".to_owned()));
        check("  2 ", Command::Type("  2 ".to_owned()));
        check("tap 2", Command::Type("tap 2".to_owned()));
        check("//tap 2", Command::Type("/tap 2".to_owned()));
        check("  ", Command::Nothing);
    }

    #[test]
    fn everything_that_help_names_is_understood() {
        check("/tap 12", Command::Tap(12));
        check("/tap Start again", Command::TapCalled("Start again".to_owned()));
        check("/start", Command::Start);
        check("/link shop", Command::Link("shop".to_owned()));
        check("/page", Command::Page);
        check("/picture", Command::Picture);
        check("/like", Command::Like);
        check("/human I can help", Command::Human("I can help".to_owned()));
        check("/take", Command::Take);
        check("/pass", Command::Pass);
        check("/as Änne2", Command::As("Änne2".to_owned()));
        check("/again", Command::Again(None));
        check(" /again 3 ", Command::Again(Some(3)));
        check("/hold", Command::Hold);
        check("/release", Command::Release(Order::AsMade));
        check("/release backwards", Command::Release(Order::Backwards));
        check("/release together", Command::Release(Order::Together));
        check("/release at-once", Command::Release(Order::AtOnce));
        check("/late 90", Command::Late(90));
        check("/wait 0", Command::Wait(0));
        check("/refuse 2", Command::Refuse(2));
        check("/buttons", Command::Buttons);
        check("/deliveries", Command::Deliveries);
        check("/help", Command::Help);
        check("/quit", Command::Quit);
        let listed = HELP.lines().filter_map(|line| line.strip_prefix("  /"));
        let words = listed.map(|line| line.chars().take_while(char::is_ascii_alphabetic).collect());
        // The last is `//text`.
        for word in words.filter(|word: &String| !word.is_empty()) {
            let refused = understand(&format!("/{word}")).err().unwrap_or_default();
            assert!(!refused.starts_with("there is no"), "{word}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_what_would_do() {
        for line in [
            "/tap",
            "/link",
            "/as",
            "/as a b",
            "/as a/b",
            "/again x",
            "/release soon",
            "/late",
            "/late x",
            "/late 9999999",
            "/wait 121",
            "/refuse -1",
            "/start now",
            "/human",
            "/pass me",
            "/nothing",
            "/",
            "/quit now",
        ] {
            let error = understand(line).err().unwrap_or_default();
            assert!(error.contains('/'), "{line}: {error}");
        }
    }
}
