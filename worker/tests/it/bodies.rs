//! Bodies of every kind that Meta's documents allow or that go wrong in practice, through the whole Worker, at both
//! levels: what is answered, and how the conversation stands afterwards.

use futures_executor::block_on;

use crate::fakes::{APP, PAGE, World};

const ROOT: &str = "What brings you to the UK?";
const STUDY: &str = "How long will you stay?";
const NOT_UNDERSTOOD: &str = "Sorry, I didn't understand";
const TEXT_ONLY: &str = "Sorry, I can only read text and buttons.";
const BOT: &str = "I am a bot: no human answers here.";

/// How the conversation stands: what happens when the person types "study".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// It still waits at the first question.
    Waits,
    /// It has gone on to the next.
    WentOn,
    /// Somebody else answers.
    Quiet,
}
use Then::{Quiet, Waits, WentOn};

/// What a body leads to after a person has been asked the first question.
///
/// Bodies are JSON as it comes in, but for `~` (sender, recipient and time of the person), `GOOD` (an item of theirs that
/// answers `study`), `PAGE`, `APP`, `NOW`, `LATER`, and `DEEP` (what goes down 5000 times). What begins with `[` stands under `messaging`.
fn check(cases: &[(&str, &str, &[&str], Then)]) {
    for (name, body, expected, then) in cases {
        for level in [0, 1] {
            let world = World::with_settings(level, 1, &[("PAGE_ID", PAGE), ("APP_ID", APP)]);
            world.deliver(&[world.text(1, "m_hello", "hello")]);
            world.later(5000);
            let body = filled(body, world.now());
            let news = |status: u16, before: usize| {
                assert_eq!(status, 200, "{name}, level {level}");
                world.said().split_off(before)
            };
            let said = news(block_on(world.post_to(0, &body)).status, 1);
            let fits = said.len() == expected.len()
                && said.iter().zip(*expected).all(|(said, expected)| said.starts_with(expected));
            assert!(fits, "{name}, level {level}: {said:?}");

            // Delivered again, wherever, it leads to nothing.
            for isolate in [0, 1] {
                let again = news(block_on(world.post_to(isolate, &body)).status, said.len() + 1);
                assert!(again.is_empty(), "{name}, level {level}, again: {again:?}");
            }
            world.later(5000);
            let next = [world.text(1, "m_next", "study")];
            let next = news(world.deliver(&next), said.len() + 1);
            let stands = match next.first() {
                None => Quiet,
                Some(said) if said == STUDY => Waits,
                Some(_) => WentOn,
            };
            assert_eq!(stands, *then, "{name}, level {level}: {next:?}");
            for line in world.log.borrow().iter() {
                assert!(!line.contains("study") && !line.contains(PAGE), "{name}: {line}");
            }
        }
    }
}

fn filled(body: &str, now: i64) -> String {
    let body = body
        .replace("GOOD", r#"{~,"message":{"mid":"m_good","text":"study"}}"#)
        .replace('~', r#""sender":{"id":"611"},"recipient":{"id":"PAGE"},"timestamp":NOW"#)
        .replace("DEEP", &format!(r#"{}"]}}"{}"#, r#"[{"a":"#.repeat(2500), "}]".repeat(2500)))
        .replace("PAGE", PAGE)
        .replace("APP", APP)
        .replace("NOW", &now.to_string())
        .replace("LATER", &(now + 1).to_string());
    if body.starts_with('[') {
        format!(
            r#"{{"object":"page","entry":[{{"id":"{PAGE}","time":{now},"messaging":{body}}}]}}"#
        )
    } else {
        body
    }
}

#[test]
fn messages() {
    check(&[
        (
            "with all that Meta may add",
            r#"[{~,"message":{"mid":"m","text":"study","nlp":{"entities":{},"detected_locales":[{"locale":"en_XX","confidence":0.9}]},"tags":{"source":"x"},"traits":{}}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "of a kind that is not supported",
            r#"[{~,"message":{"mid":"m","is_unsupported":true}}]"#,
            &[TEXT_ONLY],
            Waits,
        ),
        ("with nothing but an id", r#"[{~,"message":{"mid":"m"}}]"#, &[TEXT_ONLY], Waits),
        ("with nothing at all", r#"[{~,"message":{}}]"#, &[TEXT_ONLY], Waits),
        ("a list", r#"[{~,"message":[{"mid":"m","text":"study"}]}]"#, &[], Waits),
        ("a word", r#"[{~,"message":"study"}]"#, &[], Waits),
        (
            "text beside a picture",
            r#"[{~,"message":{"mid":"m","text":"study","attachments":[{"type":"image","payload":{"url":"https://x.example/i"}}]}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "an answer to an earlier message",
            r#"[{~,"message":{"mid":"m","text":"study","reply_to":{"mid":"m_old","is_self_reply":false}}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "an answer to a story, and to nothing",
            r#"[{~,"message":{"mid":"m","text":"study","reply_to":{"story":{"id":7,"url":null}}}},{"sender":{"id":"611"},"recipient":{"id":"PAGE"},"timestamp":LATER,"message":{"mid":"m2","text":"hm","reply_to":null}}]"#,
            &[STUDY, NOT_UNDERSTOOD],
            WentOn,
        ),
        ("a number as text", r#"[{~,"message":{"mid":"m","text":7}}]"#, &[TEXT_ONLY], Waits),
        (
            "an object as text",
            r#"[{~,"message":{"mid":"m","text":{"body":"study"}}}]"#,
            &[TEXT_ONLY],
            Waits,
        ),
        (
            "nulls everywhere",
            r#"[{~,"message":{"mid":"m","text":null,"attachments":null,"quick_reply":null,"reply_to":null,"commands":null,"referral":null}}]"#,
            &[TEXT_ONLY],
            Waits,
        ),
        (
            "nulls beside text",
            r#"[{~,"postback":null,"read":null,"message":{"mid":"m","text":"study","attachments":null,"quick_reply":null,"is_echo":null,"is_deleted":false,"commands":[]}}]"#,
            &[STUDY],
            WentOn,
        ),
        ("an id that is a number", r#"[{~,"message":{"mid":7,"text":"study"}}]"#, &[STUDY], WentOn),
        ("an id that is null", r#"[{~,"message":{"mid":null,"text":"study"}}]"#, &[STUDY], WentOn),
        (
            "no id, twice",
            r#"[{~,"message":{"text":"study"}},{~,"message":{"text":"study"}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "a link to a product",
            r#"[{~,"message":{"mid":"m","text":"study","referral":{"product":{"id":"5"}}}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "an unknown command",
            r#"[{~,"message":{"mid":"m","text":"/weather","commands":[{"name":"weather"}]}}]"#,
            &[NOT_UNDERSTOOD],
            Waits,
        ),
        (
            "a key twice: the last counts",
            r#"[{~,"message":{"mid":"m","text":"travel","text":"study"}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "a part twice: the last counts",
            r#"[{~,"message":{"mid":"m","text":"study"},"message":null}]"#,
            &[],
            Waits,
        ),
        (
            "twice by two kinds: the message counts",
            r#"[{~,"message":{"mid":"m","text":"study"},"postback":{"title":"travel"}}]"#,
            &[STUDY],
            WentOn,
        ),
    ]);
}

#[test]
fn attachments() {
    let kinds = [
        r#"[{"type":"image","payload":{"url":"https://x.example/i"}},{"type":"image","payload":{}},{"type":"file"}]"#,
        r#"[{"type":"audio","payload":{"url":"https://x.example/a","is_voice":true}}]"#,
        r#"[{"type":"video","payload":{"url":""}}]"#,
        r#"[{"type":"location","title":"Here","payload":{"coordinates":{"lat":51.5,"long":-0.12}}}]"#,
        r#"[{"type":"fallback","payload":null,"title":"T","URL":"https://x.example"}]"#,
        r#"[{"type":"template","payload":{"template_type":"generic","elements":[{"title":"study","buttons":[]}]}}]"#,
        r#"[{"type":"template","payload":{"product":{"elements":[{"id":"1"}]}}}]"#,
        r#"[{"type":"reel","payload":{"url":"u","title":"study","reel_video_id":12345}}]"#,
        r#"[{"type":"ig_reel","payload":{"url":"u"}},{"type":"ig_post","payload":{"id":1}}]"#,
        r#"[{"type":"story_mention","payload":{"url":"u"}}]"#,
        r#"[{"type":"share","payload":{"url":"u"}}]"#,
        r#"[{"type":"appointment_booking","payload":{"status":"REQUESTED"}}]"#,
        r#"[{"type":"sticker","payload":{"sticker_id":369239263222822}}]"#,
        r#"[{"type":"image","payload":{"sticker_id":"126362187548577"}}]"#,
        r#"[{"type":"image","payload":{"sticker_id":1.5}}]"#,
        r#"[{"type":7,"payload":[1]}]"#,
        r#"[{"type":"image","payload":"https://x.example"}]"#,
        r#"[null,7,"x",[]]"#,
        r#"{"type":"image"}"#,
        r#""image""#,
        "[]",
    ];
    for kind in kinds {
        let body = format!(r#"[{{~,"message":{{"mid":"m","attachments":{kind}}}}}]"#);
        check(&[(kind, &body, &[TEXT_ONLY], Waits)]);
    }
    check(&[(
        "a link that was typed",
        r#"[{~,"message":{"mid":"m","text":"https://x.example/a","attachments":[{"type":"fallback","payload":{"url":"https://l.facebook.com/l.php","title":"study"}}]}}]"#,
        &[NOT_UNDERSTOOD],
        Waits,
    )]);
}

#[test]
fn presses() {
    check(&[
        (
            "a quick reply of another program",
            r#"[{~,"message":{"mid":"m","text":"study","quick_reply":{"payload":"DEVELOPER_DEFINED"}}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "a quick reply that gives an address",
            r#"[{~,"message":{"mid":"m","text":"me@x.example","quick_reply":{"payload":"me@x.example"}}}]"#,
            &[NOT_UNDERSTOOD],
            Waits,
        ),
        (
            "a payload that is a number",
            r#"[{~,"message":{"mid":"m","text":"study","quick_reply":{"payload":7}}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "a quick reply in a list",
            r#"[{~,"message":{"mid":"m","text":"study","quick_reply":[{"payload":"x"}]}}]"#,
            &[STUDY],
            WentOn,
        ),
        ("a button without a payload", r#"[{~,"postback":{"title":"study"}}]"#, &[STUDY], WentOn),
        (
            "a button whose payload is null",
            r#"[{~,"postback":{"mid":"m","title":"study","payload":null}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "a button whose payload is an object",
            r#"[{~,"postback":{"mid":"m","title":"study","payload":{"a":1}}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "a button of an advertisement",
            r#"[{~,"postback":{"mid":"m","title":"study","payload":"AD","referral":{"source":"ADS","type":"OPEN_THREAD","ad_id":6045246247433}}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "a button with a time as text",
            r#"[{"sender":{"id":"611"},"recipient":{"id":"PAGE"},"timestamp":"NOW","postback":{"title":"study","payload":"x"}}]"#,
            &[STUDY],
            WentOn,
        ),
        ("a button that says nothing", r#"[{~,"postback":{"mid":"m"}}]"#, &[], Waits),
        ("a title that is a number", r#"[{~,"postback":{"mid":"m","title":7}}]"#, &[], Waits),
        ("a postback that is a list", r#"[{~,"postback":["study"]}]"#, &[], Waits),
        (
            "Get Started of an advertisement",
            r#"[{~,"postback":{"mid":"m","title":"Get Started","payload":"treebot:start","referral":{"source":"ADS","type":"OPEN_THREAD","ads_context_data":{"ad_title":"x"}}}}]"#,
            &[ROOT],
            Waits,
        ),
        (
            "Get Started by a link to what there is not",
            r#"[{~,"postback":{"mid":"m","title":"Get Started","payload":"treebot:start","referral":{"ref":"no such place"}}}]"#,
            &[ROOT],
            Waits,
        ),
        (
            "Get Started by a link that is a number",
            r#"[{~,"postback":{"mid":"m","title":"Get Started","payload":"treebot:start","referral":{"ref":7}}}]"#,
            &[ROOT],
            Waits,
        ),
        (
            "a link to what there is not",
            r#"[{~,"referral":{"ref":"no such place","source":"SHORTLINK","type":"OPEN_THREAD"}}]"#,
            &[ROOT],
            Waits,
        ),
        (
            "a link of an advertisement that says nothing",
            r#"[{~,"referral":{"source":"ADS","type":"OPEN_THREAD","ad_id":"6045"}}]"#,
            &[],
            Waits,
        ),
        ("a link that is a number", r#"[{~,"referral":{"ref":7}}]"#, &[], Waits),
        ("a link to half a place code", r#"[{~,"referral":{"ref":"1zzzz=m"}}]"#, &[ROOT], Waits),
    ]);
    for (what, length) in [("as long as Meta allows", 1000), ("longer than that", 100_000)] {
        let payload = "x".repeat(length);
        let button =
            format!(r#"[{{~,"postback":{{"mid":"m","title":"study","payload":"{payload}"}}}}]"#);
        let reply = format!(
            r#"[{{~,"message":{{"mid":"{payload}","text":"study","quick_reply":{{"payload":"{payload}"}}}}}}]"#
        );
        check(&[(what, &button, &[STUDY], WentOn), (what, &reply, &[STUDY], WentOn)]);
    }
}

#[test]
fn what_is_no_input() {
    let items = [
        r#"{~,"reaction":{"mid":"m","action":"react","emoji":"\u2764\uFE0F","reaction":"love"}}"#,
        r#"{~,"reaction":{"mid":"m","action":"unreact"}}"#,
        r#"{~,"delivery":{"mids":["m_a","m_b"],"watermark":NOW}}"#,
        r#"{~,"read":{"watermark":NOW,"seq":38}}"#,
        r#"{~,"message_edit":{"mid":"m_hello","text":"study","num_edit":1}}"#,
        r#"{~,"message_edit":{"mid":"m_hello","text":"study","num_edit":"5"}}"#,
        r#"{~,"optin":{"ref":"study"}}"#,
        r#"{~,"optin":{"type":"notification_messages","payload":"study","notification_messages_token":"t","title":"study","token_expiry_timestamp":NOW}}"#,
        r#"{"recipient":{"id":"PAGE"},"timestamp":NOW,"optin":{"ref":"study","user_ref":"u"}}"#,
        r#"{"sender":{"user_ref":"u"},"recipient":{"id":"PAGE"},"timestamp":NOW,"optin":{"ref":"study"}}"#,
        r#"{~,"account_linking":{"status":"linked","authorization_code":"study"}}"#,
        r#"{"recipient":{"id":"PAGE"},"timestamp":NOW,"policy_enforcement":{"action":"warning","reason":"study"}}"#,
        r#"{~,"messaging_feedback":{"feedback_screens":[{"screen_id":0,"questions":{"q":{"payload":"5","follow_up":{"payload":"study"}}}}]}}"#,
        r#"{~,"response_feedback":{"feedback":"Good response","mid":"m"}}"#,
        r#"{~,"game_play":{"game_id":"1","player_id":"2"}}"#,
        r#"{~,"payment":{"payload":"study"}}"#,
        r#"{~,"messaging_customer_information":{"screens":[]}}"#,
        r#"{~,"in_thread_lead_form_submit":{"form_id":"1"}}"#,
        r#"{~,"order":{"products":[{"id":"1"}],"note":"study"}}"#,
        r#"{~,"message_context":{"text":"study"}}"#,
        r#"{~,"call_settings_update":{"status":"x"}}"#,
        r#"{~,"inbox_labels":{"action":"add","label":{"page_label_name":"study"}}}"#,
        r#"{~,"request_thread_control":{"requested_owner_app_id":"APP","metadata":"study"}}"#,
        r#"{"recipient":{"id":"PAGE"},"timestamp":NOW,"app_roles":{"APP":["primary_receiver"]}}"#,
        r#"{~,"message":{"mid":"m_unknown","is_deleted":true}}"#,
        r#"{~,"message":{"mid":["m"],"is_deleted":true}}"#,
        r#"{~,"something_new":{"text":"study"}}"#,
        r#"{~}"#,
        "{}",
        "null",
        "[[]]",
        "true",
        r#""study""#,
    ];
    for item in items {
        check(&[
            (item, &format!("[{item}]"), &[], Waits),
            // What stands beside it is answered.
            (item, &format!("[{item},GOOD,{item}]"), &[STUDY], WentOn),
        ]);
    }
}

#[test]
fn who_answers() {
    let echo = |more: &str| {
        format!(
            r#"{{"sender":{{"id":"PAGE"}},"recipient":{{"id":"611"}},"timestamp":NOW,"message":{{"mid":"m_e","is_echo":true{more}}}}}"#
        )
    };
    let inbox = echo(r#","app_id":263902037430900,"text":"study""#);
    let nobody = echo(r#","text":"study""#);
    let without_entry = format!(r#"{{"object":"page","entry":[{{"messaging":[{inbox}]}}]}}"#);
    for (name, body, said, then) in [
        ("the page's inbox", format!("[{inbox}]"), &[][..], Quiet),
        ("somebody without an app", format!("[{nobody}]"), &[], Quiet),
        ("in an entry without an id", without_entry, &[], Quiet),
        ("our app", format!("[{}]", echo(r#","app_id":"APP""#)), &[], Waits),
        (
            "our app, a template",
            format!(
                "[{}]",
                echo(
                    r#","app_id":APP,"attachments":[{"type":"template","payload":{"template_type":"button"}}]"#
                )
            ),
            &[],
            Waits,
        ),
        (
            "our message, whatever the app",
            format!("[{}]", echo(r#","app_id":null,"metadata":"reply-to:x:0""#)),
            &[],
            Waits,
        ),
        ("whose flag is a text", format!("[{}]", inbox.replace("true", "\"true\"")), &[], Quiet),
        ("whose flag is a number", format!("[{}]", inbox.replace("true", "1")), &[], Waits),
        ("to nobody", format!("[{}]", inbox.replace(r#""611""#, "null")), &[], Waits),
        ("to the page itself", format!("[{}]", inbox.replace("611", "PAGE")), &[], Waits),
    ] {
        check(&[(name, &body, said, then)]);
    }
    check(&[
        (
            "taken by the inbox",
            r#"[{~,"take_thread_control":{"previous_owner_app_id":"APP","new_owner_app_id":"263902037430900","metadata":""}}]"#,
            &[],
            Quiet,
        ),
        (
            "taken, by whom is not said",
            r#"[{~,"take_thread_control":{"previous_owner_app_id":"APP","new_owner_app_id":null}}]"#,
            &[],
            Quiet,
        ),
        (
            "taken by us",
            r#"[{~,"take_thread_control":{"previous_owner_app_id":7,"new_owner_app_id":APP}}]"#,
            &[],
            Waits,
        ),
        (
            "passed to us",
            r#"[{~,"pass_thread_control":{"previous_owner_app_id":"7","new_owner_app_id":"APP","metadata":"x"}}]"#,
            &[BOT],
            Waits,
        ),
        (
            "passed to us, as the older form says it",
            r#"[{~,"pass_thread_control":{"new_owner_app_id":APP}}]"#,
            &[BOT],
            Waits,
        ),
        ("passed to another", r#"[{~,"pass_thread_control":{"new_owner_app_id":7}}]"#, &[], Quiet),
        (
            "passed, in a list",
            r#"[{~,"pass_thread_control":[{"new_owner_app_id":7}]}]"#,
            &[],
            Waits,
        ),
        (
            "taken and passed back in one body",
            r#"[{~,"take_thread_control":{"new_owner_app_id":7}},{"sender":{"id":"611"},"recipient":{"id":"PAGE"},"timestamp":LATER,"pass_thread_control":{"new_owner_app_id":APP}}]"#,
            &[BOT],
            Waits,
        ),
    ]);
}

#[test]
fn people() {
    for sender in [
        r#""611""#,
        "611",
        "null",
        "[]",
        r#"{"id":null}"#,
        r#"{"id":611.5}"#,
        r#"{"id":1e17}"#,
        r#"{"id":61100000000000000000000000}"#,
        r#"{"id":{"id":"611"}}"#,
        r#"{"id":true}"#,
        r#"{"id":""}"#,
        r#"{"id":"61 1"}"#,
        r#"{"id":"611\n"}"#,
        r#"{"id":"611:g1"}"#,
        r#"{"id":"\u0661\u0661"}"#,
        r#"{"user_ref":"611"}"#,
        r#"{"id":"PAGE"}"#,
    ] {
        let bad = format!(
            r#"{{"sender":{sender},"timestamp":NOW,"message":{{"mid":"m","text":"study"}}}}"#
        );
        check(&[
            (sender, &format!("[{bad}]"), &[], Waits),
            (sender, &format!("[{bad},GOOD]"), &[STUDY], WentOn),
        ]);
    }
    let endless = format!(
        r#"[{{"sender":{{"id":"{}"}},"message":{{"text":"study"}}}},GOOD]"#,
        "6".repeat(9000)
    );
    check(&[
        ("an endless id", &endless, &[STUDY], WentOn),
        (
            "an id that is a number",
            r#"[{"sender":{"id":611},"timestamp":NOW,"message":{"mid":"m","text":"study"}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "an id of both kinds",
            r#"[{"sender":{"id":"611","user_ref":"u"},"timestamp":NOW,"message":{"mid":"m","text":"study"}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "no recipient",
            r#"[{"sender":{"id":"611"},"timestamp":NOW,"message":{"mid":"m","text":"study"}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "another recipient than the entry's",
            r#"[{"sender":{"id":"611"},"recipient":{"id":"7"},"timestamp":NOW,"message":{"mid":"m","text":"study"}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "somebody else beside",
            r#"[{"sender":{"id":"612"},"timestamp":NOW,"message":{"mid":"m","text":"hello"}}]"#,
            &[ROOT],
            Waits,
        ),
    ]);
}

#[test]
fn times() {
    for time in [
        "NOW",
        r#""NOW""#,
        r#"" NOW ""#,
        "NOW.0",
        "NOW.75",
        "NOW000",
        "0",
        "-1",
        "-9223372036854775808",
        "18446744073709551616",
        "1e400",
        "-1e400",
        r#""1e12""#,
        r#""soon""#,
        r#""""#,
        "null",
        "true",
        "[NOW]",
        r#"{"ms":NOW}"#,
        // In the year 2200, in milliseconds and in seconds: nothing that came after it would count.
        "7258118400000",
        "7258118400",
        r#""9999999999999""#,
    ] {
        let item = format!(
            r#"{{"sender":{{"id":"611"}},"timestamp":{time},"message":{{"mid":"m","text":"study"}}}}"#
        );
        let entry = format!(
            r#"{{"object":"page","entry":[{{"id":"PAGE","time":{time},"messaging":[{}]}}]}}"#,
            r#"{"sender":{"id":"611"},"message":{"mid":"m","text":"study"}}"#
        );
        check(&[(time, &format!("[{item}]"), &[STUDY], WentOn), (time, &entry, &[STUDY], WentOn)]);
    }
    let seconds =
        r#"[{"sender":{"id":"611"},"timestamp":1795330806,"message":{"mid":"m","text":"study"}}]"#;
    check(&[
        ("seconds", seconds, &[STUDY], WentOn),
        ("seconds as text", &seconds.replace("1795330806", "\"1795330806\""), &[STUDY], WentOn),
    ]);
}

#[test]
fn entries() {
    check(&[
        ("no items", r#"{"object":"page","entry":[{"id":"PAGE","time":NOW}]}"#, &[], Waits),
        (
            "entries of all kinds",
            r#"{"object":"page","entry":[null,7,"x",[],[[GOOD]],true,{},{"messaging":null},{"messaging":7},{"messaging":{}}]}"#,
            &[],
            Waits,
        ),
        (
            "and a good one among them",
            r#"{"object":"page","entry":[null,7,"x",[],{"id":"PAGE","messaging":[GOOD]},{"messaging":"x"}]}"#,
            &[STUDY],
            WentOn,
        ),
        (
            "one entry that is no list",
            r#"{"object":"page","entry":{"id":"PAGE","messaging":[GOOD]}}"#,
            &[],
            Waits,
        ),
        ("no entry", r#"{"object":"page"}"#, &[], Waits),
        ("no object", r#"{"entry":[{"id":"PAGE","messaging":[GOOD]}]}"#, &[], Waits),
        (
            "several objects",
            r#"{"object":["page"],"entry":[{"id":"PAGE","messaging":[GOOD]}]}"#,
            &[],
            Waits,
        ),
        (
            "of Instagram",
            r#"{"object":"instagram","entry":[{"id":"PAGE","messaging":[GOOD]}]}"#,
            &[],
            Waits,
        ),
        (
            "of WhatsApp",
            r#"{"object":"whatsapp_business_account","entry":[{"id":"PAGE","changes":[{"field":"messages","value":{"messages":[{"text":{"body":"study"}}]}}]}]}"#,
            &[],
            Waits,
        ),
        (
            "fields that are not known",
            r#"{"object":"page","version":2,"entry":[{"id":"PAGE","time":NOW,"hop_context":[{"app_id":7}],"changed_fields":["messages"],"messaging":[GOOD]}]}"#,
            &[STUDY],
            WentOn,
        ),
        (
            "an id that is a number",
            r#"{"object":"page","entry":[{"id":PAGE,"messaging":[GOOD]}]}"#,
            &[STUDY],
            WentOn,
        ),
        ("no id", r#"{"object":"page","entry":[{"messaging":[GOOD]}]}"#, &[STUDY], WentOn),
        (
            "an id that is null",
            r#"{"object":"page","entry":[{"id":null,"messaging":[GOOD]}]}"#,
            &[STUDY],
            WentOn,
        ),
        (
            "of no page",
            r#"{"object":"page","entry":[{"messaging":[{"sender":{"id":"611"},"message":{"mid":"m","text":"study"}}]}]}"#,
            &[],
            Waits,
        ),
        (
            "of another page, and of ours",
            r#"{"object":"page","entry":[{"id":"7","messaging":[{~,"message":{"mid":"m","text":"travel"}}]},{"id":"PAGE","messaging":[GOOD]}]}"#,
            &[STUDY],
            WentOn,
        ),
        (
            "the same message in two entries",
            r#"{"object":"page","entry":[{"id":"PAGE","messaging":[GOOD]},{"id":"PAGE","messaging":[GOOD,GOOD]}]}"#,
            &[STUDY],
            WentOn,
        ),
        (
            "what others answer",
            r#"{"object":"page","entry":[{"id":"PAGE","standby":[GOOD,{~,"postback":{"title":"study"}},{~,"pass_thread_control":{"new_owner_app_id":7}}]}]}"#,
            &[],
            Waits,
        ),
        (
            "what others answer beside what we do",
            r#"{"object":"page","entry":[{"id":"PAGE","standby":[{~,"message":{"mid":"m","text":"travel"}}],"messaging":[GOOD]}]}"#,
            &[STUDY],
            WentOn,
        ),
        (
            "what happens on the page",
            r#"{"object":"page","entry":[{"id":"PAGE","time":1795330800,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","message":"study","from":{"id":"611","name":"N"}}},{"field":"mention","value":{}},{"field":"leadgen","value":{"created_time":1795330800}},{"field":"ratings"}]}]}"#,
            &[],
            Waits,
        ),
        (
            "the dashboard's test",
            r#"{"object":"page","entry":[{"id":"0","time":NOW,"changes":[{"field":"messages","value":{"sender":{"id":"611"},"recipient":{"id":"PAGE"},"timestamp":"NOW","message":{"mid":"test","text":"study"}}}]}]}"#,
            &[],
            Waits,
        ),
        (
            "changes beside messages",
            r#"{"object":"page","entry":[{"id":"PAGE","changes":[{"field":"feed","value":null}],"messaging":[GOOD]}]}"#,
            &[STUDY],
            WentOn,
        ),
    ]);
}

#[test]
fn one_thing_that_cannot_be_read_loses_nothing_beside_it() {
    for bad in [
        r#"{"sender":{"id":1e400},"message":{"mid":"m","text":"travel"}}"#,
        r#"{"sender":{"id":-1E+999},"message":{"mid":"m","text":"travel"}}"#,
        "1e400",
        "[1e400,{}]",
        r#"{"value":NaN}"#,
        r#"{"value":-Infinity}"#,
        r#"{"value":007}"#,
        r#"{"value":undefined}"#,
        r#"{"value":.5}"#,
        r#"{"value":DEEP}"#,
        "DEEP",
        r#"{"sender":{"id":DEEP},"message":{"text":"travel"}}"#,
        r#"{"a":"\ud83d"}"#,
        r#"{"a":"\x41 \' \u12 \u 0"}"#,
        "{\"a\":\"one\ntwo\tthree\u{1}\"}",
    ] {
        let entry = format!(
            r#"{{"object":"page","entry":[{{"messaging":[{bad}],"x":{bad}}},{{"id":"PAGE","messaging":[GOOD]}}]}}"#
        );
        check(&[
            (bad, &format!("[{bad},GOOD]"), &[STUDY], WentOn),
            (bad, &format!("[GOOD,{bad}]"), &[STUDY], WentOn),
            (bad, &entry, &[STUDY], WentOn),
        ]);
    }
    check(&[
        (
            "a number in the message itself",
            r#"[{~,"message":{"mid":"m","text":"study","x":1e400}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "no bottom in the message itself",
            r#"[{~,"x":DEEP,"message":{"mid":"m","text":"study","nlp":DEEP}}]"#,
            &[STUDY],
            WentOn,
        ),
        ("half an emoji", r#"[{~,"message":{"mid":"m","text":"study \ud83d"}}]"#, &[STUDY], WentOn),
        (
            "a line break as it is",
            "[{~,\"message\":{\"mid\":\"m\",\"text\":\"study\n\"}}]",
            &[STUDY],
            WentOn,
        ),
        (
            "a sign that is no escape",
            r#"[{~,"message":{"mid":"m","text":"it\'s study"}}]"#,
            &[STUDY],
            WentOn,
        ),
        (
            "a mark before it",
            "\u{FEFF}{\"object\":\"page\",\"entry\":[{\"id\":\"PAGE\",\"messaging\":[GOOD]}]}",
            &[STUDY],
            WentOn,
        ),
        (
            "line breaks around it",
            "\r\n {\"object\":\"page\",\"entry\":[{\"id\":\"PAGE\",\"messaging\":[GOOD]}]}\n\n",
            &[STUDY],
            WentOn,
        ),
    ]);
    // Of these nothing can be told.
    for none in [
        "",
        "study",
        "null",
        "[]x",
        r#"{"object":"page","entry":[{"id":"PAGE","messaging":[GOOD]}]"#,
        r#"{"object":"page","entry":[{"id":"PAGE","messaging":[GOOD]}]}}"#,
        r#"{"object":"page" "entry":[]}"#,
    ] {
        check(&[(none, none, &[], Waits)]);
    }
}
