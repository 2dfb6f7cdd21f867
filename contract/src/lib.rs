//! Holds a deployment to its OpenAPI document.
