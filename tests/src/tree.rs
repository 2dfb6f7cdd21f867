//! Where things lie: the files of this workspace, and the folder of real documents beside it.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
///
/// # Panics
/// Never in a checkout, where this package has a parent folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies inside the workspace")
}

/// The folder of real documents: `BINDERY_CORPUS`, or `corpus` in the folder `shared` beside the workspace. `None`, with
/// a printed reason, where it is absent.
#[expect(clippy::print_stderr, reason = "a skipped test has to say so")]
pub fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("BINDERY_CORPUS")
        .map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there are no documents in {}", folder.display());
    None
}

/// One text file of the workspace.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path from the root, with `/` between the parts.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl Source {
    /// Whether it is written by the generator.
    pub fn is_generated(&self) -> bool {
        self.text.starts_with("// @generated")
    }

    /// Whether it only holds tests.
    pub fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        parts.any(|part| matches!(part, "tests" | "tests.rs" | "benches"))
    }
}

/// Every text file of the workspace with one of the extensions, sorted by path.
///
/// # Panics
/// When the workspace cannot be read.
pub fn sources(extensions: &[&str]) -> Vec<Source> {
    let mut sources = Vec::new();
    collect(root(), extensions, &mut sources);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn collect(folder: &Path, extensions: &[&str], sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            // Builds, version control, and what fuzzing leaves behind.
            if !name.starts_with('.') && name != "target" && name != "artifacts" {
                collect(&path, extensions, sources);
            }
        } else if extensions.iter().any(|extension| name.ends_with(extension)) {
            sources.extend(read(&path));
        }
    }
}

/// What is not text is not for us.
fn read(path: &Path) -> Option<Source> {
    let text = fs::read_to_string(path).ok()?;
    let relative = path.strip_prefix(root()).unwrap_or(path);
    Some(Source {
        path: relative.to_string_lossy().replace('\\', "/"),
        text,
    })
}
