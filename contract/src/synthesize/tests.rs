//! Properties of what is made, over small schemas.
