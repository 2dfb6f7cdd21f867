//! All files of a document, and where the references between them lead.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::access::Access;
use super::discover::{Discovery, discover};
use super::{Node, nearest, pointer, uri};
use crate::diagnostic::codes;
use crate::source::{FileId, Place, SourceMap};
use crate::{Diagnostics, Value, load};

/// Where Swagger 2.0 has its components (Swagger 2.0 §5.2.1).
const SWAGGER_COMPONENTS: [&str; 3] = ["definitions", "parameters", "responses"];

/// How many documents are fetched by URL.
const MAX_FETCHED: usize = 100;

/// A whole document: every file that it is made of, read.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) sources: SourceMap,
    files: Vec<File>,
    /// The files by their path, and why there is none.
    paths: HashMap<String, Result<usize, String>>,
    /// What names itself by `$id`: the file and the pointer.
    ids: HashMap<String, (usize, Arc<str>)>,
}

#[derive(Debug)]
struct File {
    id: FileId,
    path: String,
    value: Value,
    discovery: Discovery,
}

/// Why a reference leads to nothing.
#[derive(Debug)]
pub(crate) enum Unresolved {
    /// It is a URL, and nothing is fetched.
    Remote,
    /// The file cannot be had, with the reason, and with what may be meant.
    NoFile(String, Option<String>),
    /// The file was found broken, which has been reported.
    Broken,
    /// Its fragment leads to nothing, with what may be meant.
    NotFound(Option<String>),
}

impl Document {
    /// Reads the other files that a file refers to, and those that they refer to.
    pub(crate) fn complete(
        sources: SourceMap,
        (id, value): (FileId, Value),
        access: Access<'_>,
        sink: &mut Diagnostics,
    ) -> Self {
        let path = uri::without_dots(sources.name(id));
        let mut document = Self {
            sources,
            files: Vec::new(),
            paths: HashMap::new(),
            ids: HashMap::new(),
        };
        document.add(id, path, value);
        let mut next = 0;
        while next < document.files.len() {
            let file = &document.files[next];
            let references = file.discovery.references.iter();
            let paths: Vec<String> = references
                .map(|reference| file.path_of(reference))
                .collect();
            for path in paths {
                document.load(path, access, sink);
            }
            next += 1;
        }
        document
    }

    /// The root of the first file.
    pub(crate) fn root(&self) -> Node<'_> {
        self.files[0].root()
    }

    /// The node that a reference means, seen from the node that holds it.
    pub(crate) fn resolve(&self, from: &Node<'_>, reference: &str) -> Result<Node<'_>, Unresolved> {
        self.locate(from, reference).map_err(|why| match why {
            Unresolved::NoFile(reason, None) => {
                Unresolved::NoFile(reason, self.component(from, reference))
            }
            Unresolved::NotFound(None) => Unresolved::NotFound(self.component(from, reference)),
            other => other,
        })
    }

    fn locate(&self, from: &Node<'_>, reference: &str) -> Result<Node<'_>, Unresolved> {
        let (target, fragment) = uri::split(reference);
        let resource = self.resource(from, target)?;
        let fragment = pointer::percent_decode(fragment);
        if fragment.is_empty() {
            return Ok(resource);
        }
        if !fragment.starts_with('/') {
            return self.anchor(&resource, &fragment);
        }
        // Written as a fragment, or literally: a key may hold a percent sign itself.
        let (deepest, missing) = match pointer::follow(resource.clone(), &fragment) {
            Ok(node) => return Ok(node),
            Err(failure) => failure,
        };
        let literal = uri::split(reference).1;
        pointer::follow(resource, literal).map_err(|_| {
            let keys = deepest.value.as_object().into_iter().flatten();
            let near = nearest(&missing, keys.map(|(key, _)| key.as_str()));
            Unresolved::NotFound(near.map(|near| {
                let found = deepest.place.child(near).pointer;
                format!("{target}#{found}")
            }))
        })
    }

    /// The root of what the part of a reference before `#` means.
    fn resource(&self, from: &Node<'_>, target: &str) -> Result<Node<'_>, Unresolved> {
        let base = from.base.as_deref();
        if target.is_empty() && base.is_none() {
            return Ok(self.file(from.place.file).root());
        }
        let id = uri::join(base.unwrap_or_default(), target);
        if let Some((index, pointer)) = self.ids.get(&id) {
            let root = self.files[*index].root();
            return pointer::follow(root, pointer).map_err(|_| Unresolved::NotFound(None));
        }
        if target.is_empty() {
            return Ok(self.file(from.place.file).root());
        }
        let path = self.file(from.place.file).path_of(target);
        match self.paths.get(&path) {
            None if uri::has_scheme(&path) => Err(Unresolved::Remote),
            Some(Ok(index)) => Ok(self.files[*index].root()),
            Some(Err(reason)) if reason.is_empty() => Err(Unresolved::Broken),
            Some(Err(reason)) => Err(Unresolved::NoFile(reason.clone(), None)),
            None => Err(Unresolved::NoFile("it was not looked for".to_owned(), None)),
        }
    }

    /// A reference to the only component of the file that has the name which a reference ends with, such as `Pet`.
    fn component(&self, from: &Node<'_>, reference: &str) -> Option<String> {
        let name = reference.rsplit(['/', '#']).next()?;
        let root = self.file(from.place.file).root();
        let components = root.get("components");
        let sections = components
            .iter()
            .flat_map(Node::members)
            .map(|(_, own)| own);
        let swagger = SWAGGER_COMPONENTS.iter().filter_map(|key| root.get(key));
        let mut named = sections
            .chain(swagger)
            .filter_map(|section| section.get(name));
        let only = named.next().filter(|_| named.next().is_none())?;
        Some(format!("#{}", only.place.pointer))
    }

    fn anchor<'a>(&'a self, resource: &Node<'a>, name: &str) -> Result<Node<'a>, Unresolved> {
        let file = self.file(resource.place.file);
        let base = resource.base.as_deref().map(str::to_owned);
        let anchors = &file.discovery.anchors;
        let Some(found) = anchors.get(&(base.clone(), name.to_owned())) else {
            let known = anchors
                .keys()
                .filter(|(of, _)| *of == base)
                .map(|(_, name)| name.as_str());
            let near = nearest(name, known).map(|near| format!("#{near}"));
            return Err(Unresolved::NotFound(near));
        };
        pointer::follow(file.root(), found).map_err(|_| Unresolved::NotFound(None))
    }

    /// Whether more than one schema has the `$dynamicAnchor` that a `$dynamicRef` names, so that which of them is meant
    /// depends on where a value came from (JSON Schema 2020-12 §8.2.3.2).
    pub(crate) fn is_ambiguous(&self, dynamic_reference: &str) -> bool {
        let (_, name) = uri::split(dynamic_reference);
        let files = self.files.iter();
        let known = files.flat_map(|file| &file.discovery.dynamic_anchors);
        known.filter(|own| *own == name).nth(1).is_some()
    }

    fn load(&mut self, path: String, access: Access<'_>, sink: &mut Diagnostics) {
        // What names itself by a URL is here already.
        if self.paths.contains_key(&path) || self.ids.contains_key(&path) {
            return;
        }
        let Some(read) = self.read(&path, access) else {
            return;
        };
        let text = match read {
            Ok(text) => text,
            Err(reason) => {
                self.paths.insert(path, Err(reason));
                return;
            }
        };
        match load::parse(&mut self.sources, &path, text, sink) {
            (id, Some(value)) => self.add(id, path, value),
            (_, None) => {
                self.paths.insert(path, Err(String::new()));
            }
        }
    }

    /// The text of another file; `None` for a URL that nobody fetches.
    fn read(&self, path: &str, access: Access<'_>) -> Option<Result<String, String>> {
        let by_url = uri::has_scheme(path);
        match access {
            Access::Web(fetch) if uri::is_web(path) => {
                let fetched = self.paths.keys().filter(|known| uri::is_web(known)).count();
                if fetched >= MAX_FETCHED {
                    return Some(Err(format!(
                        "{MAX_FETCHED} documents were fetched, and that is the limit"
                    )));
                }
                Some(fetch.fetch(path).and_then(load::text))
            }
            _ if by_url => None,
            Access::Text => Some(Err(
                "the document was read as text, so there are no other files".to_owned(),
            )),
            Access::Disk | Access::Web(_) => {
                Some(load::read(Path::new(path)).map_err(|diagnostic| diagnostic.message))
            }
        }
    }

    fn add(&mut self, id: FileId, path: String, value: Value) {
        let discovery = discover(&value);
        let index = self.files.len();
        for (id, pointer) in &discovery.ids {
            self.ids
                .entry(id.clone())
                .or_insert_with(|| (index, pointer.clone()));
        }
        self.paths.insert(path.clone(), Ok(index));
        self.files.push(File {
            id,
            path,
            value,
            discovery,
        });
    }

    fn file(&self, id: FileId) -> &File {
        // Every node stands in a file that was added.
        self.files
            .iter()
            .find(|file| file.id == id)
            .unwrap_or(&self.files[0])
    }
}

impl File {
    fn root(&self) -> Node<'_> {
        let root = Node {
            value: &self.value,
            place: Place::root(self.id),
            base: None,
        };
        match self.value.get("$self").and_then(Value::as_str) {
            Some(id) => Node {
                base: Some(uri::split(id).0.into()),
                ..root
            },
            None => root.entered(),
        }
    }

    /// The path of a file that this one refers to.
    fn path_of(&self, reference: &str) -> String {
        if uri::has_scheme(reference) {
            return reference.to_owned();
        }
        // What was fetched leads to URLs only.
        if uri::has_scheme(&self.path) {
            return uri::join(&self.path, reference);
        }
        let reference = pointer::percent_decode(reference);
        let folder = Path::new(&self.path).parent().unwrap_or(Path::new(""));
        uri::without_dots(&folder.join(reference.as_ref()).to_string_lossy())
    }
}

/// The diagnostic of a reference that leads to nothing.
pub(crate) fn report(at: &Place, reference: &str, why: Unresolved) -> Option<crate::Diagnostic> {
    match why {
        Unresolved::Broken => None,
        Unresolved::Remote => Some(
            codes::REFERENCE_REMOTE
                .at(
                    at,
                    format!("`{reference}` is a URL, which is not fetched"),
                )
                .help("allow it with `--allow-remote`, or keep a copy beside the document and refer to that"),
        ),
        Unresolved::NoFile(reason, near) => {
            let message = format!("`{reference}` leads to nothing: {reason}");
            Some(not_found(at, message, near))
        }
        Unresolved::NotFound(near) => {
            let message = format!("`{reference}` leads to nothing");
            Some(not_found(at, message, near))
        }
    }
}

fn not_found(at: &Place, message: String, near: Option<String>) -> crate::Diagnostic {
    let found = codes::REFERENCE_NOT_FOUND.at(at, message);
    match near {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found,
    }
}
