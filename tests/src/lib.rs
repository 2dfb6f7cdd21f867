//! What proves Bindery.
