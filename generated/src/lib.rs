//! A client of the Mixpeek API.
