//! Setting a page up: what differs is shown, and then changed. What is right is left alone.

use std::io::Write;

use serde_json::Value;
use treebot_messenger::profile::{self, Change, Profile};
use treebot_messenger::setup::absent;
use treebot_messenger::subscription::FIELDS;

use super::graph::{Graph, Page};
use super::worker::Worker;
use super::{AtWorker, How, OfTree, named_tree, settings};
use crate::Outcome;
use crate::settings::Settings;
use crate::stop::Stop;

/// Sets up what is asked for: the page's profile from a tree, the delivery to a Worker, or both.
///
/// 1. Load the tree, so that nothing is done for one with errors.  2. Make sure that the Worker is there and answers as Meta
///    will ask it to.  3. Ask Meta whose page it is.  4. The app's webhook.  5. The page's events.  6. The profile.
pub(super) fn run(
    out: &mut impl Write,
    tree: Option<&OfTree>,
    worker: Option<&AtWorker>,
    how: &How,
) -> Result<Outcome, Stop> {
    // 1
    let tree = match tree {
        Some(OfTree { file, called }) => Some(named_tree(out, file, called.as_deref())?.0),
        None => None,
    };
    let settings = settings(how.settings.as_deref())?;
    let graph = Graph::new(&settings)?;
    // 2
    let worker = match worker {
        Some(worker) => Some(ready(
            &Worker::at(&worker.url)?,
            &settings,
            tree.as_ref().map(treebot::Tree::name),
        )?),
        None => None,
    };
    // 3
    let page = graph.page().map_err(|refused| refused.to_string())?;
    is_served(&page, &settings)?;
    writeln!(out, "page {} (`{}`), settings from {settings}", page.id, page.name)?;
    let mut step = Step { out, dry_run: how.dry_run, changed: 0 };
    if let Some((callback, verify_token)) = &worker {
        // 4
        step.webhook(&graph, callback, verify_token)?;
        // 5
        step.events(&graph, &page, &settings)?;
    }
    if let Some(tree) = &tree {
        // 6
        step.profile(&graph, &Profile::of(tree))?;
    }
    let Step { out, changed, .. } = step;
    match (how.dry_run, changed) {
        (_, 0) => writeln!(out, "everything is as it should be")?,
        (true, _) => writeln!(out, "nothing was changed (--dry-run)")?,
        (false, _) => writeln!(out, "done; people may see the menu only after some hours")?,
    }
    Ok(Outcome::Fine)
}

/// The Worker's webhook and the token that it shows, if it is ready to be asked by Meta, and serves this tree.
fn ready(
    worker: &Worker,
    settings: &Settings,
    tree: Option<&str>,
) -> Result<(String, String), Stop> {
    let verify_token =
        settings.need("VERIFY_TOKEN", "any long random text; the Worker has the same")?;
    settings.need("APP_ID", "the number at the top of the app's dashboard")?;
    let health = worker.health()?;
    if let Some(tree) = tree
        && tree != health.tree
    {
        return Err(Stop::Because(format!(
            "the Worker serves the tree `{}`, and this one is called `{tree}`: buttons made from it would not fit; --as {} says that it is the same",
            health.tree, health.tree
        )));
    }
    worker.verify(verify_token).map_err(|why| format!("{}: {why}", worker.webhook()))?;
    Ok((worker.webhook(), verify_token.to_owned()))
}

/// A Worker may be told to answer some pages only.
fn is_served(page: &Page, settings: &Settings) -> Result<(), Stop> {
    match settings.get("PAGE_ID") {
        Some(pages) if !pages.split(',').any(|id| id.trim() == page.id) => {
            Err(Stop::Because(format!(
                "PAGE_ACCESS_TOKEN is that of page {} (`{}`), which PAGE_ID does not name",
                page.id, page.name
            )))
        }
        Some(_) | None => Ok(()),
    }
}

/// One thing after the other, with what differs written down.
struct Step<'o, W> {
    out: &'o mut W,
    dry_run: bool,
    changed: usize,
}

impl<W: Write> Step<'_, W> {
    fn webhook(
        &mut self,
        graph: &Graph<'_>,
        callback: &str,
        verify_token: &str,
    ) -> Result<(), Stop> {
        let present = match graph.app_subscription() {
            Some(present) => present.map_err(|refused| refused.to_string())?,
            None => None,
        };
        let mut lines = Vec::new();
        let before = present.as_ref().map(|present| present.callback.as_str());
        if before != Some(callback) {
            lines.extend(before.map(|before| format!("- delivers to {before}")));
            lines.push(format!("+ delivers to {callback}"));
        }
        let fields = present.as_ref().map(|present| present.fields.as_slice()).unwrap_or_default();
        lines.extend(absent(fields).into_iter().map(|field| format!("+ {field}")));
        if present.as_ref().is_some_and(|present| !present.active) {
            lines.push("+ active again".to_owned());
        }
        if self.differs("the app's webhook", &lines)? {
            graph.subscribe_app(callback, verify_token).map_err(|refused| refused.to_string())?;
        }
        Ok(())
    }

    fn events(&mut self, graph: &Graph<'_>, page: &Page, settings: &Settings) -> Result<(), Stop> {
        let apps = graph.subscribed_apps(page).map_err(|refused| refused.to_string())?;
        let app = apps.iter().find(|app| Some(app.id.as_str()) == settings.get("APP_ID"));
        let lines: Vec<String> = match app {
            Some(app) => {
                absent(&app.fields).into_iter().map(|field| format!("+ {field}")).collect()
            }
            None => FIELDS.iter().map(|field| format!("+ {field}")).collect(),
        };
        if self.differs("the page's events", &lines)? {
            graph.subscribe_page(page).map_err(|refused| refused.to_string())?;
        }
        Ok(())
    }

    fn profile(&mut self, graph: &Graph<'_>, wanted: &Profile) -> Result<(), Stop> {
        let present = graph.profile().map_err(|refused| refused.to_string())?;
        let changes = present.changes(wanted);
        let lines: Vec<String> = changes.iter().flat_map(described).collect();
        if self.differs("the page's profile", &lines)? {
            // What is set first, as a menu needs the Get Started button.
            for (method, body) in
                [("POST", profile::set(&changes)), ("DELETE", profile::unset(&changes))]
            {
                if let Some(body) = body {
                    graph.change_profile(method, &body).map_err(|refused| refused.to_string())?;
                }
            }
        }
        if present.has_commands() {
            writeln!(
                self.out,
                "! the page has commands, which hide the menu; they are not Treebot's and were left alone"
            )?;
        }
        Ok(())
    }

    /// Shows what differs. Whether it is to be changed.
    fn differs(&mut self, what: &str, lines: &[String]) -> Result<bool, Stop> {
        if lines.is_empty() {
            writeln!(self.out, "{what}: as it should be")?;
            return Ok(false);
        }
        self.changed += 1;
        writeln!(self.out, "{what}:")?;
        for line in lines {
            writeln!(self.out, "  {line}")?;
        }
        Ok(!self.dry_run)
    }
}

/// A change in lines: what goes, and what comes.
pub(super) fn described(change: &Change) -> Vec<String> {
    let part = |sign: &str, value: &Option<Value>| -> Vec<String> {
        let lines = value.as_ref().map(profile::lines).unwrap_or_default();
        lines.into_iter().map(|line| format!("  {sign} {line}")).collect()
    };
    let (before, after) = (part("-", &change.before), part("+", &change.after));
    std::iter::once(format!("{}:", change.name)).chain(before).chain(after).collect()
}
