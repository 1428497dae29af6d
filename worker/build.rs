//! Puts the tree into the Worker, and stops the build when it does not load.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use treebot::{Diagnostic, Severity, load};

/// The tree that is built in, unless `TREEBOT_TREE` names another file (from the project's folder).
const DEFAULT: &str = "trees/uk-visa.yaml";

fn main() {
    let project = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("..");
    let name = env::var("TREEBOT_TREE")
        .ok()
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| DEFAULT.to_owned());
    let path = project.join(&name);
    println!("cargo:rerun-if-env-changed=TREEBOT_TREE");
    println!("cargo:rerun-if-changed={}", path.display());

    let source =
        fs::read_to_string(&path).unwrap_or_else(|error| stop(&[format!("{name}: {error}")]));
    let loaded = load(&source);
    let lines = |severity| {
        let of =
            loaded.diagnostics.iter().filter(move |diagnostic| diagnostic.severity == severity);
        of.map(|diagnostic| describe(&name, &source, diagnostic)).collect::<Vec<_>>()
    };
    if loaded.tree.is_none() {
        stop(&lines(Severity::Error));
    }
    for line in lines(Severity::Warning) {
        println!("cargo:warning={line}");
    }
    let copy = Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("tree.yaml");
    if let Err(error) = fs::write(&copy, source) {
        stop(&[format!("{}: {error}", copy.display())]);
    }
}

fn describe(name: &str, source: &str, diagnostic: &Diagnostic) -> String {
    let before = source.get(..diagnostic.span.start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
    let Diagnostic { code, severity, message, .. } = diagnostic;
    format!("{name}:{line}:{column}: {} {code}: {message}", severity.as_str())
}

fn stop(problems: &[String]) -> ! {
    eprintln!("The tree does not load:");
    for problem in problems {
        eprintln!("  {problem}");
    }
    process::exit(1)
}
