//! What an operator has configured, by name. Secrets come from the environment or from a file, never from the command line,
//! where everybody on the machine could read them; and no value is ever shown.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::source::read;

/// The file that is read in the folder where `treebot` runs: the one that `npm start` uses, too.
pub(crate) const LOCAL_FILE: &str = ".dev.vars";

/// Values by name, all from one place: half from here and half from there would be a mistake that nobody sees.
pub(crate) struct Settings {
    values: BTreeMap<String, String>,
    origin: Origin,
}

/// Where settings come from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    Environment,
    File(PathBuf),
    Nowhere,
}

impl Settings {
    /// Reads them from `file`, if one is named; else from the environment, if one of `secrets` is set there; else from
    /// [`LOCAL_FILE`], if it is there.
    pub(crate) fn read(secrets: &[&str], file: Option<&Path>) -> Result<Self, String> {
        if let Some(file) = file {
            return Self::of_file(file);
        }
        let environment: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let is_set =
            |name: &&str| environment.get(*name).is_some_and(|value| !value.trim().is_empty());
        if secrets.iter().any(is_set) {
            return Ok(Self { values: environment, origin: Origin::Environment });
        }
        let local = Path::new(LOCAL_FILE);
        if local.exists() {
            return Self::of_file(local);
        }
        Ok(Self { values: BTreeMap::new(), origin: Origin::Nowhere })
    }

    fn of_file(file: &Path) -> Result<Self, String> {
        let name = file.display();
        let bytes = read(file).map_err(|error| format!("cannot read `{name}`: {error}"))?;
        let text = String::from_utf8(bytes).map_err(|_| format!("`{name}` is not UTF-8 text"))?;
        let values = parse(&text).map_err(|line| {
            format!("line {line} of `{name}` is not of the form NAME=value; nothing was done")
        })?;
        Ok(Self { values, origin: Origin::File(file.to_owned()) })
    }

    /// A value; none where it is missing or blank.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// A value that is needed; without it, how to give it.
    pub(crate) fn need(&self, name: &str, what: &str) -> Result<&str, String> {
        self.get(name).ok_or_else(|| {
            let place = match &self.origin {
                Origin::Environment => "set it in the environment, where the other settings are".to_owned(),
                Origin::File(file) => format!("write it into `{}`", file.display()),
                Origin::Nowhere => format!(
                    "set it in the environment, or in a file `{LOCAL_FILE}` in this folder, as NAME=value"
                ),
            };
            format!("{name} is missing ({what}): {place}")
        })
    }
}

impl fmt::Display for Settings {
    /// Where they come from.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Origin::Environment => f.write_str("the environment"),
            Origin::File(file) => write!(f, "`{}`", file.display()),
            Origin::Nowhere => write!(f, "nowhere (there is no `{LOCAL_FILE}` here)"),
        }
    }
}

/// Lines of `NAME=value`. The number of the first line that is none, from 1, if there is one.
fn parse(text: &str) -> Result<BTreeMap<String, String>, usize> {
    let mut values = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=').ok_or(number)?;
        let name = name.trim();
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if name.is_empty() || !name.chars().all(plain) {
            return Err(number);
        }
        values.insert(name.to_owned(), unquoted(value.trim()).ok_or(number)?);
    }
    Ok(values)
}

/// A value without its quotes, and without the remark behind it.
fn unquoted(value: &str) -> Option<String> {
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'));
    match quote {
        None => Some(value.split(" #").next().unwrap_or_default().trim_end().to_owned()),
        Some(quote) => {
            let (inside, after) = value.get(1..)?.split_once(quote)?;
            let after = after.trim();
            (after.is_empty() || after.starts_with('#')).then(|| inside.to_owned())
        }
    }
}

/// The clock, for what is signed or compared with a day.
pub(crate) fn now_in_seconds() -> io::Result<i64> {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_err(|_| io::Error::other("the clock of this machine is set before 1970"))?;
    Ok(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let found = parse(text).map(|values| values.into_iter().collect::<Vec<_>>());
        assert_eq!(found, Ok(expected), "{text}");
    }

    #[test]
    fn values_may_be_quoted_and_have_a_remark() {
        check(
            "\u{feff}A=1\r\n\n# no\n  B = two words  \nexport C=3\n",
            &[("A", "1"), ("B", "two words"), ("C", "3")],
        );
        check(
            "A=\"a # b\" # remark\nB='x=y'\nC=`it's`",
            &[("A", "a # b"), ("B", "x=y"), ("C", "it's")],
        );
        check(
            "A=a#b\nB=c # d\nC=\nD=e=f==",
            &[("A", "a#b"), ("B", "c"), ("C", ""), ("D", "e=f==")],
        );
    }

    #[test]
    fn a_line_that_is_no_setting_is_named_by_its_number_only() {
        for (text, line) in [
            ("secret", 1),
            ("A=1\n\nsecret", 3),
            ("=secret", 1),
            ("A B=1", 1),
            ("A='secret", 1),
            ("A='b'c", 1),
        ] {
            assert_eq!(parse(text), Err(line), "{text}");
        }
    }
}
