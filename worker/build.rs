//! Puts the trees into the Worker, compiled, and stops the build when one does not load.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use treebot::{Diagnostic, Severity, load};

/// Where the trees are, from the project's folder. `TREEBOT_TREE` may name one file that takes the
/// place of all of them.
const TREES: &str = "trees";

fn main() {
    let project = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("..");
    println!("cargo:rerun-if-env-changed=TREEBOT_TREE");
    let only = env::var("TREEBOT_TREE").ok().filter(|name| !name.is_empty());
    let names = only.map_or_else(|| all(&project), |name| vec![name]);

    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut list = String::from("&[\n");
    for name in names {
        let path = project.join(&name);
        println!("cargo:rerun-if-changed={}", path.display());
        let source =
            fs::read_to_string(&path).unwrap_or_else(|error| stop(&[format!("{name}: {error}")]));
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let compiled = out.join(&stem).with_extension("tree");
        write(&compiled, &compile(&name, &source));
        if writeln!(list, "({stem:?}, include_bytes!({compiled:?})),").is_err() {
            stop(&[format!("{name}: could not be written")]);
        }
    }
    list.push_str("]\n");
    write(&out.join("trees.rs"), list.as_bytes());
}

fn write(file: &Path, content: &[u8]) {
    if let Err(error) = fs::write(file, content) {
        stop(&[format!("{}: {error}", file.display())]);
    }
}

/// The trees of the project, by name.
fn all(project: &Path) -> Vec<String> {
    let folder = project.join(TREES);
    println!("cargo:rerun-if-changed={}", folder.display());
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| stop(&[format!("{TREES}: {error}")]));
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".yaml"))
        .map(|name| format!("{TREES}/{name}"))
        .collect();
    names.sort();
    names
}

/// The compiled tree; stops the build if it does not load.
fn compile(name: &str, source: &str) -> Vec<u8> {
    let loaded = load(source);
    let lines = |severity| {
        let of =
            loaded.diagnostics.iter().filter(move |diagnostic| diagnostic.severity == severity);
        of.map(|diagnostic| describe(name, source, diagnostic)).collect::<Vec<_>>()
    };
    let errors = lines(Severity::Error);
    let Some(tree) = loaded.tree else { stop(&errors) };
    tree.of_source(source).compile()
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
